package import GenOpsScenario
package import GenOpsUnits

/// A scenario from file to result.
package struct ScenarioRun: Sendable {
  /// The version that results carry.
  package static let version = "0.1.0"

  package var result: ScenarioResult
  package var summaries: [OptionSummary]
  package var plan: Plan
  /// By option; empty unless asked for.
  package var byPath: [PathFigures] = []

  /// Reads and checks the file without running it. `namesEvents` tells events apart by all names that are known.
  package static func plan(
    path: String, overrides: ScenarioReader.Overrides = ScenarioReader.Overrides(),
    namesEvents: Bool = false
  ) throws(FindingsError) -> Plan {
    let (scenario, findings) = ScenarioReader.read(path: path, overrides: overrides)
    guard let scenario else { throw FindingsError(findings: findings) }
    return try Planner.plan(scenario, .load(scenario), findings, namesEvents: namesEvents)
  }

  /// Runs the scenario at `path` on `jobs` threads; the result does not depend on their number.
  package static func run(
    path: String, overrides: ScenarioReader.Overrides = ScenarioReader.Overrides(), jobs: Int,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async throws(FindingsError) -> ScenarioRun {
    try await run(plan(path: path, overrides: overrides), jobs: jobs, onProgress: onProgress)
  }

  /// Runs a plan on `jobs` threads; the result does not depend on their number. `keepsPaths` keeps what each option
  /// comes to in each future.
  package static func run(
    _ plan: Plan, jobs: Int, keepsPaths: Bool = false,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async throws(FindingsError) -> ScenarioRun {
    try checkSize(plan, paths: plan.scenario.paths)
    let simulation = try await Simulation.run(plan, jobs: jobs, onProgress: onProgress)
    return ScenarioRun(simulation, keepsPaths: keepsPaths)
  }

  /// What the futures of a plan come to that were walked elsewhere: the same run as here.
  package static func merged(_ plan: Plan, _ shards: [Shard]) throws(FindingsError) -> ScenarioRun {
    ScenarioRun(try Simulation.merged(plan, shards), keepsPaths: false)
  }

  private init(_ simulation: Simulation, keepsPaths: Bool) {
    let builder = ResultBuilder(simulation)
    (result, summaries) = builder.build(version: ScenarioRun.version)
    plan = simulation.plan
    if keepsPaths { byPath = builder.figures() }
  }

  init(result: ScenarioResult, summaries: [OptionSummary], plan: Plan) {
    self.result = result
    self.summaries = summaries
    self.plan = plan
  }

  /// Items that `exact` can walk in reasonable time: about a minute per 100 million.
  static let maximumItems = 200e6

  /// Refuses to walk so many futures one item after the other where that would take hours, and says what would
  /// be right.
  static func checkSize(_ plan: Plan, paths: Int) throws(FindingsError) {
    guard plan.scenario.grain == .exact, plan.recording == nil else { return }
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    let items = future.units.reduce(0.0) { $0 + Double($1) }
    let all = items * Double(paths) * Double(plan.options.count)
    guard all > maximumItems else { return }
    throw FindingsError(
      "too-many-items",
      "grain: exact would walk \(shortCount(all)) items one by one; at most "
        + "\(shortCount(maximumItems)) are walked",
      help:
        "use --paths \(max(1, Int(maximumItems / max(1, all / Double(paths))))), a "
        + "shorter period, or grain: binned", at: plan.scenario.location)
  }
}
