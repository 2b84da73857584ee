import Foundation
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A change` {
  /// One product at one price, so that a saving is known by hand.
  private static func run(_ change: String, value: String = "", paths: Int = 1) async throws
    -> ScenarioRun
  {
    let path = NSTemporaryDirectory() + "genops-change-\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(
      """
      {"id": "flat", "title": "One price", "currency": "USD", "source": "this test",
       "retrieved": "2027-01-01",
       "rates": [{"meter": "exceptions", "product": "error_tracking", "model": "per-unit",
                  "price": "0.001"}],
       "add_ons": []}
      """.utf8
    ).write(to: URL(fileURLWithPath: path))
    return try await TextScenario.run(
      """
      period: 2027-01 to 2027-12
      prices: \(path)
      traffic: [app: {exceptions: 100k per day, noise: none}]
      options: [half: {scale: {exceptions: 50%}\(change)}]
      \(value)
      """, paths: paths)
  }

  /// 50 USD a day are saved, 1,550 in January, 1,400 in February: 4,000 are paid back 1,050 into March.
  @Test func `is paid back when it has saved what it cost`() async throws {
    let run = try await `A change`.run(", change_cost: [4000 USD]")
    let decision = try #require(run.result.options[1].decision)
    #expect(run.result.options[1].saves.mean == 50 * 365)
    #expect(decision.cost.mean == 4000 && decision.net.mean == 50 * 365 - 4000)
    #expect(abs(decision.paybackMonths.p50 - (2 + 1050.0 / 1550)) < 1e-9)
    #expect(decision.probabilityOfLoss == 0 && decision.paybackProbability == 1)
    #expect(run.result.options[0].decision == nil)
    // At 10 % a year, as said where the scenario has no rate of its own.
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let saved = days.enumerated().reduce(0.0) {
      $0 + 50 * Double($1.element) / pow(1.1, Double($1.offset + 1) / 12)
    }
    #expect(abs(try #require(decision.npv).mean - (saved - 4000)) < 1e-6)
    #expect(abs(try #require(decision.roi).mean - (saved - 4000) / 4000 * 100) < 1e-6)
    #expect(run.result.options[1].sideEffects.contains("costs 4,000 to change"))
  }

  /// 1,550 a month are saved in the longest months, which 1,600 a month eat up.
  @Test func `that costs more than it saves is never paid back and never recommended`()
    async throws
  {
    let run = try await `A change`.run(", change_cost: 1600 USD per month")
    let option = run.result.options[1]
    let decision = try #require(option.decision)
    #expect(decision.cost.mean == 19_200 && option.netSaving == 50 * 365 - 19_200)
    #expect(decision.paybackMonths.p50 == .infinity && decision.probabilityOfLoss == 1)
    let cheap = try await `A change`.run("")
    #expect(run.result.budgets.isEmpty && cheap.result.options[1].decision?.roi == nil)
  }

  /// With value, the option's NPV is that of "as is" plus that of the decision, future by future.
  @Test func `adds its own present value to that of as is`() async throws {
    let run = try await `A change`.run(
      ", change_cost: [1000 to 5000 USD, 100 USD per month]",
      value: """
        value:
          discount_rate: 12% per year
          benefits:
            - tools: {amount: 2000 to 6000 USD per month}
        """, paths: 500)
    let (asIs, half) = (run.result.options[0], run.result.options[1])
    let decision = try #require(half.decision)
    let sum = try #require(asIs.npv).mean + (try #require(decision.npv)).mean
    #expect(abs(try #require(half.npv).mean - sum) < 1e-6)
    #expect(decision.discountRatePerYear == 0.12)
    #expect(decision.cost.p90 - decision.cost.p10 > 1000)
  }

  /// Where months have passed the day of the value stays the period's first.
  @Test func `is worth by what the present values of two options differ`() async throws {
    let run = try await `A billing period under way`.run(
      """
      options: [half: {scale: {events: 50%}, change_cost: [200 USD, 10 USD per month]}]
      value: {discount_rate: 25% per year, benefits: [tools: {amount: 900 USD per month}]}

      """, last: "2027-02-28")
    let (asIs, half) = (run.result.options[0], run.result.options[1])
    let decision = try #require(half.decision)
    let difference = try #require(half.npv).mean - (try #require(asIs.npv).mean)
    #expect(abs(try #require(decision.npv).mean - difference) < 1e-6)
    #expect(decision.cost.mean == 200 + 9 * 10)
  }

  @Test(arguments: [
    ("change_cost: -5 USD", "out-of-range"), ("change_cost: 5", "missing-unit"),
    ("change_cost: 5 EUR", "two-currencies"), ("change_cost: 5 USD per blink", "wrong-period"),
  ])
  func `has a cost that is an amount`(_ text: String, _ code: String) {
    let findings = TextScenario.findings(
      """
      period: 2027-01
      traffic: [app: {exceptions: 100k per day}]
      options: [half: {scale: {exceptions: 50%}, \(text)}]
      """)
    #expect(findings.filter { $0.severity == .error }.map(\.code) == [code], "\(findings)")
  }
}
