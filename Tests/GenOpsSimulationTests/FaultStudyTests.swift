import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// What a study of faults says of money, notice and loss, each from hand-made numbers.
struct `The study of a fault` {
  private func study(_ text: String, paths: Int) async throws -> [FaultResult] {
    try await TextScenario.simulate(text, paths: paths, jobs: 1).faults
  }

  @Test func `costs what the price book says of its units, and nothing where they are duplicates`()
    async throws
  {
    let faults = try await study(
      """
      period: 2027-03 to 2027-03
      traffic:
        - shop: {events: 40k per day, identified: 0%, noise: none}
      faults:
        - key: {fault: leaked-key, from: 2027-03-10, lasts: 2 days, events: 100k per day,
                identified: 0%}
        - resent: {fault: retry-storm, from: 2027-03-20, lasts: 1 days, fails: 50%,
                   resends: 2 per event, without_uuid: 0%}
      budget: 500 USD per month
      """, paths: 2)
    // 1.24 million events of the shop are beyond the free million: 0.00005 each for 200,000 more.
    #expect(abs(faults[0].cost.mean - 10) < 1e-9)
    #expect(faults[0].units == 200_000 && faults[0].duplicates == 0)
    #expect(faults[1].cost.mean == 0)
    #expect(faults[1].units == 0 && faults[1].duplicates == 40_000)
    #expect(faults[1].stoppedBy.isEmpty)
  }

  @Test func `is noticed when an alert comes that would not have come so early`() async throws {
    func text(_ budget: String) -> String {
      """
      period: 2027-03 to 2027-03
      traffic:
        - shop: {events: 40k per day, identified: 0%, noise: none}
      faults:
        - key: {fault: leaked-key, from: 2027-03-10, lasts: 9 days, events: 500k per day,
                identified: 0%}
      \(budget)
      """
    }
    // 0.4 million of the shop's events are spent on the 10th; the free million is on the 11th, and
    // 80 % of 50 is spent with 1.8 million: on the 12th.
    let noticed = try await study(text("budget: 50 USD per month"), paths: 2)
    #expect(noticed[0].notice?.probability == 1)
    #expect(noticed[0].notice?.days?.p50 == 2)
    let never = try await study(text("budget: 5000 USD per month"), paths: 2)
    #expect(never[0].notice?.probability == 0 && never[0].notice?.days == nil)
    let without = try await study(text(""), paths: 2)
    #expect(without[0].notice == nil)
    #expect(TextScenario.findings(text("")).contains { $0.code == "no-alerts" })
  }

  @Test
  func `is stopped by the option that leaves little of its cost, with what that loses besides`()
    async throws
  {
    let faults = try await study(
      """
      period: 2027-03 to 2027-03
      traffic:
        - shop: {events: 50k per day, identified: 0%, noise: none}
      faults:
        - bots: {fault: bot-storm, from: 2027-03-10, lasts: 3 days, visits: 50k per hour,
                 events: 2 per visit}
      budget: 30 USD per month
      options:
        - capped: {governance: {mode: enforced}}
        - anonymous: {anonymous: [$pageview]}
        - fewer: {sample: {$pageview: 1%}}
      """, paths: 20)
    let answers = faults[0].options
    #expect(answers.map(\.option) == ["capped", "anonymous", "fewer"])
    #expect(answers[0].stops)
    // Once the bots have spent the budget, the shop's own events are refused too.
    #expect(answers[0].othersLost > 100_000)
    #expect(!answers[1].stops && answers[1].othersLost == 0)
    #expect(abs(answers[1].cost / faults[0].cost.mean - 1) < 1e-9)
    #expect(answers[2].stops && answers[2].othersLost == 0)
    #expect(faults[0].stoppedBy.map(\.option) == ["fewer", "capped"])
  }

  /// A tenth of the events is dated where nothing is priced: the budget lasts longer, and what is sampled
  /// is a tenth less. Nobody loses anything because of it.
  @Test func `that spares others something makes them lose nothing, never less than nothing`()
    async throws
  {
    let answers = try await study(
      """
      period: 2027-03 to 2027-05
      traffic:
        - shop: {events: 100k per day, identified: 0%, noise: none}
      faults:
        - skew: {fault: clock-skew, from: 2027-05-01, lasts: 31 days, part: 10%, off: -100 days}
      budget: 60 USD per month
      options:
        - capped: {governance: {mode: enforced}}
        - fewer: {sample: {$pageview: 10%}}
      """, paths: 5)[0].options
    #expect(answers.map(\.othersLost) == [0, 0])
  }

  @Test func `moves cost to another period by a wrong clock, and out of every one when it is late`()
    async throws
  {
    func cost(_ off: String) async throws -> Double {
      try await study(
        """
        period: 2027-03 to 2027-05
        traffic:
          - shop: {events: 100k per day, identified: 0%, noise: none}
        faults:
          - skew: {fault: clock-skew, from: 2027-05-01, lasts: 31 days, part: 10%, off: \(off)}
        budget: 500 USD per month
        """, paths: 2)[0].cost.mean
    }
    // Beyond the previous period it is not priced: a tenth of May's 3.1 million at 0.0000343.
    #expect(abs(try await cost("-100 days") + 310_000 * 0.0000343) < 1e-6)
    // Ten days late: a third stays in May, the rest is April's. Both are in the same tier.
    #expect(abs(try await cost("-10 days")) < 0.5)
  }
}
