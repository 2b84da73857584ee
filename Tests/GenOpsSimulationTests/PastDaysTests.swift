import Foundation
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Days that the history has are what they were, whatever a scenario says of the days to come.
struct `Days that have passed` {
  /// A history of `rows` by label, from 2026-01-01 on, the same on each of `days` days or as `units` says.
  static func run(
    _ scenario: String, days: Int = 365, _ rows: [String: (Int) -> Int64]
  ) async throws -> ScenarioRun {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let start = try #require(CalendarDay("2026-01-01"))
    let head = ["Series"] + (0..<days).map { start.advanced(by: $0).description }
    let lines = rows.sorted { $0.key < $1.key }.map { label, units in
      ([label] + (0..<days).map { "\(units($0))" }).joined(separator: ",")
    }
    let text = ([head.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try await TextScenario.run("scenario: t\nhistory: \(path)\n" + scenario, paths: 20)
  }

  /// 900 recordings a day are 27,000 in a month of 30 days: 92.00.
  @Test func `are not changed by an option, a limit or a budget that refuses`() async throws {
    let run = try await Self.run(
      """
      period: 2026-07 to 2027-06
      governance: {mode: enforced, posthog_limit: {session_replay: 20 USD per month}}
      budget: 50 USD per month
      options:
        - half: {scale: {recordings: 50%}}
        - none: {posthog_limit: none, governance: {mode: advisory}}
      """, ["Recordings": { _ in 900 }])
    let september = try #require(run.result.months.dropFirst(2).first)
    #expect(abs(september.cost.mean - 92) < 0.01)
    // 6,000 free, 20 USD pay for 4,000 more, and 1,000 are PostHog's buffer.
    let january = try #require(run.result.months.dropFirst(6).first)
    #expect(january.cost.mean < 30)
    let half = try #require(run.result.options.first { $0.name == "half" })
    #expect(half.saves.mean < 1, "\(half.saves.mean)")
  }

  @Test func `have a change that began in them in their level`() async throws {
    let doubled: (Int) -> Int64 = { $0 < 240 ? 100_000 : 200_000 }
    let scenario = "period: 2027-01 to 2027-12\n"
    let rows = ["Events": doubled, "Identified events": { (_: Int) -> Int64 in 0 }]
    let plain = try await Self.run(scenario, rows)
    let told = try await Self.run(
      scenario + "changes: [launch: {from: 2026-08-29, events: x2}]", rows)
    #expect(told.result.year.cost.mean == plain.result.year.cost.mean)
    #expect(told.result.findings.all.contains { $0.code == "change-in-history" })
  }

  /// 5,000 are free and 10,000 more cost 50.00: 900 recordings a day pass that on the 17th of a month.
  @Test(arguments: [
    // Days from 2026-01-01 on, the first refusal, and the months in which something is refused.
    (365, nil as String?, [0.0, 0.0]), (359, "2026-12-26", [0, 1]), (340, "2026-12-17", [0, 1]),
  ])
  func `were over a budget that refuses, and were not refused`(
    days: Int, first: String?, refusing: [Double]
  ) async throws {
    let run = try await Self.run(
      "period: 2026-11 to 2026-12\ngovernance: {mode: enforced}\nbudget: 50 USD per month\n",
      days: days, ["Recordings": { _ in 900 }])
    let budget = try #require(run.result.budgets.first)
    #expect(budget.breachProbability == (first == nil ? 0 : 1))
    #expect(budget.firstBreach?.p50.description == first)
    #expect(budget.wasOver == 1)
    #expect(run.result.months.map(\.breachProbability) == refusing)
    #expect(run.result.months.map(\.wasOver) == [1, days == 340 ? 0 : 1])
    let asIs = try #require(run.result.options.first)
    #expect(asIs.wasOver == 1 && (asIs.lost.refused > 0) == (first != nil))
    #expect((budget.expectedOvershoot > 0) == (first != nil))
  }

  /// 10,000 recordings are kept (5,000 free, 20 USD for 4,000, the buffer of 1,000): of 900 a day, 11.1 days.
  /// January is dark for 19.9 days and February for 16.9; the six months that have passed for none.
  @Test func `are no part of how long a limit keeps a month dark`() async throws {
    let run = try await Self.run(
      """
      period: 2026-07 to 2027-02
      options:
        - limit: {posthog_limit: {session_replay: 20 USD per month}}
      """, ["Recordings": { _ in 900 }])
    let limit = try #require(run.result.options.first { $0.name == "limit" })
    #expect(limit.sideEffects == ["dark 18 days a month"])
  }

  /// Without a row of identified events their share is assumed, of the days that have passed too.
  @Test func `are no better known than the data says`() async throws {
    let run = try await Self.run(
      "period: 2026-12 to 2027-02", ["Events": { _ in 100_000 }])
    let december = try #require(run.result.months.first)
    let identified = try #require(december.usage.first { $0.meter == .identifiedEvents }).units
    #expect(identified.mean > 500_000 && identified.p90 > identified.p10)
  }
}
