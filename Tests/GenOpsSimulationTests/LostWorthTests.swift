import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// What is lost is worth something in the month that loses it.
struct `The worth of what is lost` {
  /// 15.5 M events in a month of 31 days with five times the usage, of which 12 M are kept: 3.5 M are lost, at 0.001
  /// USD each. Nothing is lost in the other months.
  private func run(_ month: Int, worth: String) async throws -> ScenarioResult {
    let name = "2027-\(month < 10 ? "0" : "")\(month)"
    return try await TextScenario.run(
      """
      period: 2027-01 to 2027-12
      traffic: [site: {events: 100k per day, identified: 0%, noise: none}]
      changes: [spike: {from: \(name)-01, to: \(name)-31, events: x5}]
      options:
        - limit: {posthog_limit: {product_analytics: 12M events per month}}
      value:
        discount_rate: 25% per year
        lost_event: \(worth)
        benefits: [a: {amount: 1000 USD per month, kind: cash}]
        costs: [s: {amount: 1000 USD}]
      """, paths: 2
    ).result
  }

  @Test(arguments: [1, 3, 7, 12]) func `is discounted from the month that loses it`(month: Int)
    async throws
  {
    let (given, none) = (
      try await run(month, worth: "0.001 USD"), try await run(month, worth: "0 USD")
    )
    let (limit, free) = (given.options[1], none.options[1])
    #expect(limit.lost.total == 3_500_000)
    let present = 3500 / pow(1.25, Double(month) / 12)
    let value = (free.npv?.mean ?? 0) - (limit.npv?.mean ?? 0)
    #expect(abs(value - present) < 1e-6, "\(value) \(present)")
    let decision = (free.decision?.npv?.mean ?? 0) - (limit.decision?.npv?.mean ?? 0)
    #expect(abs(decision - present) < 1e-6, "\(decision) \(present)")
    // "As is" loses nothing.
    #expect(given.roi?.npv.mean == none.roi?.npv.mean)
  }
}
