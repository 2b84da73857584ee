import Foundation
import GenOpsMetering
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

  /// Servers poll alike all year, so the season is all of the calls, and still all there.
  @Test func `keep their season where it is said how many poll`() throws {
    let without = try `Flag requests`.monthly(try `Flag requests`.plan(""))
    let with = try `Flag requests`.monthly(
      try `Flag requests`.plan("flags: {servers: 2, polling: 30 s}"))
    for (old, new) in zip(without, with) { #expect(abs(new / old - 1) < 0.01) }
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
