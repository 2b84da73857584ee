package import GenOpsMetering
package import GenOpsUnits

/// What was said of one month before its usage was known: a line of a ``ForecastLedger``.
package struct ForecastStatement: Sendable, Hashable {
  /// What 8 of 10 futures lie between, their middle and their mean.
  package struct Range<Value: Sendable & Hashable>: Sendable, Hashable {
    package var p10, p50, mean, p90: Value

    package init(p10: Value, p50: Value, mean: Value, p90: Value) {
      self.p10 = p10
      self.p50 = p50
      self.mean = mean
      self.p90 = p90
    }
  }

  /// When it was written down. It decides nothing: ``asOf`` says what was known.
  package var said: Timestamp
  /// The scenario's name: a ledger may be shared.
  package var name: String
  /// SHA-256 of the scenario.
  package var scenario: String
  /// Of the program.
  package var version: String
  /// The first day of which nothing was known.
  package var asOf: CalendarDay
  package var month: CalendarMonth
  /// ISO 4217.
  package var currency: String
  /// The ``AgreedPrices/id`` of the prices it was made with.
  package var prices: String
  package var cost: Range<Money>
  /// Units of the month; each meter once, in the order of the table of meters.
  package var usage: [Usage]

  package struct Usage: Sendable, Hashable {
    package var meter: Meter
    package var units: Range<Int64>

    package init(_ meter: Meter, _ units: Range<Int64>) {
      self.meter = meter
      self.units = units
    }
  }

  package init(
    said: Timestamp, name: String, scenario: String, version: String, asOf: CalendarDay,
    month: CalendarMonth,
    currency: String, prices: String, cost: Range<Money>, usage: [Usage]
  ) {
    self.said = said
    self.name = name
    self.scenario = scenario
    self.version = version
    self.asOf = asOf
    self.month = month
    self.currency = currency
    self.prices = prices
    self.cost = cost
    self.usage = usage
  }

  /// Whether no day of the month was known.
  package var isAhead: Bool { asOf <= month.firstDay }

  /// How many months ahead it was said: 1 for the next one, 0 for a month that had begun.
  package var monthsAhead: Int {
    isAhead ? 1 + asOf.distance(to: month.firstDay) / ForecastStatement.shortestMonth : 0
  }

  /// Days. Of whole months no more than one is left between two first days that lie so far apart.
  private static let shortestMonth = 28

  /// Expected units of the month.
  package var expected: MeterTotals {
    var totals = MeterTotals()
    for one in usage { totals[one.meter] = one.units.mean }
    return totals
  }

  /// What it says, whenever it was written down: two statements are one where this is equal.
  var undated: ForecastStatement {
    var statement = self
    statement.said = Timestamp(microseconds: 0)
    return statement
  }
}

extension ForecastStatement.Range<Money> {
  /// Currency units, rounded to a nano-unit; held at the ends of money.
  init(_ cost: ForecastDistribution) {
    func money(_ units: Double) -> Money { Money(nanos: Int64(rounding: units * 1e9)) }
    self.init(
      p10: money(cost.p10), p50: money(cost.p50), mean: money(cost.mean), p90: money(cost.p90))
  }
}

extension ForecastStatement.Range<Int64> {
  /// Whole units.
  init(_ units: ForecastDistribution) {
    self.init(
      p10: Int64(rounding: units.p10), p50: Int64(rounding: units.p50),
      mean: Int64(rounding: units.mean), p90: Int64(rounding: units.p90))
  }
}
