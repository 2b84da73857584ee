import GenOpsCosting
import GenOpsHistory
package import GenOpsMetering
package import GenOpsScenario
package import GenOpsUnits

/// Holds a scenario's months against what was said of them: from the files to a ``TrackResult``.
///
/// The scenario is planned as its own history has it, once more as that history was before each month
/// that it holds already, and with the new export; runs are made of what has not been said yet.
package struct Tracker {
  package struct Request: Sendable {
    /// The scenario's file.
    package var scenario: String
    /// New exports, as the user named them.
    package var usage: [String]
    package var overrides: ScenarioReader.Overrides
    /// Threads.
    package var jobs: Int
    /// When this is said.
    package var now: Timestamp
    /// By what volume is measured; nil lets the forecast decide.
    package var volume: Meter?

    package init(
      scenario: String, usage: [String],
      overrides: ScenarioReader.Overrides = ScenarioReader.Overrides(), jobs: Int = 1,
      now: Timestamp, volume: Meter? = nil
    ) {
      self.scenario = scenario
      self.usage = usage
      self.overrides = overrides
      self.jobs = jobs
      self.now = now
      self.volume = volume
    }
  }

  let request: Request
  let scenario: Scenario
  let files: ScenarioFiles
  /// As the scenario stands.
  let own: Plan
  /// With the new exports; as it stands where the scenario has no history, because then its usage is given.
  let current: Plan
  let hasHistory: Bool
  /// What the files know together.
  let usage: UsageHistory
  var findings: Findings

  /// Reads and plans; nothing is run.
  package init(_ request: Request) throws(FindingsError) {
    self.request = request
    let (read, found) = ScenarioReader.read(path: request.scenario, overrides: request.overrides)
    guard var plain = read else { throw FindingsError(findings: found) }
    // Neither plays a part in what a month costs, and both take time.
    plain.options = []
    plain.expectations = []
    files = ScenarioFiles.load(plain)
    own = try Planner.plan(plain, files, found)
    // The months stay those that were asked about, however far the history reaches.
    plain.period = own.period
    var exports = plain
    var leftOut = Findings()
    exports.historyFiles = try Tracker.exports(request.usage, &leftOut).map {
      .init(path: $0, location: SourceLocation(file: $0, line: 1, column: 1))
    }
    exports.billFiles = []
    let new = ScenarioFiles.load(exports)
    var wrong = Findings()
    for file in new.histories { wrong.merge(file.file.findings) }
    try wrong.throwIfErrors()
    hasHistory = !plain.historyFiles.isEmpty
    if hasHistory {
      var joined = plain
      joined.historyFiles += exports.historyFiles
      var all = files
      all.histories += new.histories
      current = try Planner.plan(joined, all, found)
      usage = current.history
      // What acts within the new days is what those days are held against: it belongs there.
      let known = Set(own.findings.all)
      findings = Findings(
        current.findings.all.filter { $0.code != "change-in-history" || known.contains($0) })
    } else {
      current = own
      usage = HistoryJoin.join(new.histories.map(\.file))
      findings = own.findings
      findings.merge(wrong)
      findings.merge(usage.findings)
    }
    findings.merge(leftOut)
    scenario = plain
    tellExports(new)
  }

  /// The files that `--usage` stands for: of a folder or pattern those that hold usage.
  private static func exports(
    _ paths: [String], _ findings: inout Findings
  ) throws(FindingsError) -> [String] {
    var names: [String] = []
    for path in paths {
      if try FolderFiles.inside(path) == nil {
        names.append(path)
      } else {
        let exports = try UsageExports([path])
        names += exports.names
        findings.merge(exports.findings)
      }
    }
    return names
  }

  /// ISO 4217.
  package var currency: String { scenario.book.currency }
  /// The months asked about.
  package var months: [CalendarMonth] { own.period.months }
  /// The files that the scenario names itself.
  package var historyFiles: [String] { scenario.historyFiles.map(\.path) }

  /// The result, after adding to `ledger` what it lacks of what was said.
  package mutating func track(
    _ ledger: inout ForecastLedger, onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async throws(FindingsError) -> TrackResult {
    let run = try await ScenarioRun.run(current, jobs: request.jobs, onProgress: onProgress)
    let known = KnownUsage(usage, own.period, identified: Tracker.identifiedPart(run, own.period))
    let begun = own.period.months.filter { $0.firstDay < known.end }
    let past = pastPlans(begun)
    try await sayWhatIsMissing(begun, past, &ledger)
    ledger.add(
      ForecastStatement.all(run, said: request.now), AgreedPrices(current))
    findings.merge(ledger.findings)
    let book = MonthBook(
      tracker: self, run: run, known: known, ledger: ledger, begun: begun, past: past)
    let months = book.months()
    tell(months, ledger)
    return result(run, known, months, ledger)
  }

  /// The part of the events of a day of the period that the run takes as identified.
  private static func identifiedPart(_ run: ScenarioRun, _ period: Scenario.Period) -> (Int) ->
    Double?
  {
    var parts: [CalendarMonth: Double] = [:]
    for month in run.result.months {
      let events = month.usage.first { $0.meter == .events }?.units.mean ?? 0
      let identified = month.usage.first { $0.meter == .identifiedEvents }?.units.mean
      if let identified, events > 0 { parts[month.month] = identified / events }
    }
    return { parts[period.start.advanced(by: $0).month] }
  }

  /// The plan of each month as of what was known before it, where one can be made: the scenario's own, or
  /// that of its history cut on the month's first day.
  private func pastPlans(_ months: [CalendarMonth]) -> [CalendarMonth: Result<
    Plan, FindingsError
  >] {
    var plans: [CalendarMonth: Result<Plan, FindingsError>] = [:]
    for month in months {
      if !hasHistory || own.forecastStart <= month.firstDay {
        plans[month] = .success(own)
        continue
      }
      plans[month] = Result { () throws(FindingsError) in
        try Planner.plan(scenario, files.before(month.firstDay), Findings())
      }
    }
    return plans
  }

  /// Runs what was not said of the months that have begun, as of what was known before them.
  private func sayWhatIsMissing(
    _ months: [CalendarMonth], _ past: [CalendarMonth: Result<Plan, FindingsError>],
    _ ledger: inout ForecastLedger
  ) async throws(FindingsError) {
    var missing = Set(months.filter { lastStatement(of: $0, ledger)?.isAhead != true })
    // One run of the scenario as it stands tells all the months that lie after its history, also those
    // ahead: what is said of them now is held against it.
    let ahead = missing.filter { !hasHistory || own.forecastStart <= $0.firstDay }
    if !ahead.isEmpty {
      let run = try await ScenarioRun.run(own, jobs: request.jobs)
      ledger.add(ForecastStatement.all(run, said: request.now), AgreedPrices(own))
      missing.subtract(ahead)
    }
    for month in missing.sorted() {
      guard case .success(let plan)? = past[month] else { continue }
      let run = try await ScenarioRun.run(plan, jobs: request.jobs)
      ledger.add(ForecastStatement.all(run, said: request.now, of: [month]), AgreedPrices(plan))
    }
  }

  /// What was said last of a month before anything of it was known, else the first that was said of it;
  /// for a month that has not begun, before what is known now.
  func lastStatement(of month: CalendarMonth, _ ledger: ForecastLedger) -> ForecastStatement? {
    let said = statements(ledger).filter { $0.month == month }
    let ahead = said.filter(\.isAhead)
    let before = ahead.filter { $0.asOf < current.forecastStart }
    func last(_ some: [ForecastStatement]) -> ForecastStatement? {
      // Of those that knew the same the one that was said last.
      some.reduce(nil) { best, one in best.map { $0.asOf > one.asOf ? $0 : one } ?? one }
    }
    return last(before) ?? last(ahead) ?? said.min { $0.asOf < $1.asOf }
  }

  /// What the ledger holds of this scenario.
  func statements(_ ledger: ForecastLedger) -> [ForecastStatement] {
    ledger.statements.filter {
      $0.name == scenario.name && $0.currency == scenario.book.currency
    }
  }

  private func result(
    _ run: ScenarioRun, _ known: KnownUsage, _ months: [TrackResult.Month], _ ledger: ForecastLedger
  ) -> TrackResult {
    var actual: [CalendarMonth: Money] = [:]
    for month in months where month.state == .actual { actual[month.month] = month.actual }
    return TrackResult(
      name: run.result.name, currency: run.result.currency, provenance: run.result.provenance,
      lastKnownDay: usage.lastDay, budget: MonthBudget(current).map(\.summary), months: months,
      total: total(run, months), score: ForecastScore(statements(ledger), actual: actual),
      findings: findings, doubt: run.result.doubt)
  }

  private func total(_ run: ScenarioRun, _ months: [TrackResult.Month]) -> TrackResult.Total {
    func sum(_ amounts: [Money?]) -> Money? {
      amounts.reduce(Money?.some(.zero)) { sum, amount in
        sum.flatMap { sum in amount.map { sum + $0 } }
      }
    }
    let landing = months.reduce(Money.zero) { $0 + $1.landing }
    let isOpen = months.contains { !$0.state.hasEnded }
    let year = ForecastStatement.Range<Money>(run.result.year.cost)
    // The months that have ended are not a matter of chance; how the run fills their gaps plays no part.
    let shift = landing - year.mean
    return TrackResult.Total(
      label: run.result.yearLabel, budget: sum(months.map(\.budget)),
      forecast: sum(months.map { $0.forecast?.cost.mean }),
      actual: months.reduce(Money.zero) { $0 + ($1.actual ?? .zero) }, landing: landing,
      low: isOpen && hasHistory ? year.p10 + shift : nil,
      high: isOpen && hasHistory ? year.p90 + shift : nil,
      listPrice: months.contains { $0.listPrice != nil }
        ? sum(months.map { $0.listPrice ?? $0.landing }) : nil)
  }
}
