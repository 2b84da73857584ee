import Foundation
import GenOpsAdmission
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Days on which a tier, a budget or a limit is passed.
struct `A day in slices` {
  /// Projects of very different size, of which one has a budget of its own; all share another. `order` is
  /// how the projects stand in the plan.
  private func projects(_ order: [Int], more: String = "") -> String {
    let events = [150_000, 90_000, 45_000, 30_000]
    let recordings = [900, 540, 270, 180]
    let lines = order.map {
      "  - p\($0): {project: p\($0), events: \(events[$0]) per day, identified: \(20 + 20 * $0)%, "
        + "session_recordings: \(recordings[$0]) per day, noise: none}\n"
    }
    return "period: 2027-01 to 2027-03\ntraffic:\n" + lines.joined()
      + "governance: {mode: enforced, budgets: [{name: all, limit: 130 USD per month}, "
      + "{name: own, limit: 40 USD per month, scope: {project: p1}}]}\n" + more
  }

  private func shares(_ run: ScenarioRun) -> [String: Double] {
    Dictionary(
      uniqueKeysWithValues: run.result.attribution.map {
        ($0.attribution.project ?? "", $0.cost.mean / run.result.year.cost.mean)
      })
  }

  @Test(arguments: [
    "", "options: [{free flags: {posthog_limit: {product_analytics: 30 USD per month}}}]",
  ])
  func `does not ask what a project is called`(more: String) async throws {
    let one = try await TextScenario.run(projects([0, 1, 2, 3], more: more), paths: 1)
    let other = try await TextScenario.run(projects([3, 2, 1, 0], more: more), paths: 1)
    for (a, b) in zip(one.summaries, other.summaries) {
      #expect(abs(a.cost.mean / b.cost.mean - 1) < 0.0005)
      #expect(a.lost.refused > 0)
    }
    let (a, b) = (shares(one), shares(other))
    #expect(a.count == 4)
    for (project, share) in a { #expect(abs(share / (b[project] ?? 0) - 1) < 0.005, "\(project)") }
  }

  /// Small numbers, so that each item can be walked: a day passes the tiers of recordings and surveys, the
  /// budget of a project, of all, and PostHog's limit.
  private func small(_ seed: UInt64) -> String {
    var random = SeededGenerator(seed)
    func line(_ project: String) -> String {
      "  - \(project): {project: \(project), events: \(random.whole(0...400)) per day, "
        + "identified: \(random.whole(0...100))%, mix: {signup_completed: \(random.whole(0...30))%}, "
        + "session_recordings: \(random.whole(0...150)) per day, "
        + "survey_responses: \(random.whole(0...60)) per day, noise: none}\n"
    }
    let budgets = [
      "{name: all, limit: \(random.whole(1...60)) USD per month}",
      "{name: day, limit: \(random.whole(1...9)) USD per day, scope: {project: a}}",
      "{name: own, limit: \(random.whole(1...20)) USD per week, scope: {project: b}}",
      "{name: none, limit: 0 USD per month, scope: {project: c}}",
    ].filter { _ in random.chance(60) }.joined(separator: ", ")
    return "period: 2027-01 to 2027-02\n"
      + "opening_usage: {events: \(random.whole(990_000...1_999_990)), "
      + "identified_events: \(random.whole(995_000...999_999)), session_recordings: 1000}\n"
      + "traffic:\n" + ["a", "b", "c"].map(line).joined()
      + "governance: {mode: \(random.chance(70) ? "enforced" : "strict"), budgets: [\(budgets)]}\n"
      + "options:\n  - limits: {posthog_limit: {session_replay: \(random.whole(0...20)) USD per month, "
      + "product_analytics: \(random.whole(990_000...1_003_000)) events per month}}\n"
      + "faults:\n  - skew: {fault: clock-skew, from: 2027-02-02, lasts: 3 days, part: 20%, off: -9 days}\n"
  }

  @Test(arguments: 0..<24 as Range<UInt64>)
  func `is the same to the nano-unit item by item and binned`(seed: UInt64) async throws {
    let text = small(seed)
    let binned = try await TextScenario.simulate(text, paths: 1)
    let exact = try await TextScenario.simulate(text + "grain: exact\n", paths: 1)
    for (a, b) in zip(binned.tables, exact.tables) { #expect(a == b, "\(text)") }
    #expect(binned.faults.map(\.cost.mean) == exact.faults.map(\.cost.mean))
  }

  @Test func `has whole items that sum to its count, and no more survivors than items`() {
    var random = SeededGenerator(7)
    for _ in 0..<2_000 {
      let count = random.whole(0...(random.chance(20) ? 1_000_000_000_000_000 : 100))
      let kept = random.whole(0...count)
      var (before, survived): (Int64, Int64) = (0, 0)
      for slice in 0..<DaySlices.count {
        let items = DaySlices.items(of: count, before: slice + 1)
        let part = items - before
        #expect(part >= 0 && abs(part - count / Int64(DaySlices.count)) <= 1)
        let survivors = DaySlices.survivors(kept, of: count, among: items)
        #expect((0...part).contains(survivors - survived))
        (before, survived) = (items, survivors)
      }
      #expect(before == count && survived == kept)
    }
  }

  /// 90,000 recordings a month of two projects alike: 5,000 free, then 0.005, 0.0035 and 0.002. Each has half of
  /// every price, but for a slice at each tier.
  @Test func `gives two projects alike the same price`() async throws {
    let run = try await TextScenario.run(
      """
      period: 2027-04 to 2027-04
      traffic:
        - a: {project: a, session_recordings: 1500 per day, noise: none}
        - b: {project: b, session_recordings: 1500 per day, noise: none}
      """, paths: 1)
    let costs = run.result.attribution.map(\.cost.mean)
    // 50.00, 122.50 and 80.00 of the three prices.
    #expect(abs(costs.reduce(0, +) - 252.5) < 1e-9)
    // A slice holds 1 or 2 recordings of each, at three tiers.
    #expect(abs(costs[0] - costs[1]) <= 2 * (0.005 + 0.0015 + 0.0015))
  }

  /// Of days that have passed too it does not matter which project comes first: each pays the dear tier for its
  /// part of the day.
  @Test func `is one of the past too`() async throws {
    func costs(_ projects: [String]) async throws -> [String: Double] {
      let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let start = try #require(CalendarDay("2026-10-01"))
      let days = (0..<92).map { start.advanced(by: $0).description }
      let units = [projects[0]: 400, projects[1]: 1100]
      let rows = units.map { project, count in
        "Recordings,\(project)," + days.map { _ in "\(count)" }.joined(separator: ",")
      }
      let text = (["Product,Project," + days.joined(separator: ",")] + rows).joined(separator: "\n")
      try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path))
      let run = try await TextScenario.run(
        "history: \(path)\nperiod: 2026-10 to 2026-12\n", paths: 2)
      return Dictionary(
        uniqueKeysWithValues: run.result.attribution.map {
          ($0.attribution.project ?? "", $0.cost.mean)
        })
    }
    let (one, other) = (try await costs(["a", "b"]), try await costs(["b", "a"]))
    let (a, b) = (try #require(one["a"]), try #require(other["b"]))
    #expect(a > 0 && abs(a / b - 1) < 0.005, "\(a) \(b)")
  }
}
