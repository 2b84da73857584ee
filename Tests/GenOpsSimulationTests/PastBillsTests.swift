import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// What was billed before the first day that can still change, it was billed under "as is".
struct `Bills that are over` {
  /// 100,000 events a day until 30 November 2026: 84.30 in a month of 30 days, 87.73 in one of 31.
  private func run(_ scenario: String, _ rows: [String: (Int) -> Int64] = [:]) async throws
    -> ScenarioResult
  {
    let events: [String: (Int) -> Int64] = [
      "Events": { _ in 100_000 }, "Identified events": { _ in 0 },
    ]
    return try await `Days that have passed`.run(
      scenario, days: 334, events.merging(rows) { $1 }
    ).result
  }

  private func saves(_ result: ScenarioResult, _ name: String) -> Double {
    result.options.first { $0.name == name }?.saves.mean ?? .nan
  }

  /// Six bills of 750.00 and usage of 516.09 leave 483.91 of the credit, whatever is cancelled afterwards. The
  /// usage of the year comes to 1,028.75, so that of twelve fees each is saved.
  @Test func `draw on a credit with the add-ons of then`() async throws {
    let result = try await run(
      """
      period: 2026-12 to 2027-11
      add_ons: [scale]
      terms: {credits: [{kind: startup, amount: 5500.00, from: 2026-06-01}]}
      options:
        - cancel: {add_ons: []}
      """)
    #expect(abs(result.year.cost.mean - 9544.84) < 0.005)
    #expect(abs(saves(result, "cancel") - 9000) < 0.005)
  }

  @Test func `draw on a credit with the prices of then`() async throws {
    let result = try await run(
      """
      period: 2026-12 to 2026-12
      terms: {credits: [{kind: startup, amount: 530.00, from: 2026-06-01}]}
      options:
        - old: {prices: posthog-2023-11}
      """)
    var findings = Findings()
    let old = try #require(PriceBook.named("posthog-2023-11", &findings))
    let month = try CostCalculator(book: old).cost(of: 3_100_000, on: .events).approximate
    // 13.91 are left of the credit, for either book.
    #expect(abs(result.year.cost.mean - 73.82) < 0.005)
    #expect(abs(saves(result, "old") - (87.73 - month)) < 0.005)
  }

  /// The fees of October and November are paid, and what groups cost in them is not.
  @Test func `stay with the add-ons they had, in the period too`() async throws {
    let result = try await run(
      """
      period: 2026-10 to 2027-01
      add_ons: [scale]
      options:
        - cancel: {add_ons: []}
        - groups: {add_ons: [scale, group_analytics]}
      """, ["Group analytics": { _ in 50_000 }])
    #expect(abs(saves(result, "cancel") - 2 * 750) < 0.005)
    // Of 1,550,000 events with groups a month 550,000 are paid for.
    #expect(abs(saves(result, "groups") + 2 * 39.05) < 0.005)
  }
}
