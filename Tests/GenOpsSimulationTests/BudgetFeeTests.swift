import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// What a budget counts of a monthly fee is what the bills of its months have of it.
struct `A fee within a budget` {
  /// A fee of 750.00, billed from the 12th on, and usage within the free units: September has 11 days of 31 and
  /// 19 of 30, which are 741.13, and October 11 of 30 and 20 of 31, 758.87.
  private func run(_ budget: String, _ more: String = "") async throws -> ScenarioRun {
    try await TextScenario.run(
      """
      period: 2027-09 to 2027-10
      billing_day: 12
      opening_usage: {events: 0}
      add_ons: [scale]
      budget: \(budget)
      traffic: [site: {events: 100 per day, identified: 0%, noise: none}]
      \(more)
      """, paths: 2)
  }

  @Test(arguments: [
    // The budget of a month, and the part of futures over it in each.
    (745, [0, 1]), (759, [0, 0]),
  ])
  func `is billed by the day`(limit: Int, over: [Double]) async throws {
    let result = try await run("\(limit) USD per month").result
    #expect(abs(result.months[0].cost.mean - 741.13) < 0.005)
    #expect(abs(result.months[1].cost.mean - 758.87) < 0.005)
    #expect(result.months.map(\.breachProbability) == over)
    let budget = try #require(result.budgets.first)
    #expect(abs((budget.askFor ?? 0) - 758.87) < 0.005)
    let first = over.firstIndex(of: 1).map { "2027-\($0 == 0 ? "09" : "10")-01" }
    #expect(budget.firstBreach?.p50.description == first)
    #expect(abs(budget.expectedOvershoot - max(0, 758.87 - Double(limit))) < 0.005)
  }

  /// The core tells of no crossing in a month in which nothing is paid for but the fee.
  @Test func `is over a budget by itself`() async throws {
    let result = try await run("740 USD per month").result
    #expect(result.months.map(\.breachProbability) == [1, 1])
    let budget = try #require(result.budgets.first)
    #expect(budget.firstBreach?.p50.description == "2027-09-01")
    #expect(abs(budget.expectedOvershoot - 18.87) < 0.005)
  }

  /// A refusing budget leaves enough for the fee of either month.
  @Test func `is kept back where the budget refuses`() async throws {
    let run = try await run("760 USD per month", "governance: {mode: enforced}")
    let committed = run.plan.options[0].governance.budgets[0].committed.approximate
    #expect(abs(committed - 758.87) < 0.005)
    #expect(run.result.options[0].lost.refused == 0)
  }
}
