import GenOpsScenario
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// What is paid up to each day, for the picture of the year.
struct `The cumulative cost by day` {
  /// Two steady months of 3 million events: 100,000 a day, of which the first million is free.
  static let steady = """
    scenario: steady
    period: 2027-03 to 2027-04
    traffic:
      - web: {events: 100k per day, identified: 0%, noise: none}

    """

  @Test func `adds up to the cost, and never falls where credits pay a part of a month`()
    async throws
  {
    for amount in ["20.00", "60.00", "100.00", "160.00", "9000.00"] {
      let text =
        Self.steady
        + "terms: {credits: [{kind: balance, amount: \(amount), from: 2027-03-01}]}"
      let run = try await TextScenario.run(text, paths: 1)
      let fan = run.result.fan.days
      #expect(abs((fan.last?.mean ?? -1) - run.result.year.cost.mean) < 1e-6, "\(amount)")
      var before = 0.0
      for day in fan {
        #expect(day.p10 >= before - 1e-9, "\(amount) on \(day.day)")
        #expect(abs(day.p10 - day.mean) < 1e-6, "\(amount) on \(day.day)")
        before = day.p10
      }
    }
  }

  /// 3.1 M events of March cost 50 + 1.1 M x 0.0000343 = 87.73; 40 of credits leave 47.73 of it, on each day
  /// the same part of what was used so far. On the 15th 1.5 M are used: 0.5 M x 0.00005 = 25.
  @Test func `spreads a credit over the month as its usage goes`() async throws {
    let run = try await TextScenario.run(
      Self.steady + "terms: {credits: [{kind: balance, amount: 40.00, from: 2027-03-01}]}", paths: 1
    )
    let days = run.result.fan.days
    #expect(abs(days[30].mean - 47.73) < 0.005)
    #expect(abs(days[14].mean - 25 * 47.73 / 87.73) < 0.005)
    #expect(days[9].mean == 0)
  }
}
