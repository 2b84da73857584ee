import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `The bridge from last year` {
  /// 10 a day of usage for two years, of which the second has a credit of 1,000.
  private static func run(_ more: String) async throws -> YearBridge {
    let folder = NSTemporaryDirectory() + "genops-bridge-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let start = try #require(CalendarDay("2026-01-01"))
    let days = (0..<365).map { start.advanced(by: $0).description }
    let rows = [("Series", days), ("Exceptions", days.map { _ in "10000" })]
    let text = rows.map { ([$0.0] + $0.1).joined(separator: ",") }.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/usage.csv"))
    try Data(
      """
      {"id": "flat", "title": "One price", "currency": "USD", "source": "this test", "retrieved": "2027-01-01",
       "rates": [{"meter": "exceptions", "product": "error_tracking", "model": "per-unit", "price": "0.001"}],
       "add_ons": []}
      """.utf8
    ).write(to: URL(fileURLWithPath: folder + "/book.json"))
    let run = try await TextScenario.run(
      """
      period: 2027-01 to 2027-12
      history: \(folder)/usage.csv
      prices: \(folder)/book.json
      growth: {exceptions: 0% per month}
      \(more)
      """, paths: 2)
    return try #require(run.result.bridge)
  }

  @Test func `has what credits pay in a step of its own`() async throws {
    let bridge = try await Self.run(
      "terms: {credits: [{kind: startup, amount: 1000.00, from: 2027-01-01}]}")
    #expect(bridge.start == Money(units: 3650))
    let credits = try #require(bridge.steps.first { $0.kind == .credits })
    #expect(abs(credits.amount + 1000) < 0.005)
    let prices = try #require(bridge.steps.first { $0.kind == .prices })
    #expect(abs(prices.amount) < 0.005)
    let sum = bridge.steps.reduce(bridge.start.approximate) { $0 + $1.amount }
    #expect(abs(sum - bridge.expected) < 0.005)
    #expect(try await Self.run("").steps.allSatisfy { $0.kind != .credits })
  }
}
