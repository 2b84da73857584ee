import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// A plan that begins in the midst of a billing period, which runs from the 17th.
struct `A billing period under way` {
  /// 100,000 events on each of 60 days up to `last`, none identified: 30 days are 3.0 M = 50 + 1.0 M x
  /// 0.0000343 = 84.30.
  static func run(_ more: String, last: String = "2026-11-30") async throws -> ScenarioRun {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let end = try #require(CalendarDay(last))
    let days = (0..<60).map { end.advanced(by: $0 - 59).description }
    let rows = [("Series", days), ("Events", days.map { _ in "100000" })]
    let text = rows.map { ([$0.0] + $0.1).joined(separator: ",") }.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try await TextScenario.run(
      "scenario: t\nperiod: 2026-12 to 2027-11\nhistory: \(path)\nbilling_day: 17\n" + more,
      paths: 2)
  }

  @Test func `is one bill, before the plan and in it: fees and usage are drawn once`() async throws
  {
    // 17 November to 16 December: 84.30 and 2,000; 97,915.70 of 100,000 are left.
    let run = try await Self.run(
      "add_ons: [enterprise]\nterms: {credits: [{kind: startup, amount: 100000.00, "
        + "from: 2026-11-17, expires: 2026-12-16}]}")
    let finding = try #require(run.result.findings.all.first { $0.code == "credits-lapse" })
    #expect(finding.message.contains("97915.7"), "\(finding.message)")
  }

  @Test func `has its fee by the days of the billing period`() async throws {
    let run = try await Self.run("add_ons: [enterprise]")
    let without = try await Self.run("")
    let fees = zip(run.result.months, without.result.months).map { $0.cost.mean - $1.cost.mean }
    // 16 of 30 days of 2,000 and 15 of 31.
    #expect(abs(fees[0] - 2034.41) < 0.01, "\(fees)")
    // December's part of a period and November's part of the last one make one.
    #expect(abs(fees.reduce(0, +) - 24_000) < 0.01, "\(fees)")
  }

  @Test func `that is exported but for its last day opens with what is known`() async throws {
    let whole = try await Self.run("")
    let short = try await Self.run("", last: "2026-11-29")
    let found = short.result.findings.all.filter { $0.code == "unknown-opening" }
    #expect(found.count == 1 && found[0].message.contains("28 days before is taken"), "\(found)")
    #expect(found[0].help == "export those days too, or add: opening_usage: {events: 1400000}")
    #expect(abs(whole.result.months[0].cost.mean - short.result.months[0].cost.mean) < 0.01)
  }
}
