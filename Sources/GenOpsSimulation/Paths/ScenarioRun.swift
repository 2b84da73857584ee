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
    if plan.scenario.grain == .exact, plan.recording == nil { try checkSize(plan) }
    let simulation = try await Simulation.run(plan, jobs: jobs, onProgress: onProgress)
    let builder = ResultBuilder(simulation)
    let (result, summaries) = builder.build(version: version)
    var run = ScenarioRun(result: result, summaries: summaries, plan: plan)
    if keepsPaths { run.byPath = builder.figures() }
    return run
  }

  /// Items that `exact` can walk in reasonable time: about a minute per 100 million.
  static let maximumItems = 200e6

  /// Refuses an exact run that would take hours, and says what would be right.
  private static func checkSize(_ plan: Plan) throws(FindingsError) {
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    let items = future.units.reduce(0.0) { $0 + Double($1) }
    let all = items * Double(plan.scenario.paths) * Double(plan.options.count)
    guard all > maximumItems else { return }
    throw FindingsError(
      "too-many-items",
      "grain: exact would walk \(shortCount(all)) items one by one; at most "
        + "\(shortCount(maximumItems)) are walked",
      help:
        "use --paths \(max(1, Int(maximumItems / max(1, all / Double(plan.scenario.paths))))), a "
        + "shorter period, or grain: binned", at: plan.scenario.location)
  }
}
