import Foundation
import GenOpsNumerics
import GenOpsHistory
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A breach probability` {
  /// Exceptions cost the same each and their level is lognormal, so that a month's cost is
  /// lognormal too, and a monthly budget is passed with the probability P = Φ((μ − ln(limit /
  /// (price · Σ growth))) / σ).
  @Test func `is that of the closed form`() async throws {
    let limits = [380.0, 500, 620, 900]
    let budgets = limits.map { "{name: \(Int($0)), limit: \(Int($0)) USD per month}" }
    let path = NSTemporaryDirectory() + "genops-flat-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(
      """
      {"id": "flat", "title": "One price", "currency": "USD", "source": "this test",
       "retrieved": "2027-01-01",
       "rates": [{"meter": "exceptions", "product": "error_tracking", "model": "per-unit",
                  "price": "0.0001"}],
       "add_ons": []}
      """.utf8
    ).write(to: URL(fileURLWithPath: path))
    let text = """
      period: 2027-01 to 2027-03
      prices: \(path)
      budget: [\(budgets.joined(separator: ", "))]
      traffic:
        - app: {exceptions: 120k to 220k per day, noise: none, growth: 4% per month}
      """
    let paths = 20_000
    let run = try await TextScenario.run(text, paths: paths)
    let (low, high) = (log(120_000.0), log(220_000.0))
    let (mu, sigma) = ((low + high) / 2, (high - low) / (2 * 1.6448536269514722))
    for (budget, limit) in zip(run.summaries[0].budgets, limits) {
      var day = 0.0
      var least = 1.0
      for (month, length) in [31, 28, 31].enumerated() {
        let growth = (0..<length).reduce(0.0) { $0 + pow(1.04, (day + Double($1)) / 30.4375) }
        day += Double(length)
        let exact = normal((mu - log(limit / (0.0001 * growth))) / sigma)
        let error = (exact * (1 - exact) / Double(paths)).squareRoot()
        let seen = budget.overByMonth[month]
        #expect(abs(seen - exact) <= 4 * error, "\(limit), \(month): \(seen), exact \(exact)")
        least = min(least, 1 - exact)
      }
      // With one unknown, who passes the limit at all passes it in the dearest month.
      let error = (least * (1 - least) / Double(paths)).squareRoot()
      #expect(abs(budget.breachProbability - (1 - least)) <= 4 * error)
    }
  }

  /// What `+15% to +45%` of a change is lognormal in: what usage is multiplied by.
  @Test func `A change lies around the middle of its factors`() throws {
    let plan = try TextScenario.plan(
      """
      period: 2027-01 to 2027-03
      traffic: [app: {events: 1M per month, identified: 0%}]
      changes: [launch: {from: 2027-02-01, events: +15% to +45%}]
      """)
    let draw = try #require(plan.draws.first { $0.name == "change.launch.0" }).distribution
    #expect(abs(draw.quantile(0.05) - 1.15) < 1e-9 && abs(draw.quantile(0.95) - 1.45) < 1e-9)
    #expect(abs(draw.quantile(0.5) - (1.15 * 1.45).squareRoot()) < 1e-9)
    #expect(abs(draw.mean - 1.2945) < 1e-4)
  }

  /// Φ, by the complementary error function.
  private func normal(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}
