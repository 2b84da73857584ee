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
  let items: [ItemID]
  /// What the days that have passed are admitted as: the usage classes of "as is". No option and no
  /// rule changes what has happened.
  let pastItems: [ItemID]
  private let usageClassIDs: [UsageClassID]
  let keepRates: [Double]
  let keepKeys: [RandomKey]
  var generator = RandomGenerator()
  private let monthOfDay: [Int]
  /// What recorded events came to, the same on every path; nil when days are walked.
  private let recorded: RecordedOutcome?

  /// A runner of `option`. Recorded events are walked here unless `recorded` already says what they
  /// came to: a recording is the same on every path, so one walk serves all workers.
  init(plan: Plan, option: OptionPlan, recorded: RecordedOutcome? = nil) throws(FindingsError) {
    self.plan = plan
    self.option = option
    func tables(_ book: PriceBook) -> [RateTable?] {
      let calculator = CostCalculator(book: book, addOns: option.addOns)
      return Meter.allCases.map { calculator.table(for: $0) }
    }
    var first: [Meter: RateTable] = [:]
    for (meter, table) in zip(Meter.allCases, tables(option.prices.first)) { first[meter] = table }
    let rules = try Rules(
      plan: option.governance, tables: first,
      priceChanges: option.prices.changes.map { .init(from: $0.from, tables: tables($0.book)) },
      billingAnchorDay: plan.billingDay)
    core = AdapterCore(
      rules: rules, start: Timestamp(startOf: plan.period.start), opening: plan.opening)
    var ids: [UsageClassID] = []
    var items: [ItemID] = []
    var rates: [Double] = []
    for usageClass in option.usageClasses {
      let entry = UsageClass(
        attribution: usageClass.attribution, eventClass: usageClass.eventClass,
        isCritical: usageClass.isCritical)
      ids.append(core.register(entry))
      items.append(core.register(usageClass.usage, usageClass: ids[ids.count - 1]))
      rates.append(usageClass.usage[.events] > 0 ? rules.samplingRate(for: entry) : 1)
    }
    usageClassIDs = ids
    self.items = items
    var past: [ItemID] = []
    for usageClass in plan.actualDays > 0 ? plan.options[0].usageClasses : [] {
      let id = core.register(
        UsageClass(
          attribution: usageClass.attribution, eventClass: usageClass.eventClass,
          isCritical: usageClass.isCritical))
      past.append(core.register(usageClass.usage, usageClass: id))
    }
    pastItems = past
    keepRates = rates
    let source = RandomSource(seed: plan.scenario.seed)
    keepKeys = option.usageClasses.map {
      source.key(plan.streams[$0.stream].name + "/" + $0.eventClass, purpose: "kept users")
    }
    let months = plan.period.months
    monthOfDay = months.enumerated().flatMap { index, month in
      [Int](repeating: index, count: month.dayCount)
    }
    // An option that leaves a meter has used it until then.
    meters = Meter.allCases.filter { option.uses($0) || !past.isEmpty && plan.options[0].uses($0) }
    outcome = PathOutcome(
      months: months.count, days: plan.period.dayCount, meters: meters.count,
      usageClasses: option.usageClasses.count, budgets: option.governance.budgets.count)
    if let recording = plan.recording, recorded == nil {
      self.recorded = try RecordedOutcome(
        recording, plan: plan, option: option, meters: meters, empty: outcome,
        monthOfDay: monthOfDay)
    } else {
      self.recorded = recorded
    }
  }

  /// Walks one future.
  func run(_ future: FuturePath, path: Int) {
    run(future, path: path, future.units, future.identified)
  }

  /// Walks one future with other units than its own, by stream then day: without a fault.
  func run(_ future: FuturePath, path: Int, _ units: [Int64], _ identified: [Int64]) {
    if let recorded {
      outcome = recorded.outcome
      readBudgets(recorded.end.closedWindows)
      return
    }
    outcome.clear()
    core.reset()
    let shares = shares(future, path: path)
    let past =
      pastItems.isEmpty
      ? [] : self.shares(of: plan.options[0].usageClasses, as: pastItems, future, path: nil)
    // One access to the core and one to the outcome for the whole walk: a check per day and
    // usageClass costs as much as the admission.
    var totals = [MeterTotal](repeating: MeterTotal(), count: meters.count)
    // The days that have passed are some of the period's, from its first on.
    let actualDays = past.isEmpty ? 0 : min(plan.actualDays, monthOfDay.count)
    core.isHistory = actualDays > 0
    walk(&core, &outcome, &totals, past, 0..<actualDays, units, identified)
    core.isHistory = false
    walk(&core, &outcome, &totals, shares, actualDays..<monthOfDay.count, units, identified)
    readTallies()
    readBudgets(
      core.closedWindows + option.governance.budgets.indices.map { core.window(of: $0) })
    outcome.overflowed = core.overflowed
    outcome.reachesUnknownTier = core.beyondKnownTiers > 0
  }

  /// What the recorded events came to; nil when days are walked.
  var recording: RecordedOutcome? { recorded }

  /// The alerts of the last path.
  var alerts: [Alert] { recorded?.end.alerts ?? core.alerts }

  /// Everything the core knows after the last path.
  func snapshot() -> CoreSnapshot { recorded?.end ?? core.snapshot() }

  private func walk(
    _ core: inout AdapterCore, _ outcome: inout PathOutcome, _ totals: inout [MeterTotal],
    _ shares: [UsageClassShare], _ days: Range<Int>, _ units: [Int64], _ identified: [Int64]
  ) {
    let isExact = plan.scenario.grain == .exact && !core.isHistory
    let start = plan.period.start
    for day in days {
      let date = start.advanced(by: day)
      let instant = Timestamp(startOf: date)
      let month = monthOfDay[day]
      var spent: Int64 = 0
      var loss = PathOutcome.MonthLoss()
      var othersLost: Int64 = 0
      // Of the usage classes of which something is refused: what was offered.
      var darkened: Int64 = 0
      for index in shares.indices {
        let share = shares[index]
        let count = share.count(units[share.first + day], identified[share.first + day])
        guard count > 0 else { continue }
        let eventDay = share.shift == 0 ? date : date.advanced(by: share.shift)
        let result =
          isExact
          ? admitSingly(&core, index, share.item, count: count, on: eventDay, at: instant)
          : core.admit(
            share.item, count: count, kept: share.survivors(of: count), eventDay: eventDay,
            at: instant)
        spent += result.costNanos
        if share.isEvent { loss.offered = loss.offered.addingClamped(count) }
        if result.refused | result.sampled != 0 {
          // Neither is more than the count of a day.
          let lost = result.refused + result.sampled
          loss.refused = loss.refused.addingClamped(result.refused)
          if result.refused > 0 { darkened = darkened.addingClamped(count) }
          loss.sampled = loss.sampled.addingClamped(result.sampled)
          if !share.isFault { othersLost = othersLost.addingClamped(lost) }
          if share.isCritical { loss.critical = loss.critical.addingClamped(lost) }
        }
        if share.wasIdentified {
          outcome.anonymised = outcome.anonymised.addingClamped(result.sent)
        }
      }
      outcome.days[day] = spent
      outcome.othersLost[day] = othersLost
      outcome.months[month] += spent
      outcome.lost[month] += loss
      outcome.darkDays += PathOutcome.darkPart(loss.refused, of: darkened)
      if day + 1 == monthOfDay.count || monthOfDay[day + 1] != month {
        for (slot, meter) in meters.enumerated() {
          let total = core.total(of: meter)
          outcome.meterUnits[month * meters.count + slot] = total.units - totals[slot].units
          outcome.meterCosts[month * meters.count + slot] = total.cost - totals[slot].cost
          totals[slot] = total
        }
      }
    }
  }

  /// The items of a bin one by one, in order: what production does. Item `i` belongs to user
  /// `i mod users`, and sampling hashes that user as the adapter does.
  private func admitSingly(
    _ core: inout AdapterCore, _ index: Int, _ id: ItemID, count: Int64, on date: CalendarDay,
    at instant: Timestamp
  ) -> GenOpsAdmission.Outcome {
    var sum = GenOpsAdmission.Outcome()
    let users = max(1, count / 2)
    let owner = plan.streams[option.usageClasses[index].stream].name
    for item in 0..<count {
      let survives =
        keepRates[index] >= 1
        || SamplingHash.survives(distinctID: "\(owner)/\(item % users)", rate: keepRates[index])
      let one = core.admit(id, count: 1, kept: survives ? 1 : 0, eventDay: date, at: instant)
      sum.sent += one.sent
      sum.refused += one.refused
      sum.sampled += one.sampled
      sum.notBillable += one.notBillable
      sum.costNanos += one.costNanos
    }
    return sum
  }

  /// What became of each usage class. Those that the core does not tell apart (parts of one class
  /// and owner) share a tally, so it is read once, for the first of them.
  private func readTallies() {
    var seen: Set<UsageClassID> = []
    for index in usageClassIDs.indices {
      let isFirst = seen.insert(usageClassIDs[index]).inserted
      let tally = core.tally(of: usageClassIDs[index])
      outcome.offered[index] = isFirst ? tally.offered : 0
      outcome.refused[index] = isFirst ? tally.refused : 0
      outcome.sampled[index] = isFirst ? tally.sampled : 0
      outcome.usageClassCosts[index] = isFirst ? tally.cost : 0
    }
  }

  /// The day on which what is owed passes the budget, from the core's on. The core takes all fees of the
  /// budget's period off at its start, so that usage never leaves too little for them; but they are owed
  /// month by month, and a budget that refuses nothing is passed when they are.
  private func breachDay(_ window: BudgetWindow, _ first: Int) -> Int {
    let budget = option.governance.budgets[window.budget]
    let months = window.start.month.distance(to: window.end.advanced(by: -1).month) + 1
    guard budget.committed > .zero, budget.scope == .none, budget.meters == nil, months > 1,
      !option.governance.refuses(budget)
    else {
      return first
    }
    let start = plan.period.start
    let last = min(start.distance(to: window.end), monthOfDay.count) - 1
    // What was used of the period before the plan begins, and what lies beyond it.
    let begin = max(0, start.distance(to: window.start))
    guard begin <= last else { return first }
    var owed = window.spent.nanos.subtractingClamped(
      outcome.days[begin...last].reduce(0) { $0.addingClamped($1) })
    for day in begin...last {
      owed = owed.addingClamped(outcome.days[day])
      let begun = window.start.month.distance(to: start.advanced(by: day).month) + 1
      // The day lies in the window, so no more months have begun than it has, and the product is at most
      // what is committed.
      let fees = budget.committed.nanos / Int64(months) * Int64(begun)
      if day >= first, owed.addingClamped(fees) > budget.limit.nanos { return day }
    }
    return max(first, last)
  }

  private func readBudgets(_ windows: [BudgetWindow]) {
    let budgets = option.governance.budgets
    for window in windows {
      let budget = budgets[window.budget]
      let offered = window.offered.nanos.addingClamped(budget.committed.nanos)
      outcome.largestOffered[window.budget] = max(outcome.largestOffered[window.budget], offered)
      outcome.overshoot[window.budget] = max(
        outcome.overshoot[window.budget], offered.subtractingClamped(budget.limit.nanos))
      guard let breach = window.breach else { continue }
      let day = breachDay(window, max(0, plan.period.start.distance(to: breach.day)))
      let month = monthOfDay[min(day, monthOfDay.count - 1)]
      // Once passed, a limit stays passed until its period ends.
      let last = min(plan.period.start.distance(to: window.end) - 1, monthOfDay.count - 1)
      let first = window.budget * plan.period.months.count
      for month in month...max(month, monthOfDay[max(0, last)]) {
        outcome.overInMonth[first + month] = true
      }
      let earliest = outcome.firstBreach[window.budget]
      if earliest < 0 || Int32(day) < earliest { outcome.firstBreach[window.budget] = Int32(day) }
    }
  }
}
