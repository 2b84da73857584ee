import Foundation
import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

@Suite("Prices that change within a scenario")
struct PriceScheduleTests {
  /// 100,000 events a day, one certain future.
  private func scenario(_ prices: String, _ rest: String = "") -> String {
    """
    scenario: flat
    period: 2027-03 to 2027-04
    prices: \(prices)
    traffic:
      - site: {events: 100k per day, identified: 0%, noise: none}
    \(rest)
    """
  }

  private func months(_ prices: String, _ rest: String = "") async throws -> [Money] {
    let run = try await TextScenario.run(scenario(prices, rest), paths: 1)
    return try run.result.months.map { try #require(Money(approximately: $0.cost.mean)) }
  }

  private func cost(_ book: String, _ units: Int64) throws -> Money {
    var findings = Findings()
    let book = try #require(PriceBook.named(book, &findings))
    return try CostCalculator(book: book).cost(of: units, on: .events)
  }

  @Test("a change is split exactly at its date, and usage goes on through the tiers")
  func split() async throws {
    let months = try await months(
      "[{book: posthog-2023-11}, {from: 2027-03-21, book: posthog-2026-08}]")
    let march =
      try cost("posthog-2023-11", 2_000_000) + cost("posthog-2026-08", 3_100_000)
      - cost("posthog-2026-08", 2_000_000)
    #expect(months[0] == march)
    #expect(try months[1] == cost("posthog-2026-08", 3_000_000))
  }

  @Test("a change to the same book changes nothing, whatever the date", arguments: 1...9)
  func sameBook(day: Int) async throws {
    let split = try await months(
      "[{book: posthog-2026-08}, {from: 2027-04-0\(day), book: posthog-2026-08}]")
    #expect(try await split == months("posthog-2026-08"))
  }

  @Test("a book that begins with the month is the book of that month")
  func wholeMonth() async throws {
    let months = try await months(
      "[{book: posthog-2023-11}, {from: 2027-04-01, book: posthog-2026-08}]")
    #expect(try months[0] == cost("posthog-2023-11", 3_100_000))
    #expect(try months[1] == cost("posthog-2026-08", 3_000_000))
  }

  @Test("an option may change prices too, and the reports name both books")
  func option() async throws {
    let run = try await TextScenario.run(
      scenario(
        "posthog-2026-08",
        "options:\n  - old: {prices: [{book: posthog-2023-11}, "
          + "{from: 2027-04-01, book: posthog-2026-08}]}"), paths: 1)
    let more = try cost("posthog-2023-11", 3_100_000) - cost("posthog-2026-08", 3_100_000)
    #expect(Money(approximately: run.result.options[1].saves.mean) == -more)
    #expect(
      run.result.options[1].sideEffects
        == ["prices of posthog-2023-11; from 2027-04-01 posthog-2026-08"])
  }

  @Test("the age that is told is that of the book in force when the period begins")
  func age() async throws {
    var findings = Findings()
    let now = try #require(PriceBook.named("posthog-2026-08", &findings))
    let run = try await TextScenario.run(
      scenario("[{book: posthog-2023-11}, {from: 2027-01-01, book: posthog-2026-08}]"), paths: 1)
    let start = try #require(CalendarDay("2027-03-01"))
    #expect(run.result.provenance.priceBookAgeDays == now.age(on: start))
    let stale = run.result.findings.all.filter { $0.code == "stale-prices" }
    #expect(stale.map(\.message) == [now.staleness(on: start)?.message].compactMap(\.self))
  }

  @Test("what is wrong with the list is a finding with its place")
  func mistakes() {
    func codes(_ prices: String) -> [String] {
      TextScenario.findings(scenario(prices)).filter { $0.severity == .error }.map(\.code)
    }
    let book = "book: posthog-2026-08"
    #expect(codes("[{\(book)}, {\(book)}]") == ["missing-key"])
    #expect(
      codes("[{\(book)}, {from: 2027-04-01, \(book)}, {from: 2027-04-01, \(book)}]") == ["overlap"])
    #expect(codes("[{from: 2027-03-02, \(book)}]") == ["no-prices"])
    #expect(codes("[{from: 2027-02-31, \(book)}]").contains("impossible-date"))
    #expect(codes("[]") == ["wrong-type"])
    #expect(codes("[{book: posthog-2026-80}]") == ["unknown-kind"])
  }

  @Test("an unknown tier that futures reach is a finding, not a price")
  func unknownTier() async throws {
    let text = """
      scenario: many recordings
      period: 2027-03 to 2027-03
      prices: posthog-2024-07
      traffic:
        - site: {session_recordings: 20k per day, noise: none}
      """
    let run = try await TextScenario.run(text, paths: 2)
    #expect(Money(approximately: run.result.year.cost.mean)?.description == "1650.00")
    let finding = run.result.findings.all.first { $0.code == "unknown-tier" }
    #expect(finding?.message.contains("100 of 100 futures") == true)
  }

  @Test("terms of a contract are settled month by month along each future")
  func terms() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "genops-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let book = folder.appending(path: "own.yaml")
    try Data(
      """
      {id: own, extends: posthog-2026-08, source: a contract, retrieved: 2027-01-04,
       terms: {discount: 50%, credits: [{kind: startup, amount: 50.00, expires: 2027-04-30}]}}
      """.utf8
    ).write(to: book)
    let months = try await months(book.path, "add_ons: [boost]")
    // Half of 87.73 and the fee, of which the credits pay 50; then half of 84.30 and the fee.
    let march = try cost("posthog-2026-08", 3_100_000) + Money(units: 250)
    let april = try cost("posthog-2026-08", 3_000_000) + Money(units: 250)
    #expect(months[0] == Money(nanos: march.nanos / 2) - Money(units: 50))
    #expect(months[1] == Money(nanos: april.nanos / 2))
  }

  @Test("the fee of an add-on is by the day where two books hold in one month")
  func fees() async throws {
    let with = try await months(
      "[{book: posthog-2026-08}, {from: 2027-03-20, book: posthog-2026-08}]", "add_ons: [boost]")
    let without = try await months("posthog-2026-08")
    #expect(with[0] - without[0] == Money(units: 250))
  }
}
