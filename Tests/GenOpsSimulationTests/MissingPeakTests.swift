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

  /// 100,000 events a day from February 2025 on, without weekdays.
  static func run(
    _ more: String = "", days count: Int = 758, period: String = "2027-03 to 2028-02"
  ) async throws -> ScenarioRun {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var random = SeededGenerator(7)
    let start = try #require(CalendarDay("2025-02-01"))
    let days = (0..<count).map { start.advanced(by: $0) }
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
      "scenario: t\nperiod: \(period)\nhistory: \(path)" + more, paths: 100)
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

  @Test func `moves with the day it is named after, on every meter that had it`() async throws {
    let run = try await Self.run()
    let finding = try #require(run.result.findings.all.first { $0.code == "missing-peak" })
    // Black Friday is 27 November in 2026 and 26 November in 2027.
    #expect(
      finding.help == "if it comes again, add below changes: the line '- Black Friday: "
        + "{from: 2027-11-21, to: 2027-11-28, events: x2.0}'")
  }

  /// Over two years the peak is missing twice.
  @Test func `is told in lines that stand below each other in one scenario`() async throws {
    let period = "2027-03 to 2029-01"
    let lines = try await Self.run(period: period).result.findings.all
      .filter { $0.code == "missing-peak" }.compactMap { $0.help?.split(separator: "'")[1] }
    #expect(lines.count == 2 && Set(lines).count == 2)
    let pasted = "\nchanges:\n" + lines.map { "  \($0)\n" }.joined()
    let run = try await Self.run(pasted, period: period)
    #expect(!run.result.findings.all.contains { $0.code == "missing-peak" })
    #expect(Set(run.result.months.flatMap(\.drivers)).count >= 2)
  }

  /// The history ends on 29 November 2026; its level is 100,000 a day and not 200,000.
  @Test func `in which a history ends is not its level`() async throws {
    let run = try await Self.run(days: 667, period: "2026-12 to 2027-11")
    let units = try #require(run.result.months[0].usage.first { $0.meter == .events }).units.mean
    #expect(abs(units / 3_100_000 - 1) < 0.03, "\(units)")
    let codes = run.result.findings.all.map(\.code)
    #expect(codes.contains("ends-in-peak") && codes.contains("missing-peak"))
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
