package import GenOpsMetering
package import GenOpsUnits

/// A bill beside what the book says it should be, line by line, every difference explained.
package struct Reconciliation: Sendable {
  package struct Line: Sendable, Hashable {
    /// The period, as its first day.
    package var period: CalendarDay
    /// The line of the invoice.
    package var name: String
    package var meter: Meter?
    /// Nil for fees, and where the usage is not known.
    package var units: Int64?
    package var billed: Money
    /// Nil where the book or the usage is silent.
    package var modelled: Money?
    /// Why the two differ; what makes them agree when they do.
    package var explanation: String
    package var isExplained: Bool

    package var difference: Money? { modelled.map { billed - $0 } }
  }

  package var book: String
  package var currency: String
  package var lines: [Line]
  package var findings: Findings

  package var billed: Money { lines.reduce(.zero) { $0 + $1.billed } }
  /// Of the lines that could be priced.
  package var modelled: Money { lines.reduce(.zero) { $0 + ($1.modelled ?? .zero) } }
  package var unexplained: Int { lines.count { !$0.isExplained } }
}
