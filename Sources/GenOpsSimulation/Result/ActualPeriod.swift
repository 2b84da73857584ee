import GenOpsHistory
package import GenOpsMetering
package import GenOpsUnits

/// A billing period that has been, or its days so far: what was used, what that costs by the price book, and what
/// was billed for it where a bill says so.
package struct ActualPeriod: Sendable, Hashable {
  package var start: CalendarDay
  /// The first day after the period.
  package var end: CalendarDay
  /// The first day that is not known any more; ``end`` for a period that is over.
  package var knownTo: CalendarDay
  package var lines: [Line]
  /// Meters of the history of which a day is not known: they are in no line, and not free.
  package var unknown: [Meter]

  /// A meter of a project, a fee, or a product that was billed and is not in the history.
  package struct Line: Sendable, Hashable {
    /// The invoice name, or the name of a fee.
    package var label: String
    package var meter: Meter?
    package var project: String?
    /// Nil of fees, and of what was billed without its usage.
    package var units: Int64?
    /// By the price book, before the terms of the account; nil where the book or the usage does not tell.
    package var listed: Money?
    /// As PostHog billed it; nil without a bill.
    package var billed: Money?

    package init(
      label: String, meter: Meter? = nil, project: String? = nil, units: Int64? = nil,
      listed: Money? = nil, billed: Money? = nil
    ) {
      self.label = label
      self.meter = meter
      self.project = project
      self.units = units
      self.listed = listed
      self.billed = billed
    }

    /// What it cost: as billed, else by the book.
    package var cost: Money { billed ?? listed ?? .zero }
  }

  package init(
    start: CalendarDay, end: CalendarDay, knownTo: CalendarDay, lines: [Line],
    unknown: [Meter] = []
  ) {
    self.start = start
    self.end = end
    self.knownTo = knownTo
    self.lines = lines
    self.unknown = unknown
  }

  /// Whether all of its days are known.
  package var isOver: Bool { knownTo == end }

  /// The sum of its lines.
  package var total: Money {
    Money(nanos: lines.reduce(Int64(0)) { $0.addingClamped($1.cost.nanos) })
  }
}
