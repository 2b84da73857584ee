import GRDB
public import GenOpsMetering
public import GenOpsUnits

/// What an owner used on one UTC day, by event class.
public struct UsageSum: Sendable, Hashable {
  public var day: CalendarDay
  public var owner: Attribution
  /// The event class; `recorded` for what is not an event, the reason for what was refused.
  public var eventClass: String
  public var sent: Int64
  public var refused: Int64
  /// The part of ``sent`` whose cost is unknown; it is not in ``cost``.
  public var unpriced: Int64
  public var cost: Money
}

extension LedgerAccount {
  /// Sums of usage between two days, both included, by day, owner and class.
  public func usage(from first: CalendarDay, to last: CalendarDay) throws(LedgerError)
    -> [UsageSum]
  {
    try writer.flush()
    return try ledger.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT day, owner, class, sent, refused, unpriced, cost FROM usage
          WHERE account = ? AND day BETWEEN ? AND ? ORDER BY day, owner, class
          """, arguments: [id, first.number, last.number]
      ).map { row in
        UsageSum(
          day: CalendarDay(number: row["day"]), owner: OwnerText.attribution(row["owner"]),
          eventClass: row["class"], sent: row["sent"], refused: row["refused"],
          unpriced: row["unpriced"], cost: Money(nanos: row["cost"]))
      }
    }
  }

  /// What all processes together spent on each day between two, both included, for
  /// `SuggestedLimits(dailyCosts:)`. A day between the first and the last of them on which nothing was decided cost
  /// nothing; a day on which an item's price was unknown is not known and left out, and so is the day of `now`,
  /// which is not over.
  public func dailyCosts(from first: CalendarDay, to last: CalendarDay) throws(LedgerError)
    -> [CalendarDay: Money]
  {
    let sums = try usage(from: first, to: last).filter { $0.day < clock.now().day }
    guard var day = sums.first?.day, let end = sums.last?.day else { return [:] }
    var costs: [CalendarDay: Money] = [:]
    while day <= end {
      costs[day] = .zero
      day = day.advanced(by: 1)
    }
    for sum in sums {
      costs[sum.day] = costs[sum.day].map {
        Money(nanos: $0.nanos.addingClamped(sum.cost.nanos))
      }
    }
    for sum in sums where sum.unpriced > 0 { costs[sum.day] = nil }
    return costs
  }

  /// Units per meter between two days, both included.
  public func units(from first: CalendarDay, to last: CalendarDay) throws(LedgerError)
    -> MeterTotals
  {
    try writer.flush()
    return try ledger.read { db in
      var totals = MeterTotals()
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT meter, SUM(units) AS units FROM usage_units
          WHERE account = ? AND day BETWEEN ? AND ? GROUP BY meter
          """, arguments: [id, first.number, last.number])
      while let row = try rows.next() {
        if let meter = Meter(named: row["meter"]) { totals[meter] = row["units"] }
      }
      return totals
    }
  }

  /// Units per day and meter between two days, both included; a day without an entry had nothing decided on it.
  public func dailyUnits(from first: CalendarDay, to last: CalendarDay) throws(LedgerError)
    -> [CalendarDay: MeterTotals]
  {
    try writer.flush()
    return try ledger.read { db in
      var days: [CalendarDay: MeterTotals] = [:]
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT day, meter, SUM(units) AS units FROM usage_units
          WHERE account = ? AND day BETWEEN ? AND ? GROUP BY day, meter
          """, arguments: [id, first.number, last.number])
      while let row = try rows.next() {
        if let meter = Meter(named: row["meter"]) {
          days[CalendarDay(number: row["day"]), default: MeterTotals()][meter] = row["units"]
        }
      }
      return days
    }
  }

  /// What a budget has granted and what is known to be spent of it, over all processes, in the
  /// window that begins on `window`.
  public func standing(ofBudget budget: String, window: CalendarDay) throws(LedgerError)
    -> (granted: Money, spent: Money)
  {
    try ledger.read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT COALESCE(SUM(granted + reserve), 0) AS granted, COALESCE(SUM(spent), 0) AS spent
          FROM budget_share WHERE account = ? AND budget = ? AND "window" = ?
          """, arguments: [id, budget, window.number])
      return (Money(nanos: row?["granted"] ?? 0), Money(nanos: row?["spent"] ?? 0))
    }
  }
}
