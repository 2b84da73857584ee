package import GenOpsMetering
package import GenOpsUnits

/// A bill beside what the book says it should be, line by line, every difference explained.
package struct Reconciliation: Sendable {
  package struct Line: Sendable, Hashable {
    /// The period, as its first day; nil where the answer does not say it.
    package var period: CalendarDay?
    /// The line of the invoice.
    package var name: String
    package var meter: Meter?
    /// Nil for fees, and where the usage is not known.
    package var units: Int64?
    /// Nil where the bill has no amount.
    package var billed: Money?
    /// Nil where the book or the usage is silent.
    package var modelled: Money?
    /// Why the two differ; what makes them agree when they do.
    package var explanation = ""
    package var isExplained = true
    /// Whether it is a discount or credit, after usage and fees.
    package var isAdjustment = false
    /// Whether it costs nothing because the account's own tiers say so.
    package var isFreeByOwnTiers = false
  }

  package var book: String
  package var currency: String
  package var lines: [Line]
  /// What the answer says is to be paid of the running period; nil where it does not.
  package var due: Money? = nil
  /// Meters with usage that the bill charges nothing for although the book has a price for it: as
  /// long as there is one, not all is explained.
  package var uncharged: [Meter]
  package var findings: Findings

  /// The sum of the lines of usage and fees that have an amount; nil where none has one.
  package var billed: Money? { sum(\.billed) }

  /// The same of the lines that could be priced.
  package var modelled: Money? { sum(\.modelled) }

  /// What the period that discounts and credits are taken off comes to, to the cent that the answer says
  /// where it does; nil where there are none, and of periods before it the answer does not say what was
  /// taken off.
  package var toPay: Money? {
    guard let period = lines.first(where: \.isAdjustment)?.period else { return nil }
    if let due { return due }
    let amounts = lines.filter { $0.period == period }.compactMap(\.billed)
    return Money(nanos: amounts.reduce(Int64(0)) { $0.addingClamped($1.nanos) })
  }

  package var hasSeveralPeriods: Bool { Set(lines.map(\.period)).count > 1 }
  package var unexplained: Int { lines.count { !$0.isExplained } }

  /// Held at the ends of the range of money.
  private func sum(_ amount: KeyPath<Line, Money?>) -> Money? {
    let amounts = lines.filter { !$0.isAdjustment }.compactMap { $0[keyPath: amount] }
    return amounts.isEmpty
      ? nil : Money(nanos: amounts.reduce(Int64(0)) { $0.addingClamped($1.nanos) })
  }
}
