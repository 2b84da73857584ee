import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A track record` {
  /// A year and more of 3M events a month; `level` multiplies a day, `index` counts from 2025-10-01.
  private func run(_ more: String = "", _ level: (CalendarDay, Int) -> Double) async throws
    -> ScenarioRun
  {
    let start = try #require(CalendarDay("2025-10-01"))
    let days = (0..<457).map { start.advanced(by: $0) }
    let values = days.enumerated().map { "\(Int(100_000 * level($1, $0)))" }
    let csv =
      "Usage type," + days.map(\.description).joined(separator: ",") + "\nEvents,"
      + values.joined(separator: ",") + "\nIdentified events,"
      + values.joined(separator: ",")
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(csv.utf8).write(to: URL(filePath: path))
    let text = "period: 2027-01 to 2027-06\nhistory: \(path)\n\(more)"
    return try await TextScenario.run(text, paths: 400)
  }

  @Test func `that holds leaves the range as it is`() async throws {
    var random = SeededGenerator(3)
    let scatter = (0..<500).map { _ in Double.random(in: 0.9...1.1, using: &random) }
    let run = try await run { _, day in scatter[day] }
    let record = try #require(run.result.trackRecord)
    #expect(record.widening == 0)
    #expect(!run.result.findings.all.contains { $0.code == "range-widened" })
  }

  /// A trend that the standard forecaster follows, and that one without a trend lags behind.
  @Test func `is that of the forecaster that the scenario names`() async throws {
    let growing: (CalendarDay, Int) -> Double = { _, day in
      exp(0.5 * Double(day) / 365) * (1 + 0.05 * sin(Double(day * day)))
    }
    let standard = try #require(try await run("", growing).result.trackRecord)
    let naive = try #require(
      try await run("forecaster: seasonal-naive\n", growing).result.trackRecord)
    #expect(standard.meanAbsolutePercentError < naive.meanAbsolutePercentError)
  }

  /// Every December is half of the other months: the last one is missed by four weeks before it, and told
  /// exactly by the December of the year before.
  @Test func `stands beside the simple forecasts of the same months`() async throws {
    let run = try await run { date, _ in date.civil.month == 12 ? 0.5 : 1 }
    let record = try #require(run.result.trackRecord)
    let simple = try #require(record.simple)
    let sameMonth = try #require(simple.sameMonth)
    // Twice the usage costs more than twice as much behind the free units; only that month tells them apart.
    #expect((simple.flat - sameMonth) * Double(record.months) > 100)
    #expect(sameMonth > 0)
    let still = try await self.run { _, _ in 1 }
    #expect(still.result.trackRecord?.simple?.flat == 0)
  }

  /// What never varies is missed by next to nothing, and a range of nothing is not widened by it.
  @Test func `that misses by nothing that counts widens nothing`() async throws {
    let run = try await run { _, day in 1 + Double(day % 3) * 1e-5 + Double(day) * 1e-6 }
    let record = try #require(run.result.trackRecord)
    #expect(record.widening == 0, "\(record)")
    #expect(!run.result.findings.all.contains { $0.code == "range-widened" })
  }

  /// Half a year of calm, then every month at another level.
  @Test func `that refutes the range widens it, and it is said`() async throws {
    var random = SeededGenerator(3)
    let scatter = (0..<500).map { _ in Double.random(in: 0.97...1.03, using: &random) }
    let levels = [1.5, 1, 1.6, 0.9, 1.5, 1, 1.7, 0.9, 1.6]
    let run = try await run { date, day in
      let month = CalendarMonth(year: 2026, month: 4).distance(to: date.month)
      return scatter[day] * (month < 0 ? 1 : levels[month])
    }
    let record = try #require(run.result.trackRecord)
    #expect(record.coverage80 < 0.6, "\(record)")
    #expect(record.widening > 0.1)
    let warning = try #require(run.result.findings.all.first { $0.code == "range-widened" })
    #expect(warning.severity == .warning)
    // 8 of 10 futures of a month are at least as wide as the spread says.
    let month = run.result.months[2].cost
    #expect(month.p90 / month.p10 > exp(2 * 1.2 * record.widening) * 0.8)
    // The level is spread, not moved.
    #expect(
      run.plan.draws.contains { $0.name == "history.level" && abs($0.distribution.mean - 1) < 1e-9 }
    )
  }

  @Test(arguments: [(6, 12, true), (7, 12, false), (0, 2, true), (0, 1, false), (12, 12, false)])
  func `is held against what chance allows`(held: Int, count: Int, isRefuted: Bool) {
    #expect(TrackRecorder.isRefuted(held: held, of: count) == isRefuted)
  }

  /// Two weeks in which nearly nothing happens, every year, in a month that the record looks at.
  @Test func `knows the calendar`() async throws {
    let closed = ["2025-12-21", "2026-08-03"].compactMap { CalendarDay($0) }
    func level(_ date: CalendarDay, _ index: Int) -> Double {
      let isClosed = closed.contains { (0..<14).contains($0.distance(to: date)) }
      return (isClosed ? 0.1 : 1) * (1 + 0.03 * sin(Double(index) * 12.9898))
    }
    let without = try await run("", level)
    let days = closed.flatMap { first in (0..<14).map { "\(first.advanced(by: $0))" } }
    let with = try await run(
      "calendar:\n  shutdown: {effect: holidays, dates: [\(days.joined(separator: ", "))], by: -90%}\n",
      level)
    let before = try #require(without.result.trackRecord)
    let after = try #require(with.result.trackRecord)
    #expect(before.meanAbsolutePercentError > 5, "\(before)")
    #expect(after.meanAbsolutePercentError < before.meanAbsolutePercentError / 2, "\(after)")
  }
}
