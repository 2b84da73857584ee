import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Makes the months of a ``TrackResult``: what each used, what that cost, and why it is not what was said.
struct MonthBook {
  let tracker: Tracker
  let run: ScenarioRun
  let known: KnownUsage
  let ledger: ForecastLedger
  private let forecasts: [CalendarMonth: ForecastStatement]
  private let shapes: [CalendarMonth: [Meter: DayShape]]
  private let named: [CalendarMonth: NamedDays]
  private let billsNow: MonthlyBills
  /// The same up to the last day of which something is known.
  private let billsSoFar: MonthlyBills
  /// With what is known, and with what is expected of all else.
  private let knownUsage: DailyUsage
  private var fullUsage: DailyUsage
  private let budget: MonthBudget?

  init(
    tracker: Tracker, run: ScenarioRun, known: KnownUsage, ledger: ForecastLedger,
    begun: [CalendarMonth], past: [CalendarMonth: Result<Plan, FindingsError>]
  ) {
    self.tracker = tracker
    self.run = run
    self.known = known
    self.ledger = ledger
    var forecasts: [CalendarMonth: ForecastStatement] = [:]
    for month in run.result.months {
      forecasts[month.month] = tracker.lastStatement(of: month.month, ledger)
    }
    self.forecasts = forecasts
    var shapes: [CalendarMonth: [Meter: DayShape]] = [:]
    var named: [CalendarMonth: NamedDays] = [:]
    // The months that one plan tells are drawn together.
    let ofOwn = begun.filter { !tracker.hasHistory || tracker.own.forecastStart <= $0.firstDay }
    for months in [ofOwn] + begun.filter({ !ofOwn.contains($0) }).map({ [$0] }) {
      guard let first = months.first, case .success(let plan)? = past[first] else { continue }
      shapes.merge(DayShape.shapes(plan, months)) { $1 }
      let days = NamedDays(plan, months)
      for month in months { named[month] = days }
    }
    self.shapes = shapes
    self.named = named
    billsNow = MonthlyBills(tracker.current, AgreedPrices(tracker.current))
    billsSoFar = MonthlyBills(
      tracker.current, AgreedPrices(tracker.current), until: known.end)
    budget = MonthBudget(tracker.current)
    knownUsage = known.usage
    fullUsage = knownUsage
    for month in run.result.months { fill(month) }
  }

  // MARK: Usage

  /// Puts what is expected in place of what is not known.
  private mutating func fill(_ result: MonthResult) {
    let month = result.month
    let range = known.range(month)
    if month.lastDay >= known.end {
      // The run has the days that are known, and the forecast of the others.
      var rest = MeterTotals()
      for (meter, units) in result.usage {
        let open = tracker.hasHistory || month.firstDay >= known.end
        let passed = range.reduce(Int64(0)) { $0.addingClamped(known[$1, meter] ?? 0) }
        let all = Int64(rounding: units.mean)
        let days = range.count { known[$0, meter] == nil }
        // A scenario that is given its usage expects of each day what it expects of the month.
        rest[meter] =
          open
          ? max(0, all - passed) : Int64(rounding: units.mean * Double(days) / Double(range.count))
      }
      for meter in Meter.allCases {
        spread(rest[meter], of: meter, over: range.filter { known[$0, meter] == nil }, month)
      }
      return
    }
    for meter in lacking(month) {
      let open = range.filter { known[$0, meter] == nil }
      spread(expected(of: meter, on: open, month), of: meter, over: open, month)
    }
  }

  /// What was expected of days that are not known: of a month that was not forecast, the mean of those
  /// that are.
  private func expected(of meter: Meter, on days: [Int], _ month: CalendarMonth) -> Int64 {
    let range = known.range(month)
    if let all = forecasts[month]?.expected[meter] {
      let first = range.lowerBound
      let part = shapes[month]?[meter].map { shape in
        days.reduce(0.0) { $0 + shape.mean[$1 - first] }
      }
      return Int64(rounding: Double(all) * (part ?? Double(days.count) / Double(range.count)))
    }
    let units = range.compactMap { known[$0, meter] }
    guard !units.isEmpty else { return 0 }
    let mean = units.reduce(0.0) { $0 + Double($1) } / Double(units.count)
    return Int64(rounding: mean * Double(days.count))
  }

  private mutating func spread(
    _ units: Int64, of meter: Meter, over days: [Int], _ month: CalendarMonth
  ) {
    let first = known.range(month).lowerBound
    var weights = days.map { day in
      // At most a part of 1 each, so the conversion cannot fail.
      shapes[month]?[meter].map { Int64(rounding: $0.mean[day - first] * 1e9) } ?? 1
    }
    if weights.allSatisfy({ $0 <= 0 }) { weights = days.map { _ in 1 } }
    // The rule that splits money without a rest splits any whole number.
    let parts = Money(nanos: units).allocated(byWeight: weights)
    for (day, part) in zip(days, parts) { fullUsage[day, meter] = part.nanos }
  }

  /// Meters that were expected, or are in the history, and of which a day that has passed is not known.
  private func lacking(_ month: CalendarMonth) -> [Meter] {
    let range = known.range(month)
    // Of a month under way the days that are not over are no gap.
    let passed = range.prefix { known.start.advanced(by: $0) < known.end }
    let meters = forecasts[month].map { $0.expected.used } ?? known.meters
    return meters.filter { meter in passed.contains { known[$0, meter] == nil } }
  }

  /// Whether no export has a row of a meter, of the history or new: what it is expected to use comes from a
  /// bill alone, and an export of every month would not have it either.
  private func isGiven(_ meter: Meter) -> Bool {
    tracker.hasHistory && !known.meters.contains(meter)
  }

  // MARK: Months

  func months() -> [TrackResult.Month] {
    let actual = billsSoFar.months(knownUsage)
    let full = billsNow.bills(fullUsage)
    return run.result.months.enumerated().map { index, result in
      month(result, actual: actual[index], full: full[index], at: index)
    }
  }

  private func month(
    _ result: MonthResult, actual: Money, full: (paid: Money, listed: Money), at index: Int
  ) -> TrackResult.Month {
    let month = result.month
    let range = known.range(month)
    let days = known.knownDays(range)
    let lacking = lacking(month)
    let unknown = lacking.filter { !isGiven($0) }
    let state: TrackResult.State =
      month.firstDay >= known.end
      ? .ahead : month.lastDay >= known.end ? .underWay : unknown.isEmpty ? .actual : .partial
    let cost = ForecastStatement.Range<Money>(result.cost)
    // Of a month of which nothing is known and nothing was said only the run says anything.
    let isUntold = days == 0 && forecasts[month] == nil
    let isRun = state == .ahead || isUntold || state == .underWay && tracker.hasHistory
    var row = TrackResult.Month(
      month: month, state: state, knownDays: days, unknown: unknown,
      budget: budget?.amount(month), forecast: forecasts[month],
      // The bill's part is taken as it was expected, so that the month is judged by its whole bill.
      actual: days > 0 ? (state == .actual ? full.paid : actual) : nil,
      landing: isRun ? cost.mean : full.paid,
      low: isRun ? cost.p10 : nil, high: isRun ? cost.p90 : nil, split: nil, oneOffs: [])
    row.given = lacking.filter(isGiven)
    // A budget judges list prices, in a run and here.
    let listed =
      isRun
      ? cost.mean - Money(nanos: Int64(rounding: result.agreedTerms * 1e9)) : full.listed
    if listed != row.landing { row.listPrice = listed }
    row.saidAtList = forecasts[month].flatMap { saidAtList($0, range, at: index) }
    guard state.hasEnded, days > 0, let forecast = forecasts[month] else { return row }
    row.oneOffs = oneOffs(month, range)
    row.split = split(forecast, row.oneOffs, range, at: index)
    return row
  }

  /// What a forecast of which nothing was to be paid expects at list price; nil of any other.
  private func saidAtList(
    _ forecast: ForecastStatement, _ range: Range<Int>, at index: Int
  ) -> Money? {
    guard forecast.cost.mean <= .zero else { return nil }
    let agreed = ledger.prices[forecast.prices]
    let bills = agreed.map { MonthlyBills(tracker.current, $0) } ?? billsNow
    var usage = fullUsage
    usage.replace(range, with: forecast.expected)
    return bills.bills(usage)[index].listed
  }

  private func oneOffs(_ month: CalendarMonth, _ range: Range<Int>) -> [OneOff] {
    var meters = known.meters.filter { forecasts[month]?.expected[$0] ?? 0 > 0 }
    let counts = tracker.usage.meters.contains(.identifiedEvents)
    // Identified events that are a part of the events by assumption go with them.
    if !counts { meters.removeAll { $0 == .identifiedEvents } }
    return meters.flatMap { meter -> [OneOff] in
      guard let shape = shapes[month]?[meter] else { return [] }
      let found = OneOffs.find(
        range.map { known[$0, meter] }, shape, meter: meter,
        names: named[month]?.names(meter, month) ?? [:], from: month.firstDay)
      guard meter == .events, !counts else { return found }
      return found + found.compactMap { identified($0) }
    }
  }

  /// The identified part of a one-off of events.
  private func identified(_ one: OneOff) -> OneOff? {
    let day = known.start.distance(to: one.day)
    guard let events = known[day, .events], events > 0, let part = known[day, .identifiedEvents]
    else { return nil }
    return OneOff(
      meter: .identifiedEvents, day: one.day,
      units: Int64(rounding: Double(one.units) * Double(part) / Double(events)), name: one.name)
  }

  private func split(
    _ forecast: ForecastStatement, _ oneOffs: [OneOff], _ range: Range<Int>, at index: Int
  ) -> MissSplit {
    let agreed = ledger.prices[forecast.prices]
    let billsThen = agreed.map { MonthlyBills(tracker.current, $0) } ?? billsNow
    let actual = fullUsage.totals(range)
    var usual = actual
    for one in oneOffs { usual[one.meter] = max(0, usual[one.meter].subtractingClamped(one.units)) }
    func bill(_ bills: MonthlyBills) -> (MeterTotals) -> Money {
      { totals in
        var usage = fullUsage
        usage.replace(range, with: totals)
        return bills.months(usage)[index]
      }
    }
    return MissSplit(
      forecast: forecast.cost.mean, expected: forecast.expected, usual: usual, actual: actual,
      volume: tracker.request.volume, .init(then: bill(billsThen), now: bill(billsNow)))
  }
}
