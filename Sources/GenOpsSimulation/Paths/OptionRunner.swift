import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// Walks futures through one option's adapter core: binned, all alike items of a day at once, or
/// exact, one by one. One belongs to one worker.
final class OptionRunner {
  let plan: Plan
  let option: OptionPlan
  /// The meters that the option's usage classes use, in the order of the table.
  let meters: [Meter]
  /// What the last path came to.
  private(set) var outcome: PathOutcome
  private var core: AdapterCore
  let rules: [ShareRule]
  /// What the days that have passed are admitted as: the usage classes of "as is". No option and no
  /// rule changes what has happened.
  let pastRules: [ShareRule]
  let usageClassIDs: [UsageClassID]
  /// By usage class: for which its tally is read; -1 where an earlier one has the same.
  private(set) var readers: [Int] = []
  /// The meters at whose tiers the order matters, of the days that have passed and of those ahead.
  private var sharedPast: UInt64 = 0
  private var sharedAhead: UInt64 = 0
  let keepRates: [Double]
  let keepKeys: [RandomKey]
  var generator = RandomGenerator()
  private var scratch = DayScratch()
  /// The usage classes that have passed, and those ahead, for days that are admitted together; nil where
  /// items are walked one by one.
  private var pastColumns: DayColumns?
  /// What meters come to on a future, where this runner is the first to walk it.
  private let firstDays: MeterDays?
  private var columns: DayColumns?
  let monthOfDay: [Int]
  /// The first day of each month, and the day behind the last.
  let firstDayOfMonth: [Int]
  /// The periods of budgets that are passed without any use.
  private(set) lazy var feesAlone = periodsOfFees()
  /// What recorded events came to, the same on every path; nil when days are walked.
  private let recorded: RecordedOutcome?

  /// A runner of `option`. Recorded events are walked here unless `recorded` already says what they
  /// came to: a recording is the same on every path, so one walk serves all workers. `counts` are shared with
  /// runners that walk each future before this one; nil for none.
  init(
    plan: Plan, option: OptionPlan, recorded: RecordedOutcome? = nil, counts: DayCounts? = nil
  ) throws(FindingsError) {
    let counts = counts ?? DayCounts(days: plan.period.dayCount)
    firstDays = counts.join() ? counts.meterDays : nil
    self.plan = plan
    self.option = option
    let spans = OptionRunner.pricing(option, from: plan.period.start)
    var first: [Meter: RateTable] = [:]
    for (meter, table) in zip(Meter.allCases, spans[0].tables) { first[meter] = table }
    let rules = try Rules(
      plan: option.governance, tables: first, priceChanges: Array(spans.dropFirst()),
      billingAnchorDay: plan.billingDay)
    core = AdapterCore(
      rules: rules, start: Timestamp(startOf: plan.period.start), opening: plan.opening)
    var ids: [UsageClassID] = []
    var items: [ItemID] = []
    var rates: [Double] = []
    for usageClass in option.usageClasses {
      ids.append(core.register(usageClass.admitted))
      items.append(core.register(usageClass.usage, usageClass: ids[ids.count - 1]))
      let isEvent = usageClass.usage[.events] > 0 || usageClass.isCountedAsEvents
      rates.append(isEvent ? rules.samplingRate(for: usageClass.own) : 1)
    }
    usageClassIDs = ids
    self.rules = zip(option.usageClasses, items).map { ShareRule($0, as: $1, plan) }
    var past: [ItemID] = []
    for usageClass in plan.actualDays > 0 ? plan.options[0].usageClasses : [] {
      let id = core.register(usageClass.admitted)
      past.append(core.register(usageClass.usage, usageClass: id))
    }
    pastRules = zip(plan.options[0].usageClasses, past).map { ShareRule($0, as: $1, plan) }
    keepRates = rates
    let source = RandomSource(seed: plan.scenario.seed)
    keepKeys = option.usageClasses.map {
      source.key(
        plan.streams[plan.streams[$0.stream].eventsStream ?? $0.stream].name + "/" + $0.eventClass,
        purpose: "kept users")
    }
    let months = plan.period.months
    monthOfDay = months.enumerated().flatMap { index, month in
      [Int](repeating: index, count: month.dayCount)
    }
    firstDayOfMonth = months.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.dayCount) }
    // An option that leaves a meter has used it until then.
    meters = Meter.allCases.filter { option.uses($0) || !past.isEmpty && plan.options[0].uses($0) }
    outcome = PathOutcome(
      months: months.count, days: plan.period.dayCount, meters: meters.count,
      streams: plan.streams.count, usageClasses: option.usageClasses.count,
      budgets: option.governance.budgets.count)
    if let recording = plan.recording, recorded == nil {
      self.recorded = try RecordedOutcome(
        recording, plan: plan, option: option, meters: meters, empty: outcome,
        monthOfDay: monthOfDay)
    } else {
      self.recorded = recorded
    }
    sharedPast = sharedMeters(plan.options[0].usageClasses)
    sharedAhead = sharedMeters(option.usageClasses)
    let parts = partsAlike(option.usageClasses, isSampled: { rates[$0] < 1 }, shared: sharedAhead)
    readers = [Int](repeating: -1, count: ids.count)
    var seen: Set<UsageClassID> = []
    for part in parts {
      for index in part where seen.insert(ids[index]).inserted { readers[index] = part[0] }
    }
    guard self.recorded == nil else { return }
    if !walksSingly(false) {
      columns = DayColumns(
        self.rules, alike: parts, isSampled: { rates[$0] < 1 }, isPast: false, counts, &core)
    }
    if !past.isEmpty {
      let classes = plan.options[0].usageClasses
      pastColumns = DayColumns(
        pastRules, alike: partsAlike(classes, isSampled: { _ in false }, shared: sharedPast),
        isSampled: { _ in false }, isPast: true, counts, &core)
    }
  }

  /// The tables of an option from its first days on, each with the day from which they hold: they change with
  /// the book, and with what is subscribed to.
  private static func pricing(_ option: OptionPlan, from start: CalendarDay) -> [Rules.PriceChange]
  {
    func tables(_ book: PriceBook, _ addOns: Set<String>) -> [RateTable?] {
      let calculator = CostCalculator(book: book, addOns: addOns)
      return Meter.allCases.map { calculator.table(for: $0) }
    }
    let first = Rules.PriceChange(
      from: start, tables: tables(option.prices.first, option.addOns(on: start)))
    let changes = option.prices.changes.map {
      Rules.PriceChange(from: $0.from, tables: tables($0.book, option.addOns(on: $0.from)))
    }
    guard let past = option.past, past.until > start else { return [first] + changes }
    let before = changes.filter { $0.from < past.until }
    let chosen = Rules.PriceChange(
      from: past.until, tables: tables(option.prices.book(on: past.until), option.addOns))
    // An add-on of a fixed fee changes no table.
    let turn = (before.last ?? first).tables == chosen.tables ? [] : [chosen]
    return [first] + before + turn
      + changes.filter { $0.from >= past.until && (turn.isEmpty || $0.from > past.until) }
  }

  /// Walks one future.
  func run(_ future: FuturePath, path: Int) {
    run(future, path: path, future.units, future.identified, future.peaks)
  }

  /// Walks one future with other units than its own, by stream then day: without a fault.
  func run(
    _ future: FuturePath, path: Int, _ units: [Int64], _ identified: [Int64], _ peaks: DayPeaks
  ) {
    if let recorded {
      outcome = recorded.outcome
      readBudgets(recorded.end.closedWindows, actualDays: 0, into: &outcome)
      return
    }
    outcome.clear()
    core.reset()
    firstDays?.begin()
    let shares = shares(future, path: path)
    let past = self.shares(of: pastRules, future)
    // One access to the core and one to the outcome for the whole walk: a check per day and
    // usageClass costs as much as the admission.
    var totals = [MeterTotal](repeating: MeterTotal(), count: meters.count)
    // The days that have passed are some of the period's, from its first on.
    let actualDays = past.isEmpty ? 0 : min(plan.actualDays, monthOfDay.count)
    core.isHistory = actualDays > 0
    core.sharedMeters = sharedPast
    pastColumns?.fill(past, units, identified, days: 0..<actualDays)
    walk(
      &core, &outcome, &totals, &scratch, pastColumns, past, 0..<actualDays, units, identified,
      peaks)
    var passed: [BudgetWindow] = []
    if actualDays > 0 {
      passed = option.governance.budgets.indices.map { core.window(of: $0) }
      core.endHistory()
    }
    core.sharedMeters = sharedAhead
    columns?.fill(shares, units, identified, days: actualDays..<monthOfDay.count)
    walk(
      &core, &outcome, &totals, &scratch, columns, shares, actualDays..<monthOfDay.count, units,
      identified, peaks)
    readTallies(&core, into: &outcome)
    readBudgets(
      core.closedWindows + option.governance.budgets.indices.map { core.window(of: $0) },
      actualDays: actualDays, into: &outcome)
    readPassed(passed, into: &outcome)
    outcome.overflowed = core.overflowed
    outcome.reachesUnknownTier = core.beyondKnownTiers > 0
  }

  /// What the recorded events came to; nil when days are walked.
  var recording: RecordedOutcome? { recorded }

  /// The alerts of the last path.
  var alerts: [Alert] { recorded?.end.alerts ?? core.alerts }

  /// Everything the core knows after the last path.
  func snapshot() -> CoreSnapshot { recorded?.end ?? core.snapshot() }
}
