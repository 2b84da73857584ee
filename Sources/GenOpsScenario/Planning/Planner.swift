import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// Turns a scenario and what its files hold into a plan, in stages of which each is a function of
/// those before it: history, window and needs, streams, effects, options, inputs. Nothing is read and
/// nothing is drawn, so another process that has the same bytes makes the same plan.
package enum Planner {
  /// The plan, or the findings that stop it. Findings of the scenario go in and come out. `namesEvents` tells the
  /// events of a stream apart by every name that is known, also where no option needs it.
  package static func plan(
    _ scenario: Scenario, _ files: ScenarioFiles, _ found: Findings, namesEvents: Bool = false
  ) throws(FindingsError) -> Plan {
    var findings = found
    let history = LoadedHistory(scenario, files, &findings)
    let scenario = AccountPlanner.complete(scenario, history, &findings)
    try findings.throwIfErrors()
    let window = try PlanWindow(scenario, history, &findings)
    let needs = PlanNeeds(scenario, namesEvents: namesEvents)
    let streams = StreamPlanner.plan(scenario, history, window, needs, &findings)
    let effects = EffectPlanner.plan(scenario, window, needs, streams, &findings)
    let all = effects.streams
    UnusedEntries.report(scenario, history, window, all, &findings)
    let peaks = MissingPeak.remaining(all.peaks, effects, window)
    MissingPeak.tell(peaks, at: scenario.historyLocation, &findings)
    let billingDay = scenario.billingDay ?? history.bills.compactMap(\.anchorDay).first ?? 1
    let opening = openingBalance(
      scenario, history.usage, window, billingDay: billingDay, &findings)
    var draws = all.draws
    var options = OptionPlanner.plan(scenario, all.streams, &draws, &findings)
    checkExpectations(scenario, options, window.period, &findings)
    let recorder = RecordingPlanner(
      scenario: scenario, history: history, window: window, effects: effects, options: options)
    let recording = recorder.recording(&findings)
    OptionPlanner.complete(
      &options, window, billingDay: billingDay, isRecorded: recording != nil)
    if recording == nil {
      UnseenPolicies.report(scenario, options, &findings)
      UnmatchedScopes.report(scenario, options, all.streams, &findings)
      checkAhead(scenario, window, &findings)
    }
    let valueDraws = addValueDraws(scenario, to: &draws)
    let inputs = PlanInputs.plan(
      scenario, draws, all.growth, fittedPairs: all.fittedPairs, &findings)
    for stream in all.streams where !stream.level(all.draws).isFinite {
      findings.error(
        "out-of-range", "\(stream.name) comes to more than can be counted",
        help: "narrow the interval it is given by", at: scenario.location)
    }
    checkPrices(scenario, window, all, &findings)
    checkBudgets(scenario, options[0], window.period, &findings)
    checkValue(scenario, window.period, &findings)
    LimitCheck.checkMobile(
      scenario.governance.postHogLimits, at: scenario.location, all.streams, &findings)
    LimitCheck.check(
      options[0], at: scenario.location, window, all.streams, billingDay: billingDay, &findings)
    if let stale = scenario.prices.book(on: window.start).staleness(on: window.start) {
      findings.add(stale)
    }
    try findings.throwIfErrors()
    return Plan(
      scenario: scenario, period: window.period, actualDays: window.actualCount,
      forecastDays: window.forecastCount, forecastStart: window.forecastStart, draws: draws,
      inputs: inputs, growth: all.growth, streams: all.streams, calendar: all.calendar,
      faults: effects.faults, changes: effects.changes, missingPeaks: peaks, valueDraws: valueDraws,
      options: options,
      levers: [standing(scenario)] + scenario.options.map(\.levers), opening: opening,
      billingDay: billingDay,
      earlier: earlierUsage(
        scenario, history.usage, window, billingDay: billingDay, options, &findings),
      history: history.usage, recording: recording, recordingObstacle: recorder.obstacle,
      bills: history.bills,
      trackRecord: all.trackRecord,
      findings: findings)
  }

  /// What "as is" already does to the data, as a lever that says so.
  private static func standing(_ scenario: Scenario) -> [any Lever] {
    let limits = scenario.governance.postHogLimits
    return limits.isEmpty ? [] : [PostHogLimitLever(policy: PostHogLimitPolicy(limits))]
  }

  /// The amounts of the value case, decided together with everything else.
  private static func addValueDraws(_ scenario: Scenario, to draws: inout [PlanDraw]) -> [DrawID] {
    (scenario.value?.lines ?? []).map { line in
      var name = "value.\(line.name)"
      // A benefit and a cost of one name are two things.
      if draws.contains(where: { $0.name == name }) { name += " (cost)" }
      return draws.draw(name, line.amount)
    }
  }

  /// Options of a period without a day that lies ahead.
  private static func checkAhead(
    _ scenario: Scenario, _ window: PlanWindow, _ findings: inout Findings
  ) {
    guard window.forecastCount == 0, let first = scenario.options.first else { return }
    findings.warning(
      "period-passed",
      "the whole period has passed: options change nothing of it, and each costs what \"as is\" "
        + "does",
      help:
        "give a period that goes on after \(window.forecastStart.advanced(by: -1)); what recorded events "
        + "would have come to is asked with --mode exact", at: first.location)
  }

  /// Benefits and costs that lie outside the period.
  private static func checkValue(
    _ scenario: Scenario, _ period: Scenario.Period, _ findings: inout Findings
  ) {
    for line in scenario.value?.lines ?? [] {
      let months = period.months
      let isIn =
        line.isOneOff
        ? line.schedule.from == nil || line.schedule.month(in: months) != nil
        : line.schedule.parts(of: months).contains { $0 > 0 }
      if isIn { continue }
      findings.warning(
        "matched-nothing",
        "'\(line.name)' of value: lies outside the period, and counts for nothing",
        help: "the period is \(period.first) to \(period.last)", at: line.location)
    }
  }

  /// Budgets of which no whole period lies in the scenario's.
  private static func checkBudgets(
    _ scenario: Scenario, _ asIs: OptionPlan, _ period: Scenario.Period, _ findings: inout Findings
  ) {
    for budget in asIs.governance.budgets {
      let window = budget.period.window(containing: period.start, fiscalStart: budget.fiscalStart)
      let next = budget.period.window(containing: window.end, fiscalStart: budget.fiscalStart)
      guard window.start < period.start || window.end > period.end, next.end > period.end else {
        continue
      }
      findings.warning(
        "part-of-budget",
        "the budget of \(budget.limit) a \(budget.period) is held against \(period.first) to "
          + "\(period.last) alone: what is used in the rest of its \(budget.period) is not counted",
        help: "write: period: \(window.start.month) to \(window.end.advanced(by: -1).month)",
        at: scenario.location)
    }
  }

  /// What conditions name and their option does not have.
  private static func checkExpectations(
    _ scenario: Scenario, _ options: [OptionPlan], _ period: Scenario.Period,
    _ findings: inout Findings
  ) {
    for entry in scenario.expectations {
      for (index, option) in options.enumerated()
      where entry.option.map({ $0 == option.name }) ?? (index == 0) {
        entry.expression.check(
          option, isAsIs: index == 0, scenario, period, at: entry.location, &findings)
      }
    }
  }

  /// What the books do not know, and whether one of them holds when the period begins.
  private static func checkPrices(
    _ scenario: Scenario, _ window: PlanWindow, _ planned: PlannedStreams,
    _ findings: inout Findings
  ) {
    let meters = Set(planned.streams.map(\.meter)).sorted { $0.rawValue < $1.rawValue }
    for book in scenario.prices.books {
      for meter in meters {
        guard let rate = book.rate(of: meter) else {
          findings.warning(
            "unknown-price", "\(book.id) has no price for \(meter.id); it is not in the cost",
            help: "use a book that has it")
          continue
        }
        guard rate.isOptIn, !scenario.addOns.contains(rate.product) else { continue }
        let perDay = planned.streams.filter { $0.meter == meter }.reduce(0) {
          $0 + $1.level(planned.draws)
        }
        // A level is not negative, and 10^15 is below the end of Int64; NaN is no larger than 0.
        let month = rate.table.cost(of: Int64(min(1e15, max(0, perDay * 30.4))))
        findings.warning(
          "not-chosen",
          "\(meter.id) are used and \(rate.product) is not among the add_ons: taken as not subscribed to, "
            + "which leaves out about \(month?.text(decimals: 0, grouping: true) ?? "?") \(book.currency) a month",
          help: "if it is subscribed to, add: add_ons: [\(rate.product)]", at: scenario.location)
      }
    }
    tellUnusedAddOns(scenario, meters, &findings)
    if let first = scenario.prices.start, first > window.start {
      findings.error(
        "no-prices", "no book holds from \(window.start) to \(first.advanced(by: -1))",
        help: "leave out the first book's 'from', or begin on \(window.start)",
        at: scenario.location)
    }
    let spans =
      [window.start] + scenario.prices.changes.map { max($0.from, window.start) } + [window.end]
    for (index, book) in scenario.prices.books.enumerated()
    where spans[index] < min(spans[index + 1], window.end) {
      let end = min(spans[index + 1], window.end)
      if let finding = book.reach(from: spans[index], to: end) { findings.add(finding) }
    }
    for change in scenario.prices.changes where change.from >= window.end {
      findings.warning(
        "matched-nothing", "the prices of \(change.book.id) begin after the period",
        help: "the period ends on \(window.end.advanced(by: -1))", at: change.location)
    }
  }

  /// Products that are paid for by use, and of which nothing says how much is used.
  private static func tellUnusedAddOns(
    _ scenario: Scenario, _ meters: [Meter], _ findings: inout Findings
  ) {
    var told: Set<Meter> = []
    for rate in scenario.prices.books.flatMap(\.rates)
    where rate.isOptIn && scenario.addOns.contains(rate.product) && !meters.contains(rate.meter)
      && told.insert(rate.meter).inserted
    {
      findings.warning(
        "add-on-without-usage",
        "\(rate.product) is among the add_ons, and nothing says how many \(rate.meter.id) are used: "
          + "none are in the cost",
        help: "export '\(rate.meter.information.aliases.first ?? rate.meter.id)' with the others, "
          + "or leave it out of add_ons", at: scenario.location)
    }
  }

  /// What the history says was used since credits or a commitment began, by billing period: it has drawn
  /// on them.
  private static func earlierUsage(
    _ scenario: Scenario, _ history: UsageHistory, _ window: PlanWindow, billingDay: Int,
    _ options: [OptionPlan], _ findings: inout Findings
  ) -> [EarlierUsage] {
    let terms = options.flatMap { option in
      option.terms.map { [$0] } ?? option.prices.books.map(\.terms)
    }
    let begins = terms.flatMap {
      $0.credits.compactMap(\.from) + [$0.commitment?.from].compactMap { $0 }
    }
    guard let first = begins.min(), first < window.start else { return [] }
    var period = BillingPeriod(containing: first, anchorDay: billingDay)
    if history.firstDay.map({ $0 > period.start }) ?? true {
      findings.warning(
        "unknown-balance",
        "what was billed from \(period.start) to \(window.start.advanced(by: -1)) is not known, and credits "
          + "or a commitment began on \(first): they are taken as they were then",
        help: "write what is left of them, with from: \(window.start)", at: window.period.location)
      return []
    }
    let gap = window.forecastStart..<max(window.forecastStart, window.start)
    let series = history.meters.compactMap { history.total(of: $0) }
    if !gap.isEmpty {
      findings.note(
        "assumption",
        "what is used from \(gap.lowerBound) to \(gap.upperBound.advanced(by: -1)) draws on credits or a "
          + "commitment, and is taken as that of the \(UsageSeries.recentDays) days before",
        help: "export again when those days are over", at: window.period.location)
    }
    var earlier: [EarlierUsage] = []
    while period.start < window.start {
      let end = min(period.end, window.start)
      let unknown = max(period.start, gap.lowerBound).distance(to: min(end, gap.upperBound))
      var totals = MeterTotals()
      for one in series {
        totals[one.meter] = one.wholeUnits(from: period.start, to: end).addingClamped(
          Int64(rounding: one.recentDay(before: gap.lowerBound) * Double(max(0, unknown))))
      }
      earlier.append(EarlierUsage(period: period, until: end, totals: totals))
      period = BillingPeriod(containing: period.end, anchorDay: billingDay)
    }
    return earlier
  }
}
