import Foundation
import GenOpsForecasting
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// Black Friday at twice the level in both years of a history.
struct `A peak of last year` {
  static let blackFriday = "\nchanges: [BF: {from: 2027-11-22, to: 2027-11-29, events: x2}]"

  /// Two years of 100,000 events a day, without weekdays.
  static func run(_ more: String = "") async throws -> ScenarioRun {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(7)
    let start = try #require(CalendarDay("2025-02-01"))
    let days = (0..<758).map { start.advanced(by: $0) }
    let units = days.map { day -> Int64 in
      let isPeak = day.civil.month == 11 && (22...29).contains(day.civil.day)
      return random.whole(98_000...102_000) * (isPeak ? 2 : 1)
    }
    let text =
      (["Series"] + days.map(\.description)).joined(separator: ",") + "\n"
      + (["Events"] + units.map(String.init)).joined(separator: ",") + "\n"
      + (["Identified events"] + units.map { _ in "0" }).joined(separator: ",") + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try await TextScenario.run(
      "scenario: t\nperiod: 2027-03 to 2028-02\nhistory: \(path)" + more, paths: 100)
  }

  @Test func `that the forecast lacks is named in its month`() async throws {
    let run = try await Self.run()
    let finding = try #require(run.result.findings.all.first { $0.code == "missing-peak" })
    #expect(finding.severity == .warning)
    #expect(finding.message.contains("2026-11-22 to 2026-11-29 (Black Friday), as the year before"))
    let drivers = run.result.months.map { $0.drivers.joined(separator: ", ") }
    #expect(drivers.filter { $0.contains("lacks Black Friday") }.count == 1)
    #expect(drivers[8] == "lacks Black Friday")
  }

  /// 22 days as they are and 8 at twice the level, not at four times.
  @Test func `that a change brings back counts once and is not missing`() async throws {
    let run = try await Self.run(Self.blackFriday)
    #expect(!run.result.findings.all.contains { $0.code == "missing-peak" })
    let units = try #require(run.result.months[8].usage.first { $0.meter == .events }).units.mean
    #expect(abs(units / 3_800_000 - 1) < 0.05, "\(units)")
    #expect(run.result.months[8].drivers == ["BF"])
  }
}
