import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// The search that looks at a part of the policies, against one that looks at all.
struct `The search for a policy` {
  /// A small shop with tiers, a budget and a worth of what is lost, all drawn from the seed.
  private static func scenario(_ seed: Int) -> String {
    var random = SeededGenerator(seed)
    let events = random.whole(20...400)
    let (views, clicks) = (random.whole(20...50), random.whole(5...40))
    let recordings = random.whole(1...30)
    let servers = random.whole(1...40)
    let worth = ["0.000005", "0.00003", "0.0001", "0.001"]
    let conditions = [
      "lost.share <= \(random.whole(5...60))%", "cost <= \(random.whole(200...3000)) USD",
      "lost.critical == 0", "breach.probability(month) <= 20%",
    ]
    let subject = random.shuffled(conditions).prefix(random.below(3))
    let objective = random.pick(["cost and lost data", "cost", "lost data"])
    return """
      scenario: shop \(seed)
      period: 2027-03
      traffic:
        - web:
            events: \(events)k per day
            identified: \(random.whole(0...100))%
            mix: {$pageview: \(views)%, $autocapture: \(clicks)%, search: 3%, signup_completed: 5%}
            session_recordings: \(recordings)00 per day
            flag_servers: \(servers)
            flag_polling: 30 s
      budget: \(random.whole(200...3000)) USD per month
      value: {lost_event: \(random.pick(worth)) USD}
      optimize:
        objective: \(objective)
        subject_to: [\(subject.joined(separator: ", "))]
        variables:
          - sample.$pageview: [50%, 25%, 10%]
          - sample.$autocapture: [50%, 25%, 10%]
          - sample.search: [20%]
          - scale.session_recordings: [50%, 25%, 10%]
          - flag_polling: [300 s]

      """
  }

  @Test(arguments: 1...20)
  func `finds the best of a scenario within 1 %`(seed: Int) async throws {
    let text = Self.scenario(seed)
    let optimizer = try PolicyScenario.optimizer(text, paths: 2, exhaustiveLimit: 10_000)
    let all = try await optimizer.search()
    #expect(all.tried.count == 256)
    // The same policies on the same futures, so they need not be walked twice.
    let judged = Dictionary(uniqueKeysWithValues: all.tried.map { ($0.choices, $0) })
    var few = PolicySearch(levels: all.levels, exhaustiveLimit: 0, most: 2000) { policies in
      policies.compactMap { judged[$0] }
    }
    try await few.run()
    let (best, found) = (try #require(all.ranked.first), try #require(few.ranked.first))
    // What a policy comes to does not depend on what is tried with it.
    let alone = try await optimizer.judge(optimizer.tried).judge([found.choices])
    #expect(alone.map(\.standing) == [found.standing])
    #expect(found.standing.violation <= best.standing.violation * 1.01)
    if found.standing.violation == best.standing.violation {
      #expect(found.standing.primary <= best.standing.primary * 1.01)
    }
  }

  /// What 4⁷ policies cost: tiers of all that is sent, a part of it twice as dear, and a worth of what is not.
  private struct Problem: Sendable {
    var volumes: [Double] = []
    var worths: [Double] = []
    var bound: Double
    var breaks: [Double]
    static let parts = [1.0, 0.5, 0.25, 0.1]

    init(_ seed: Int) {
      var random = SeededGenerator(seed)
      for _ in 0..<7 {
        volumes.append(Double(random.whole(10...1000)))
        worths.append(Double(random.whole(0...200)) / 100)
      }
      let all = volumes.reduce(0, +)
      bound = all * Double(random.whole(30...120)) / 100
      breaks = [0.3, 0.6].map { $0 * all }
    }

    func judge(_ choices: [Int]) -> PolicyEvaluation {
      let sent = zip(volumes, choices).reduce(0) { $0 + $1.0 * Self.parts[$1.1] }
      let lost = zip(volumes, choices).map { $0 * (1 - Self.parts[$1]) }
      // A falling price per unit, so that what one place saves depends on the others.
      let cost =
        min(sent, breaks[0]) * 1.2 + max(0, min(sent, breaks[1]) - breaks[0])
        + max(0, sent - breaks[1]) * 0.7
      let loss = zip(lost, worths).reduce(0) { $0 + $1.0 * $1.1 }
      return PolicySearchFixture.evaluation(
        choices, cost: cost, lost: lost.reduce(0, +), value: cost + loss,
        violation: max(0, cost - bound) / bound)
    }
  }

  @Test(arguments: 1...20)
  func `finds the best of 16,384 within 1 % after a tenth of them`(seed: Int) async throws {
    let problem = Problem(seed)
    var all = PolicySearch(
      levels: [Int](repeating: 4, count: 7), exhaustiveLimit: 20_000, most: 20_000
    ) { policies in policies.map(problem.judge) }
    try await all.run()
    var few = PolicySearch(
      levels: [Int](repeating: 4, count: 7), exhaustiveLimit: 0, most: 2000
    ) { policies in policies.map(problem.judge) }
    try await few.run()
    #expect(all.tried.count == 16_384)
    #expect(few.tried.count <= 2100)
    let (best, found) = (try #require(all.ranked.first), try #require(few.ranked.first))
    #expect(found.standing.violation <= best.standing.violation)
    #expect(found.standing.primary <= best.standing.primary * 1.01)
  }

  @Test func `tries no policy twice`() async throws {
    let problem = Problem(5)
    var search = PolicySearch(
      levels: [Int](repeating: 4, count: 7), exhaustiveLimit: 0, most: 500
    ) { policies in policies.map(problem.judge) }
    try await search.run()
    #expect(Set(search.tried.map(\.choices)).count == search.tried.count)
  }

  /// By hand: B costs as C and loses more, D costs more and loses as much as C.
  @Test func `leaves on the front what nothing betters in both`() {
    let points: [(Double, Double)] = [(100, 0), (80, 30), (80, 20), (90, 20), (60, 50)]
    let all = points.enumerated().map { index, point in
      PolicySearchFixture.evaluation(
        [index], cost: point.0, lost: point.1, value: point.0, violation: 0)
    }
    #expect(PolicyFinals.front(of: all).map(\.choices) == [[0], [2], [4]])
  }
}

/// Policies without a simulation.
enum PolicySearchFixture {
  static func evaluation(
    _ choices: [Int], cost: Double, lost: Double, value: Double, violation: Double
  ) -> PolicyEvaluation {
    let standing = PolicyStanding(
      violation: violation, primary: value, secondary: lost,
      changes: choices.count { $0 > 0 }, choices: choices)
    return PolicyEvaluation(
      choices: choices,
      summary: OptionSummary(
        name: "policy", cost: ForecastDistribution([cost]), months: [],
        saves: ForecastDistribution([0]),
        lost: LostData(refused: 0, sampled: lost, critical: 0, offered: lost, byClass: []),
        budgets: [], breachProbability: nil, usage: [], roi: nil),
      assumptions: [], shownSaving: 0, shownCost: cost, sideEffects: [], checks: [],
      objective: value, standing: standing, assumedStanding: standing)
  }
}
