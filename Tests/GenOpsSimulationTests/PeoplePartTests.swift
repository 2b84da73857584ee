import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Runs over the registry: a new kind is tested by its line there, and gives its closed form here.
struct `What people do` {
  static let names = PeopleParts.registry.names

  private func text(_ example: String, noise: String = "none") -> String {
    let lines = example.split(separator: "\n").map { "      \($0)\n" }.joined()
    return "period: 2027-02 to 2027-02\ntraffic:\n  - app:\n\(lines)      noise: \(noise)\n"
  }

  private func example(_ name: String) throws -> String {
    try #require(PeopleParts.registry[name]).example
  }

  /// The means of a uniform distribution of inputs that the examples share.
  private func mean(_ low: Double, _ high: Double) throws -> Double {
    try UncertainValue.between(low, high).mean
  }

  /// Expected units of a day of each meter, from the means of the example's independent inputs.
  private func closedForm(_ name: String) throws -> [Meter: Double]? {
    let users = try mean(20_000, 30_000)
    let sessions = users * (try mean(6, 10)) / 30.4375
    switch name {
    case "events": return [.events: sessions * (try mean(4, 7) + 12 + 0.02)]
    case "preset": return [.events: users * 87 / 30.4375]
    case "identified": return [.events: sessions * 12]
    case "recordings":
      let all = sessions * (try mean(0.2, 0.3)) * exp(-10 / 240)
      return [.sessionRecordings: all * 0.7, .mobileRecordings: all * 0.3]
    case "flags":
      return [.featureFlagRequests: sessions * (1 + 240.0 / 300) + 2 * 86_400 / 30 * 10]
    case "ai": return [.llmEvents: sessions * (try mean(0.1, 0.2)) * (try mean(3, 6)) * 3]
    default: return nil
    }
  }

  @Test(arguments: names)
  func `runs as its example says, without findings, never negative and the same each time`(
    name: String
  ) throws {
    let plan = try TextScenario.plan(text(try example(name), noise: "poisson"), paths: 1)
    #expect(plan.findings.all.isEmpty, "\(plan.findings.all)")
    let (one, two) = (FuturePath(plan: plan), FuturePath(plan: plan))
    for path in [0, 5, 900] {
      one.draw(path: path)
      two.draw(path: path)
      #expect(one.units == two.units && one.identified == two.identified)
      #expect(one.units.allSatisfy { $0 >= 0 } && one.units.contains { $0 > 0 })
    }
  }

  @Test(arguments: names)
  func `has the mean of its closed form over 20,000 paths`(name: String) throws {
    let expected = try #require(try closedForm(name), "\(name) has no closed form here")
    let plan = try TextScenario.plan(text(try example(name)), paths: 1)
    let future = FuturePath(plan: plan)
    let meters = plan.streams.map(\.meter)
    var samples: [Meter: [Double]] = [:]
    for path in 0..<20_000 {
      future.draw(path: path)
      var day: [Meter: Double] = [:]
      for (index, meter) in meters.enumerated() {
        day[meter, default: 0] += Double(future.units[index * future.dayCount])
      }
      for (meter, units) in day { samples[meter, default: []].append(units) }
    }
    #expect(Set(samples.keys) == Set(expected.keys))
    for (meter, units) in expected {
      let sample = try #require(samples[meter])
      let error = Statistics.standardError(sample)
      // Half a unit is the rounding.
      #expect(abs(Statistics.mean(sample) - units) <= 4 * error + 0.5, "\(name), \(meter.id)")
    }
  }

  @Test func `identifies the part of events that the closed form says, over 20,000 paths`() throws {
    let plan = try TextScenario.plan(text(try example("identified")), paths: 1)
    let future = FuturePath(plan: plan)
    let shares = (0..<20_000).map { path -> Double in
      future.draw(path: path)
      return Double(future.identified[0]) / Double(future.units[0])
    }
    // The expectation over the distributions of the three inputs, by their quantiles.
    let spread = try #require(ActivitySpread(top: 0.1, make: 0.5))
    let visitors = try mean(0.6, 0.8)
    let (chances, sessions) = (
      try UncertainValue.between(0.05, 0.15), try UncertainValue.between(6, 10)
    )
    let points = 60
    var sum = 0.0
    for i in 0..<points {
      for j in 0..<points {
        sum +=
          VisitorIdentification(
            visitors: visitors, chance: chances.quantile((Double(i) + 0.5) / Double(points)),
            sessions: sessions.quantile((Double(j) + 0.5) / Double(points)), spread: spread
          ).anonymousShare
      }
    }
    let expected = 1 - sum / Double(points * points)
    let error = Statistics.standardError(shares)
    #expect(abs(Statistics.mean(shares) - expected) < 4 * error + 1e-4)
  }

  @Test func `is the same to the nano-unit event by event and binned`() async throws {
    let text = """
      period: 2027-01 to 2027-01
      opening_usage: {events: 1M, identified_events: 1M}
      traffic:
        - app:
            users: 300
            sessions: 10 per user per month
            session_length: 4 min
            activity: 10% of users make 50%
            identified: {visitors: 70%, sign_in: 10% per session}
            events: {$pageview: 20 per session, purchase: 1 per session, $exception: 0.1 per session}
            recordings: {sampling: 50%, minimum: 10 s}
            flags: {ttl: 5 min}
            ai: {sessions: 10%, generations: 3 per session, events: 3 per generation}
            noise: none
      options:
        - capped: {governance: {mode: enforced, budget: 0.5 USD per week}}
      """
    let binned = try await TextScenario.simulate(text, paths: 1)
    let exact = try await TextScenario.simulate(text + "\ngrain: exact", paths: 1)
    for (a, b) in zip(binned.tables, exact.tables) {
      #expect(
        a.months == b.months && a.sums.refused == b.sums.refused
          && a.streamCosts == b.streamCosts)
    }
    #expect(binned.tables[1].sums.refused.reduce(0, +) > 0)
  }

  @Test func `draws each part alike whatever stands beside it`() throws {
    let head = """
      period: 2027-02 to 2027-02
      traffic:
        - app:
            users: 20k to 30k
            sessions: 6 to 10 per user per month
            identified: {visitors: 60% to 80%, sign_in: 5% to 15% per session}
            events: {$pageview: 4 to 7 per session}

      """
    let alone = FuturePath(plan: try TextScenario.plan(head, paths: 1))
    let more =
      head + "      recordings: {sampling: 20% to 30%}\n"
      + "      ai: {sessions: 10% to 20%, generations: 3 per session, events: 3 per generation}\n"
      + "  - other: {users: 5k to 9k, preset: fashion, identified: 50%}\n"
    let crowded = FuturePath(plan: try TextScenario.plan(more, paths: 1))
    for path in [0, 1, 77] {
      alone.draw(path: path)
      crowded.draw(path: path)
      #expect(Array(crowded.units.prefix(alone.units.count)) == alone.units)
      #expect(Array(crowded.identified.prefix(alone.units.count)) == alone.identified)
    }
  }

  @Test func `thins few unequal users less evenly when it is sampled`() async throws {
    func spread(_ activity: String) async throws -> Double {
      let text = """
        period: 2027-01 to 2027-01
        traffic:
          - app:
              users: 500
              sessions: 60 per user per month
              identified: 100%
              events: {$pageview: 1000 per session}
        \(activity)
              noise: none
        options: [{tenth: {sample: {$pageview: 10%}}}]
        """
      let run = try await TextScenario.run(text, paths: 200)
      return run.result.options[1].cost.sd / run.result.options[1].cost.mean
    }
    let equal = try await spread("")
    let unequal = try await spread("      activity: 10% of users make 50%")
    #expect(unequal > 1.5 * equal)
  }

  @Test func `says what is missing, unknown or given twice`() {
    let cases = [
      ("users: 5k\n      recordings: {sampling: 20%}", "sessions: 6 to 10 per user per month"),
      (
        "users: 5k\n      sessions: 5 per user per month\n      flags: {ttl: 5 min}",
        "session_length"
      ),
      ("users: 5k\n      sessions: 5 per month\n      events: 3 per session", "per user per month"),
      ("users: 5k\n      preset: fashon", "did you mean 'fashion'"),
      ("users: 5k\n      preset: fashion\n      events: 3 per user per month", "keep one"),
      (
        "users: 5k\n      sessions: 5 per user per month\n      events: {$pageview: 3}",
        "per session"
      ),
      ("users: 5k\n      activity: some make most\n      preset: fashion", "10% of users make 50%"),
      ("users: 5k\n      preset: fashion\n      identified: {visitors: 60%}", "sign_in"),
      (
        "users: 5k\n      preset: fashion\n      identified: {visitors: 60%, sign_in: 10%}",
        "per session"
      ),
      ("users: 5k\n      preset: fashion\n      flags: {polling: 30 s}", "servers: 25"),
    ]
    for (lines, help) in cases {
      let text = "period: 2027-01 to 2027-01\ntraffic:\n  - app:\n      \(lines)\n"
      let findings = TextScenario.findings(text).filter { $0.severity == .error }
      #expect(findings.contains { ($0.help ?? "").contains(help) }, "\(lines): \(findings)")
    }
  }
}
