import Foundation
import GenOpsUnits

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Scenarios for optimizations, as files: an optimizer reads the scenario itself.
enum PolicyScenario {
  /// Every event costs 0.0001, every recording 0.01, every flag request 0.00001: what a policy costs can be
  /// worked out by hand. March has 31 days: 3.1 M events cost 310, 31,000 recordings 310, and the polls of ten
  /// servers every 30 s, 8,928,000 requests, 89.28.
  static let shop = """
    scenario: shop
    period: 2027-03
    prices:
      extends: posthog-2026-08
      rates:
        - {meter: events, model: per-unit, price: "0.0001"}
        - {meter: identified_events, model: per-unit, price: "0"}
        - {meter: session_recordings, model: per-unit, price: "0.01"}
        - {meter: feature_flag_requests, model: per-unit, price: "0.00001"}
    traffic:
      - web:
          events: 100k per day
          identified: 0%
          noise: none
          mix: {$pageview: 50%, $autocapture: 30%, signup_completed: 20%}
          session_recordings: 1k per day
          flag_servers: 10
          flag_polling: 30 s

    """

  static func optimizer(
    _ text: String, paths: Int = 2, exhaustiveLimit: Int = 400, jobs: Int = 1, seed: UInt64? = nil,
    objective: String? = nil, conditions: [String] = []
  ) throws -> Optimizer {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Optimizer(
      .init(
        path: file.path, overrides: .init(seed: seed, paths: paths), jobs: jobs,
        objective: objective, conditions: conditions, exhaustiveLimit: exhaustiveLimit))
  }

  /// What the best policy does, by place; what it leaves as it is, is not there.
  static func chosen(_ result: OptimizeResult) -> [String: String] {
    var chosen: [String: String] = [:]
    for (variable, choice) in zip(result.variables, result.best.choices) where choice > 0 {
      chosen[variable.place] = variable.choices[choice].text
    }
    return chosen
  }

  static func findings(_ text: String) -> [Finding] {
    do {
      _ = try optimizer(text)
      return []
    } catch let error as FindingsError {
      return error.findings.all
    } catch {
      return []
    }
  }
}
