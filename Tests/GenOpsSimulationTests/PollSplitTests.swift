import Foundation
import GenOpsMetering
import GenOpsNumerics
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Flag requests are told apart as polls and calls where something asks for it.
struct `Flag requests` {
  /// Two years with a week and a December of its own.
  private static func plan(
    _ more: String, period: String = "2026-12 to 2027-11"
  ) throws -> Plan {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(3)
    let start = try #require(CalendarDay("2024-12-01"))
    let days = (0..<730).map { start.advanced(by: $0) }
    func row(_ name: String, _ level: Double) -> String {
      ([name]
        + days.map { day in
          let week = day.weekday < 5 ? 1.1 : 0.75
          let season = day.civil.month == 12 ? 1.4 : 1
          let units = level * week * season * (1 + Double(random.whole(-20...20)) / 1000)
          return String(Int64(rounding: units))
        }).joined(separator: ",")
    }
    let text = [
      (["Series"] + days.map(\.description)).joined(separator: ","), row("Events", 90_000),
      row("Identified events", 10_000), row("Feature flag requests", 200_000),
    ].joined(separator: "\n")
    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path))
    return try TextScenario.plan("period: \(period)\nhistory: \(path)\n" + more, paths: 40)
  }

  /// 100,000 events and 235,000 flag requests a day for half a year, all the same, of one project or of two.
  private static func run(_ requests: [String: Int], servers: Int, polling: String = "60 s")
    async throws -> ScenarioRun
  {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let start = try #require(CalendarDay("2026-06-01"))
    func row(_ name: String, _ project: String, _ units: Int) -> String {
      "\(name),\(project)," + (0..<183).map { _ in "\(units)" }.joined(separator: ",")
    }
    let days = (0..<183).map { start.advanced(by: $0).description }
    let rows =
      [row("Events", "a", 100_000), row("Identified events", "a", 0)]
      + requests.sorted { $0.key < $1.key }.map { row("Feature flag requests", $0, $1) }
    let text = ["Series,Project," + days.joined(separator: ",")] + rows
    try Data((text.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    return try await TextScenario.run(
      """
      period: 2026-12 to 2026-12
      history: \(path)
      flags: {servers: \(servers), polling: \(polling)}
      options:
        - slow: {flag_polling: 300 s}
      """, paths: 3)
  }

  private static func polls(_ run: ScenarioRun) -> Double {
    run.plan.streams.filter(\.isPoll).reduce(0) { $0 + $1.level(run.plan.draws) }
  }

  /// Five servers poll 1,440 times a day, each for ten requests: 72,000, whichever projects count them.
  @Test func `have the polls of the servers once, however many projects count them`() async throws {
    let one = try await `Flag requests`.run(["a": 235_000], servers: 5)
    let two = try await `Flag requests`.run(["a": 140_000, "b": 95_000], servers: 5)
    for run in [one, two] { #expect(abs(`Flag requests`.polls(run) - 72_000) < 0.01) }
    // Of 235,000 a day 57,600 go: of the 7,285,000 of December 1,785,600, each for 0.000045.
    for run in [one, two] { #expect(abs(run.result.options[1].saves.mean - 80.352) < 0.01) }
    // Eight servers are more than one project counts, and less than both do.
    let more = try await `Flag requests`.run(["a": 140_000, "b": 95_000], servers: 8)
    #expect(abs(`Flag requests`.polls(more) - 115_200) < 0.01)
    #expect(!more.result.findings.all.contains { $0.code == "polls-exceed-usage" })
    let most = try await `Flag requests`.run(["a": 140_000, "b": 95_000], servers: 20)
    #expect(most.result.findings.all.contains { $0.code == "polls-exceed-usage" })
  }

  /// 144,000 a day are 4,464,000 in December: 100.00 for the second million and 110.88 for the rest.
  @Test func `are those of the servers where no file has any`() async throws {
    let run = try await `Flag requests`.run([:], servers: 5, polling: "30 s")
    #expect(abs(`Flag requests`.polls(run) - 144_000) < 0.01)
    let codes = run.result.findings.all.map(\.code)
    #expect(codes.contains("polls-added") && !codes.contains("matched-nothing"))
    let flags = run.result.months[0].costByMeter.first { $0.meter == .featureFlagRequests }
    #expect(abs((flags?.cost.mean ?? 0) - 210.88) < 0.005)
    // A tenth of it is within the free million.
    #expect(abs(run.result.options[1].saves.mean - 210.88) < 0.005)
  }

  private static func monthly(_ plan: Plan) throws -> [Double] {
    let future = FuturePath(plan: plan)
    let runner = try OptionRunner(plan: plan, option: plan.options[0])
    let slot = try #require(runner.meters.firstIndex(of: .featureFlagRequests))
    var months = [Double](repeating: 0, count: plan.period.months.count)
    for path in 0..<40 {
      future.draw(path: path)
      runner.run(future, path: path)
      for month in months.indices {
        months[month] += Double(runner.outcome.meterUnits[month * runner.meters.count + slot])
      }
    }
    return months
  }

  /// An option that is added must not be another "as is".
  @Test func `are as many with an option that asks for polls as without`() throws {
    let without = try `Flag requests`.monthly(try `Flag requests`.plan(""))
    let with = try `Flag requests`.monthly(
      try `Flag requests`.plan("options: [slow: {flag_polling: 300 s}]"))
    for (old, new) in zip(without, with) { #expect(abs(new / old - 1) < 1e-4) }
  }

  /// Servers poll alike all year, so the season is all of the calls, and still all there: without it December would be 8 %
  /// less. What the trend of the futures adds to the polls, up to 2 %, is not.
  @Test func `keep their season where it is said how many poll`() throws {
    let without = try `Flag requests`.monthly(try `Flag requests`.plan(""))
    let with = try `Flag requests`.monthly(
      try `Flag requests`.plan("flags: {servers: 2, polling: 30 s}"))
    for (old, new) in zip(without, with) { #expect(abs(new / old - 1) < 0.03) }
  }

  /// Usage that grows by itself, with servers that do not.
  @Test func `are of as many servers at the end as at the beginning`() throws {
    let plan = try `Flag requests`.plan(
      "flags: {servers: 2, polling: 30 s}\ngrowth: {flag_requests: 10% per month}")
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    func days(_ isPoll: Bool) throws -> [Int64] {
      let place = try #require(
        plan.streams.firstIndex {
          $0.meter == .featureFlagRequests && $0.isPoll == isPoll
        })
      return Array(future.units[(place * future.dayCount)..<((place + 1) * future.dayCount)])
    }
    // Two polls a minute are 2,880 a day of each server, and each is ten requests.
    #expect(try days(true).allSatisfy { abs($0 - 57_600) <= 1 })
    let calls = try days(false)
    let (first, last) = (calls.prefix(28).reduce(0, +), calls.suffix(28).reduce(0, +))
    // December is 1.4 times the usual, and eleven months at 10 % are 2.85 times.
    #expect(last > first + first / 2)
  }

  @Test func `are as uncertain as the number of servers is`() throws {
    let plan = try `Flag requests`.plan("flags: {servers: 1 to 3, polling: 30 s}")
    let share = try #require(plan.draws.first { $0.name == "flags.polls" }).distribution
    let ratio = share.quantile(0.95) / share.quantile(0.05)
    #expect(!share.isConstant && abs(ratio - 3) < 1e-6)
  }

  /// Two streams share the days that have passed.
  @Test func `are counted once where a limit is held against them`() throws {
    let plan = try `Flag requests`.plan(
      """
      options: [slow: {flag_polling: 300 s}]
      governance: {posthog_limit: {feature_flags: 700 USD per month}}

      """, period: "2026-11 to 2027-10")
    #expect(plan.actualDays == 30)
    #expect(!plan.findings.all.contains { $0.code == "limit-passed" })
  }
}
