import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
package import GenOpsUnits

/// Turns a scenario into a plan: reads the history, finds what the streams are made of, resolves
/// what the options need to know.
package struct Planner {
  var scenario: Scenario
  var findings: Findings
  var history = UsageHistory()
  var bills: [BillingStatement] = []
  var draws: [PlanDraw] = []
  var growth: [PlanGrowth] = []
  /// What fits to the history found.
  var fitted: [FittedGrowth] = []
  var valueDraws: [Int] = []
  var growthTargets: [(target: Scenario.Target, index: Int)] = []
  var streams: [PlanStream] = []
  var calendar = PlanCalendar()
  var faults: [PlanFault] = []
  /// The scenario's calendar effects that act on something.
  var calendarUsed: Set<Int> = []
  var start = CalendarDay(number: 0)
  var end = CalendarDay(number: 0)
  var forecastStart = CalendarDay(number: 0)
  /// How many recorded events have each name; empty when the history has no single events.
  var eventNames: [String: Int] = [:]
  /// The recorded events themselves, where they are walked, and how many files they are from.
  var recorded: [UsageEvent] = []
  var recordedFiles = 0
  var needsMix: [String] = []
  var losesData = false
  var needsPolls = false

  /// The plan of a scenario and of what its files hold, or the findings that stop it. Findings of
  /// the scenario go in and come out.
  package static func plan(_ scenario: Scenario, _ files: ScenarioFiles, _ findings: Findings)
    throws(FindingsError) -> Plan
  {
    var planner = Planner(scenario: scenario, findings: findings)
    return try planner.make(files)
  }

  private init(scenario: Scenario, findings: Findings) {
    self.scenario = scenario
    self.findings = findings
  }

  private mutating func make(_ files: ScenarioFiles) throws(FindingsError) -> Plan {
    take(files)
    try findings.throwIfErrors()
    let period = try settlePeriod()
    noteNeeds()
    draws = scenario.variables.inputs.map { PlanDraw(name: $0.name, distribution: $0.distribution) }
    addGrowth()
    addHistoryStreams()
    addBilledStreams()
    addTrafficStreams()
    let changes = planChanges()
    addFaults()
    reportUnusedGrowth()
    reportUnusedCalendar()
    if streams.isEmpty, !findings.hasErrors {
      findings.error(
        "no-usage", "neither the history nor traffic has usage of a meter",
        help: "check the file named under history:", at: scenario.location)
    }
    let billingDay =
      scenario.billingDay ?? bills.compactMap(\.anchorDay).first ?? 1
    let opening = openingBalance(period: period, billingDay: billingDay)
    let options = planOptions(period: period)
    let recording = recordedPeriod(options)
    checkTrafficSampling(options, recording)
    addValueDraws()
    let inputs = planInputs()
    checkPrices()
    if let stale = scenario.prices.book(on: start).staleness(on: start) { findings.add(stale) }
    try findings.throwIfErrors()
    return Plan(
      scenario: scenario, period: period,
      actualDays: start.distance(to: min(max(start, forecastStart), end)),
      forecastDays: forecastCount, forecastStart: forecastStart,
      draws: draws, inputs: inputs, growth: growth, streams: streams, calendar: calendar,
      faults: faults, changes: changes, valueDraws: valueDraws, options: options,
      levers: [[]] + scenario.options.map(\.levers), opening: opening, billingDay: billingDay,
      history: history, recording: recording, bills: bills, findings: findings)
  }

  /// What the books do not know, and whether one of them holds when the period begins.
  private mutating func checkPrices() {
    let meters = Set(streams.map(\.meter)).sorted { $0.rawValue < $1.rawValue }
    for book in scenario.prices.books {
      for meter in meters where book.rate(of: meter) == nil {
        findings.warning(
          "unknown-price", "\(book.id) has no price for \(meter.id); it is not in the cost",
          help: "use a book that has it")
      }
    }
    if let first = scenario.prices.start, first > start {
      findings.error(
        "no-prices", "no book holds from \(start) to \(first.advanced(by: -1))",
        help: "leave out the first book's 'from', or begin on \(start)", at: scenario.location)
    }
    for change in scenario.prices.changes where change.from >= end {
      findings.warning(
        "matched-nothing", "the prices of \(change.book.id) begin after the period",
        help: "the period ends on \(end.advanced(by: -1))", at: change.location)
    }
  }

  private mutating func take(_ files: ScenarioFiles) {
    for (reference, read) in zip(scenario.historyFiles, files.histories) {
      merge(read.history.findings, of: reference)
      history.series += read.history.series
      eventNames.merge(read.names, uniquingKeysWith: +)
      recorded += read.events
      if !read.events.isEmpty { recordedFiles += 1 }
    }
    for (reference, bill) in zip(scenario.billFiles, files.bills) {
      merge(bill.findings, of: reference)
      bills.append(bill)
    }
    if !scenario.historyFiles.isEmpty, history.series.isEmpty, !findings.hasErrors {
      findings.error(
        "empty", "the history holds no usage of a known meter",
        help: "export it again: PostHog > Billing > Usage > Export",
        at: scenario.historyFiles[0].location)
    }
  }

  /// What has no place in the file itself stands where the scenario names it.
  private mutating func merge(_ found: Findings, of reference: Scenario.FileReference) {
    for var finding in found.all {
      if finding.location == nil { finding.location = reference.location }
      findings.add(finding)
    }
  }

  private mutating func settlePeriod() throws(FindingsError) -> Scenario.Period {
    let afterHistory = history.lastDay?.advanced(by: 1)
    let period: Scenario.Period
    if let given = scenario.period {
      period = given
    } else if let afterHistory {
      let first = afterHistory.month
      period = Scenario.Period(
        first: first, last: first.advanced(by: 11), location: scenario.location)
      findings.note(
        "assumption", "no period given: twelve months from \(first)",
        help: "add: period: \(first) to \(first.advanced(by: 11))", at: scenario.location)
    } else {
      throw FindingsError("missing-key", "a scenario without history needs its period")
    }
    start = period.start
    end = period.end
    forecastStart = afterHistory ?? start
    if let firstDay = history.firstDay, forecastStart > end {
      if firstDay > start {
        findings.warning(
          "history-gap", "the history begins on \(firstDay), after the period does",
          at: period.location)
      }
      forecastStart = end
    }
    if let afterHistory, afterHistory.distance(to: start) > 92 {
      findings.warning(
        "history-gap",
        "the history ends on \(afterHistory.advanced(by: -1)), \(afterHistory.distance(to: start)) "
          + "days before the period begins",
        help: "export the latest months too", at: period.location)
    }
    return period
  }

  /// What levers and governance need to tell apart.
  private mutating func noteNeeds() {
    for lever in scenario.options.flatMap(\.levers) {
      needsMix += lever.eventNames.filter { !needsMix.contains($0) && $0 != "all" }
      losesData = losesData || lever.losesData
      needsPolls = needsPolls || lever.needsPolls
    }
    let governance = scenario.governance
    if !governance.sampling.keepsEverything || !governance.postHogLimits.isEmpty
      || (governance.mode != .advisory && governance.budgets.contains(where: \.isHard))
    {
      losesData = true
    }
    let changesServers = scenario.changes.contains { change in
      change.effects.contains { $0.target == .flagServers }
    }
    needsPolls = needsPolls || changesServers || scenario.pollers != nil
  }

  /// The index of the draw called `name`, added when it is new. One name with another distribution
  /// is another number, as where two streams have their own mix.
  mutating func draw(_ name: String, _ distribution: UncertainValue) -> Int {
    var name = name
    while let index = draws.firstIndex(where: { $0.name == name }) {
      if draws[index].distribution == distribution { return index }
      name += "'"
    }
    draws.append(PlanDraw(name: name, distribution: distribution))
    return draws.count - 1
  }

  mutating func draw(_ assumption: Assumption) -> Int {
    if let finding = assumption.finding { findings.add(finding) }
    return draw(assumption.name, assumption.distribution)
  }

  /// The growth that moves a stream of `meter` called `name`.
  func growthIndex(meter: Meter, name: String?, isPoll: Bool = false) -> Int? {
    for entry in growthTargets {
      switch entry.target {
      case .stream(let stream) where stream == name: return entry.index
      case .meter(meter) where !isPoll: return entry.index
      case .flagServers where isPoll: return entry.index
      default: continue
      }
    }
    return nil
  }

  private mutating func reportUnusedGrowth() {
    let used = Set(streams.compactMap(\.growth))
    for (position, entry) in scenario.growth.enumerated() where !used.contains(position) {
      findings.warning(
        "matched-nothing",
        "the growth of \(entry.target.name) moves nothing: there is no such usage",
        help: "leave it out, or export its usage", at: entry.location)
    }
  }

  /// Units since the billing period began, when it began before the period asked about.
  private mutating func openingBalance(period: Scenario.Period, billingDay: Int) -> OpeningBalance {
    let billing = BillingPeriod(containing: start, anchorDay: billingDay)
    if let given = scenario.openingUsage {
      return OpeningBalance(
        current: Dictionary(uniqueKeysWithValues: Meter.allCases.map { ($0, given[$0]) }))
    }
    if billing.start == start { return .nothing }
    var current = OpeningBalance.nothing.current
    guard let first = history.firstDay, first <= billing.start, forecastStart >= start else {
      findings.warning(
        "unknown-opening",
        "the usage of \(billing.start) to \(start.advanced(by: -1)) is unknown, so the first "
          + "billing period is priced as if it began empty",
        help: "add: opening_usage: {events: 1200000}", at: period.location)
      return .unknown
    }
    for series in history.series {
      let from = series.start.distance(to: billing.start)
      let to = series.start.distance(to: start)
      for index in max(0, from)..<max(0, min(to, series.values.count))
      where series.values[index].isFinite {
        current[series.meter, default: 0] += Int64(series.values[index].rounded())
      }
    }
    return OpeningBalance(current: current)
  }
}

extension Scenario.Target {
  /// As a scenario writes it.
  package var name: String {
    switch self {
    case .meter(let meter): meter.id
    case .flagServers: "flag_servers"
    case .stream(let name): name
    }
  }
}
