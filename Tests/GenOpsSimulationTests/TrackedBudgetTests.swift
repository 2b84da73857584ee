import GenOpsScenario
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// What the budget of a month judges: the same as in a run.
extension `Tracked months` {
  // 33.00 + 30.00 of usage and 5.00 of fees are 68.00 at list price, of which 15 % are taken off: 57.80. The
  // budget of 62 judges the 68.00, as in a run.
  @Test func `are held against the budget at list price`() async throws {
    try write("new.csv", export(from: november.firstDay, days: 30) { _ in 11_000 })
    try write(
      "book.yaml",
      book(terms: "{discount: 15%}") + "\nadd_ons: [{id: boost, name: Boost, price: \"5\"}]\n")
    try write("budget.yaml", scenario("add_ons: [boost]"))
    let result = try await track()
    let month = result.months[0]
    #expect(month.landing == Money(nanos: 57_800_000_000))
    #expect(month.listPrice == Money(units: 68))
    #expect(abs((month.overBudget ?? 0) - 6.0 / 62) < 1e-12)
    for month in result.months {
      let ratio = month.landing.approximate / (month.listPrice?.approximate ?? 0)
      #expect(abs(ratio - 0.85) < 1e-9, "\(month.month)")
    }
    let sum = result.months.reduce(Money.zero) { $0 + ($1.listPrice ?? .zero) }
    #expect(result.total.listPrice == sum && sum > result.total.landing)
    #expect(result.total.overBudget.map { $0 > 0 } == true)
    // What a run says of the same months.
    let run = try await ScenarioRun.run(
      path: path("budget.yaml"), overrides: .init(paths: 20), jobs: 1)
    #expect(run.result.budgets.first?.breachProbability == 1)
  }
}
