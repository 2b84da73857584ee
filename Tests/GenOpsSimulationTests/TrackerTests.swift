import Foundation
import GenOpsCosting
import GenOpsMetering
import GenOpsScenario
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// A shop with 10,000 events and 100 recordings on every day of fourteen months, at 0.0001 and 0.01: a month
/// of 30 days costs 30.00 + 30.00, without any doubt.
@Suite struct `Tracked months` {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  private let start = CalendarMonth(year: 2025, month: 9).firstDay
  let november = CalendarMonth(year: 2026, month: 11)

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write("usage.csv", export(from: start, days: start.distance(to: november.firstDay)))
    try write("book.yaml", book())
    try write("budget.yaml", scenario())
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func book(events: String = "0.0001", terms: String = "{}") -> String {
    """
    id: own
    currency: USD
    source: a test
    retrieved: 2026-10-01
    terms: \(terms)
    rates:
      - {meter: events, model: per-unit, price: "\(events)"}
      - {meter: session_recordings, model: per-unit, price: "0.01"}
      - {meter: identified_events, model: per-unit, price: "0"}
    """
  }

  func scenario(_ more: String = "") -> String {
    """
    scenario: shop
    period: 2026-11 to 2027-01
    history: usage.csv
    prices: book.yaml
    budget: 62 USD per month
    \(more)

    """
  }

  /// One column a day, as PostHog exports.
  func export(
    from: CalendarDay, days: Int, recordings: Bool = true,
    _ events: (Int) -> Int64? = { _ in 10_000 }
  ) -> String {
    let known = (0..<days).filter { events($0) != nil }
    var rows = [
      "Series," + known.map { from.advanced(by: $0).description }.joined(separator: ","),
      "Events," + known.map { "\(events($0) ?? 0)" }.joined(separator: ","),
      "Identified events," + known.map { _ in "1" }.joined(separator: ","),
    ]
    if recordings { rows.append("Recordings," + known.map { _ in "100" }.joined(separator: ",")) }
    return rows.joined(separator: "\n") + "\n"
  }

  func track(
    _ ledger: inout ForecastLedger, _ usage: [String] = ["new.csv"], paths: Int = 40
  )
    async throws -> TrackResult
  {
    var tracker = try Tracker(
      .init(
        scenario: path("budget.yaml"), usage: usage.map(path), overrides: .init(paths: paths),
        now: Timestamp(startOf: november.advanced(by: 1).firstDay)))
    return try await tracker.track(&ledger)
  }

  func track(_ usage: [String] = ["new.csv"]) async throws -> TrackResult {
    var ledger = ForecastLedger()
    return try await track(&ledger, usage)
  }

  // 11,000 events on 29 days and 30,000 on the tenth. Said: 30.00 + 30.00. Volume is 1.1: 66.00. Without the
  // tenth day's 19,000 beyond the usual: 33.00 + 30.00. With them 34.90 + 30.00.
  @Test func `are split as they are by hand`() async throws {
    try write(
      "new.csv", export(from: november.firstDay, days: 30) { $0 == 9 ? 30_000 : 11_000 })
    let month = try await track().months[0]
    #expect(month.state == .actual && month.unknown == [])
    #expect(month.forecast?.cost.mean == Money(units: 60))
    #expect(month.actual == Money(nanos: 64_900_000_000))
    #expect(month.landing == month.actual && month.low == nil)
    #expect(month.split?.volume == Money(units: 6))
    #expect(month.split?.mix == Money(units: -3))
    #expect(month.split?.oneOffs == Money(nanos: 1_900_000_000))
    #expect(month.split?.price == .zero)
    #expect(
      month.oneOffs == [
        OneOff(meter: .events, day: november.firstDay.advanced(by: 9), units: 19_000, name: nil)
      ])
    #expect(month.budget == Money(units: 62))
  }

  @Test func `are the same the second time, and add nothing to the ledger`() async throws {
    try write("new.csv", export(from: november.firstDay, days: 30) { _ in 12_000 })
    let ledgerPath = path("budget.forecasts.jsonl")
    var ledger = ForecastLedger()
    let first = try await track(&ledger)
    #expect(try ledger.append(to: ledgerPath) > 0)
    var again = try ForecastLedger(path: ledgerPath)
    let second = try await track(&again)
    #expect(again.newLines == 0)
    #expect(second.months.map(\.landing) == first.months.map(\.landing))
    #expect(second.months.map(\.forecast) == first.months.map(\.forecast))
    #expect(second.months.map(\.split) == first.months.map(\.split))
    #expect(second.score == first.score)
    // What was said of December before November was known.
    #expect(second.months[1].forecast?.asOf == november.firstDay)
    #expect(second.months[1].forecast?.cost.mean == Money(units: 62))
  }

  // 349,000 events at 0.0001 more.
  @Test func `keep the prices of the forecast, so that new ones are told from usage`() async throws
  {
    try write(
      "new.csv", export(from: november.firstDay, days: 30) { $0 == 9 ? 30_000 : 11_000 })
    var ledger = ForecastLedger()
    _ = try await track(&ledger)
    try ledger.append(to: path("ledger"))
    try write("book.yaml", book(events: "0.0002", terms: "{discount: 10%}"))
    var kept = try ForecastLedger(path: path("ledger"))
    let result = try await track(&kept)
    let month = result.months[0]
    #expect(result.findings.all.contains { $0.code == "month-repriced" })
    #expect(month.forecast?.cost.mean == Money(units: 60))
    #expect(month.split?.volume == Money(units: 6))
    #expect(month.split?.mix == Money(units: -3))
    #expect(month.split?.oneOffs == Money(nanos: 1_900_000_000))
    // 69.80 + 30.00, less 10 %: 89.82 less the 64.90 at the old prices.
    #expect(month.landing == Money(nanos: 89_820_000_000))
    #expect(month.split?.price == Money(nanos: 24_920_000_000))
    #expect(month.split?.miss == Money(nanos: 29_820_000_000))
  }

  @Test func `take what is not known as it was expected`() async throws {
    // Two days of events are not there, and no recordings.
    try write(
      "new.csv",
      export(from: november.firstDay, days: 30, recordings: false) {
        [4, 5].contains($0) ? nil : 11_000
      })
    let result = try await track()
    let month = result.months[0]
    #expect(month.state == .partial)
    #expect(month.unknown.contains(.events) && month.unknown.contains(.sessionRecordings))
    #expect(month.actual == Money(nanos: 30_800_000_000))
    // 28 days of 11,000, two of the 10,000 expected, and the recordings expected.
    #expect(month.landing == Money(nanos: 62_800_000_000))
    #expect(month.split?.miss == Money(nanos: 2_800_000_000))
    #expect(result.findings.all.contains { $0.code == "month-partial" })
    #expect(result.score.count == 0)
  }

  @Test func `under way show what was used and where they land`() async throws {
    try write("new.csv", export(from: november.firstDay, days: 12))
    let result = try await track()
    let month = result.months[0]
    #expect(month.state == .underWay && month.knownDays == 12 && month.unknown == [])
    #expect(month.actual == Money(units: 24))
    #expect(month.landing == Money(units: 60))
    #expect(month.split == nil)
    #expect(result.months[1].state == .ahead && result.months[1].actual == nil)
    #expect(result.total.landing == Money(units: 60 + 62 + 62))
    #expect(result.total.budget == Money(units: 186))
  }

  @Test func `that the history already has are held against it as it was before them`() async throws
  {
    // The analyst has added the export to the history; the ledger was lost.
    try write(
      "usage.csv",
      export(from: start, days: start.distance(to: november.advanced(by: 1).firstDay)) { day in
        day < start.distance(to: november.firstDay) ? 10_000 : 11_000
      })
    let month = try await track(["usage.csv"]).months[0]
    #expect(month.forecast?.asOf == november.firstDay)
    #expect(month.forecast?.cost.mean == Money(units: 60))
    #expect(month.split?.volume == Money(units: 6) && month.split?.mix == Money(units: -3))
  }

  @Test func `of a year's budget have equal parts of it`() async throws {
    try write("new.csv", export(from: november.firstDay, days: 30))
    try write("budget.yaml", scenario().replacing("62 USD per month", with: "700 USD per year"))
    let result = try await track()
    #expect(result.months.compactMap(\.budget).reduce(.zero) { $0 + $1 } <= Money(units: 700))
    #expect(abs((result.months[0].budget?.approximate ?? 0) - 700.0 / 12) < 1e-6)
    #expect(result.findings.all.contains { $0.code == "budget-by-month" })
  }

  @Test func `of a scenario without history rest on what it says`() async throws {
    try write(
      "budget.yaml",
      """
      scenario: shop
      period: 2026-11 to 2027-01
      traffic:
        - web: {events: 300k per month, identified: 0%}
      prices: book.yaml

      """)
    try write(
      "new.csv", export(from: november.firstDay, days: 30, recordings: false) { _ in 20_000 })
    let result = try await track()
    #expect(result.months[0].landing == Money(units: 60))
    #expect(result.months[1].state == .ahead)
    #expect(result.findings.all.contains { $0.code == "rest-as-said" })
  }

  @Test func `cost what a run of the same days costs`() async throws {
    // Tiers, a price change within a month, a discount, a credit that is drawn down, and bills from the 10th.
    let text = """
      scenario: a
      period: 2027-01 to 2027-03
      history: \(path("usage2.csv"))
      billing_day: 10
      prices: [{book: posthog-2026-08}, {from: 2027-02-14, book: posthog-2023-11}]
      terms: {discount: 12.5%, credits: [{kind: startup, amount: 300.00, from: 2027-01-01}]}

      """
    let first = CalendarMonth(year: 2026, month: 12).firstDay
    try write(
      "usage2.csv",
      export(from: first, days: 121, recordings: true) { Int64(150_000 + 7919 * ($0 % 13)) })
    let run = try await TextScenario.run(text, paths: 2)
    let plan = run.plan
    #expect(run.result.months.allSatisfy { $0.actualDays == $0.month.dayCount })
    let known = KnownUsage(plan.history, plan.period, identified: { _ in nil })
    let bills = MonthlyBills(plan, AgreedPrices(plan)).months(known.usage)
    for (bill, month) in zip(bills, run.result.months) {
      #expect(abs(bill.approximate - month.cost.mean) < 2e-9, "\(month.month)")
    }
    // The credit has paid the first bills, and not the last.
    #expect(bills.contains { $0.nanos > 0 })
    // The same from what a ledger keeps.
    let node = try JSONParser.parse(
      Array(AgreedPrices(plan).json.description.utf8), file: "ledger")
    #expect(MonthlyBills(plan, try AgreedPrices(node)).months(known.usage) == bills)
  }

  @Test func `meet conditions`() async throws {
    try write("new.csv", export(from: november.firstDay, days: 30) { _ in 11_000 })
    let result = try await track()
    func judge(_ text: String) throws -> String {
      var findings = Findings()
      let condition = try #require(
        TrackCondition.read(
          text, currency: "USD", months: result.months.map(\.month), &findings), "\(findings)")
      let judged = result.judge(condition)
      return "\(judged.value): \(judged.passed ? "passed" : "failed")"
    }
    // 63.00 of 60.00 said and 62.00 of budget.
    #expect(try judge("miss(2026-11) > 10%") == "5.0 %: passed")
    #expect(try judge("miss(2026-11) > 4.9%") == "5.0 %: failed")
    #expect(try judge("landing(2026-11) >= 63 USD") == "63.00 USD: failed")
    #expect(try judge("over_budget(2026-11) > 2%").hasSuffix("passed"))
    #expect(try judge("landing.year > 60k USD").hasSuffix("passed"))
    #expect(try judge("landing > 100 USD").hasSuffix("failed"))
    // What is not known never passes.
    #expect(try judge("miss(2026-12) > 10%") == "unknown: failed")
  }

  @Test(arguments: [
    ("landing", "not-a-condition"), ("landin > 3 USD", "unknown-metric"),
    ("miss > 10%", "metric-argument"), ("miss(2028-01) > 10%", "metric-argument"),
    ("coverage(2026-11) < 50%", "metric-argument"), ("landing.year > 60k", "missing-unit"),
    ("landing.year > 10%", "wrong-unit"), ("miss(2026-11) > 5 USD", "wrong-unit"),
    ("landing > 5 USD per month", "wrong-unit"), ("landing > many", "not-a-quantity"),
  ])
  func `refuse conditions that cannot be judged`(_ text: String, _ code: String) {
    var findings = Findings()
    #expect(
      TrackCondition.read(
        text, currency: "USD", months: Array(november...november.advanced(by: 2)), &findings) == nil
    )
    #expect(findings.all.map(\.code) == [code])
  }
}
