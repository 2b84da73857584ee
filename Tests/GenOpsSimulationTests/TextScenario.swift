import Foundation
import GenOpsUnits

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// A scenario from a text, for tests.
enum TextScenario {
  static func plan(_ text: String, paths: Int? = nil) throws -> Plan {
    let bytes = Data(text.utf8)
    let node = try YAMLReader.parse(bytes, file: "test.yaml")
    let (scenario, findings) = ScenarioReader.read(
      node, bytes: bytes, file: "test.yaml", overrides: .init(paths: paths))
    guard let scenario else { throw FindingsError(findings: findings) }
    return try Planner.plan(scenario, .load(scenario), findings)
  }

  static func run(_ text: String, paths: Int, jobs: Int = 1) async throws -> ScenarioRun {
    let plan = try plan(text, paths: paths)
    let simulation = try await Simulation.run(plan, jobs: jobs, onProgress: { _ in })
    let (result, summaries) = ResultBuilder(simulation).build(version: "test")
    return ScenarioRun(result: result, summaries: summaries, plan: plan)
  }

  static func simulate(_ text: String, paths: Int, jobs: Int = 1) async throws -> Simulation {
    try await Simulation.run(try plan(text, paths: paths), jobs: jobs, onProgress: { _ in })
  }

  /// All findings of a text, whether it can be used or not.
  static func findings(_ text: String) -> [Finding] {
    do {
      return try plan(text).findings.all
    } catch let error as FindingsError {
      return error.findings.all
    } catch {
      return []
    }
  }

  /// Two months of a small web shop.
  static let shop = """
    scenario: shop
    period: 2027-03 to 2027-04
    traffic:
      - shop:
          users: 40k to 60k
          events: 60 per user per month
          identified: 50%
          mix: {$pageview: 40%, signup_completed: 2%}
          session_recordings: 0.5 per user per month
          growth: 5% to 20% per month

    """
}
