import Foundation
import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

/// PostHog's billing answers as price books, and bills priced again.
@Suite("Books from bills, and bills from books")
struct BillBookTests {
  private let sample = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "scenarios/billing/billing.json").path

  private func day() throws -> CalendarDay { try #require(CalendarDay("2027-02-15")) }

  @Test("The check against bills names what it leaves out")
  func leftOut() throws {
    let scenario = URL(filePath: sample).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "posthog-budget.yaml").path
    let check = try #require(BillChecker.check(try ScenarioRun.plan(path: scenario)))
    #expect(check.leftOut == [.featureFlagRequests])
    // The bills of these six months come to 23,919.25 USD, 4,554.36 of them for flag requests.
    #expect(check.billed == (try Money(parsing: "19364.89")))
  }

  /// A file with `text` that is gone when the test ends.
  private func withFile<Result>(
    _ text: String, _ name: String, _ body: (String) throws -> Result
  ) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }

  private func answer(_ rest: String = "", tiers: String) -> String {
    """
    {"billing_period": {"current_period_start": "2027-02-01T00:00:00Z",
       "current_period_end": "2027-03-01T00:00:00Z"},
     "current_total_amount_usd": "0", "usage_summary": {"events": {"usage": 3000000}},
     "products": [{"name": "Product analytics", "type": "product_analytics", "usage_key": "events",
       "subscribed": true, "current_usage": 3000000, "current_amount_usd": "84.30",
       "tiers": [\(tiers)]}]\(rest)}
    """
  }

  private let published = """
    {"up_to": 1000000, "unit_amount_usd": "0", "flat_amount_usd": "0"},
    {"up_to": 2000000, "unit_amount_usd": "0.00005", "flat_amount_usd": "0"},
    {"up_to": null, "unit_amount_usd": "0.0000343", "flat_amount_usd": "0"}
    """

  @Test("the book of an answer prices its own usage as the answer does")
  func ownUsage() throws {
    let (json, addOns, _) = try BookImporter.book(billing: sample, id: nil, retrieved: try day())
    var findings = Findings()
    let book = try PriceBook(json: Array(json.pretty.utf8), file: "imported.json", &findings)
    #expect(book.id == "imported-2027-02-01" && book.retrieved.description == "2027-02-15")
    #expect(addOns == ["boost"] && book.effectiveFrom?.description == "2027-02-01")
    for meter in book.rates.map(\.meter) {
      let changes = BookDiff(from: .standard, to: book).tiers.filter { $0.meter == meter }
      #expect(changes.isEmpty, "\(meter.id) has the published prices")
    }
    try withFile(json.pretty, "own.json") { path in
      let own = PriceBookFile.find(path, at: nil, &findings)
      let result = try BillReconciler.run(billing: sample, book: own, usage: [])
      #expect(result.unexplained == 0 && result.lines.count == 7)
      #expect(
        Set(result.lines.map(\.explanation)) == [
          "equal", "rounded to cents", "within the free units",
        ])
    }
  }

  @Test("discount, flat parts and an answer that ends early are kept")
  func contract() throws {
    let tiers = """
      {"up_to": 1000000, "unit_amount_usd": "0", "flat_amount_usd": "0"},
      {"up_to": 5000000, "unit_amount_usd": "0.00004", "flat_amount_usd": "20.00"}
      """
    let text = answer(#", "discount_percent": 15"#, tiers: tiers)
    try withFile(text, "billing.json") { path in
      let (json, _, notes) = try BookImporter.book(billing: path, id: "acme", retrieved: try day())
      var findings = Findings()
      let book = try PriceBook(json: Array(json.pretty.utf8), file: "acme.json", &findings)
      #expect(book.terms.discount?.description == "15 %")
      let calculator = CostCalculator(book: book)
      #expect(try calculator.cost(of: 3_000_000, on: .events).description == "100.00")
      #expect(throws: CostError.unknownTier(.events, last: 5_000_000, book: "acme")) {
        try calculator.cost(of: 5_000_001, on: .events)
      }
      #expect(notes.all.contains { $0.code == "unknown-tier" })
    }
  }

  @Test(
    "a line that differs is explained",
    arguments: [
      // What the bill says, the amount, and the words that explain it.
      ("84.30", "", "equal", true),
      ("84.31", "", "rounded to cents", true),
      ("94.30", #""0.0000443""#, "tier 3 from 2,000,001: 0.0000443 on the bill", true),
      ("352.00", "", "the prices of posthog-2024-07", true),
      ("84.20", "", "counted at another time, 0.1 % fewer", true),
      ("50.00", "", "33.3 % fewer units: 2,000,000", false),
    ])
  func explanations(_ amount: String, _ price: String, _ words: String, _ isExplained: Bool) throws
  {
    var text = answer(tiers: published).replacingOccurrences(of: "84.30", with: amount)
    if !price.isEmpty { text = text.replacingOccurrences(of: "\"0.0000343\"", with: price) }
    try withFile(text, "billing.json") { path in
      let result = try BillReconciler.run(billing: path, book: .standard, usage: [])
      let line = try #require(result.lines.first)
      #expect(line.explanation.contains(words), "\(line.explanation)")
      #expect(line.isExplained == isExplained)
    }
  }

  @Test("what is not an answer says so")
  func noAnswer() throws {
    _ = try withFile(#"{"billing_period": {}}"#, "billing.json") { path in
      #expect(throws: FindingsError.self) {
        try BookImporter.book(billing: path, id: nil, retrieved: try day())
      }
    }
  }

  @Test("books that hold at the same time are found with their place")
  func overlap() throws {
    func text(_ id: String, _ dates: String) -> String {
      "{id: \(id), extends: posthog-2026-08, source: s, retrieved: 2027-01-04\(dates)}"
    }
    try withFile(text("a", ", effective_from: 2026-01-01"), "a.yaml") { a in
      try withFile(text("b", ", effective_from: 2027-01-01"), "b.yaml") { b in
        let (books, findings) = PriceBookChecker.check([a, b])
        #expect(books.count == 2 && findings.all.map(\.code) == ["overlap"])
        #expect(findings.all.first?.location?.file == b)
        try withFile(text("c", ""), "c.yaml") { undated in
          #expect(PriceBookChecker.check([a, undated]).1.all.isEmpty)
        }
      }
    }
  }

  @Test("a book that extends itself is a finding, not a loop")
  func circle() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    try Data(
      "{id: a, extends: \(url.lastPathComponent), source: s, retrieved: 2027-01-04}".utf8
    ).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    var findings = Findings()
    #expect(PriceBookFile.read(path: url.path, &findings) == nil)
    #expect(findings.all.contains { $0.code == "circle" })
  }

  @Test("what a change of prices costs a scenario, on the same futures")
  func scenario() async throws {
    let text = """
      scenario: two teams
      period: 2027-03 to 2027-05
      traffic:
        - web: {team: web, events: 3M to 5M per month, identified: 0%}
        - app: {team: app, session_recordings: 20k per month}
      budget: 700 USD per year
      """
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "teams.yaml").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    var findings = Findings()
    let doubled = try PriceBook(
      json: Array(
        """
        {"id": "doubled", "extends": "posthog-2026-08", "source": "s", "retrieved": "2027-01-04",
         "changes": {"recordings": "+100%"}}
        """.utf8), file: "doubled.json", &findings)
    let run = try await ScenarioPriceDiff.run(
      path: path, from: .standard, to: doubled, paths: 50, jobs: 1)
    // Recordings cost 67.50 for 20,000 a month, give or take the noise, and twice that afterwards.
    #expect(abs(run.difference.mean - 202.5) < 8)
    #expect(run.difference.p10 <= run.difference.mean && run.months.count == 3)
    #expect(run.teams.map(\.attribution.team) == ["app"])
    #expect(run.new.budgets[0].breachProbability > run.old.budgets[0].breachProbability)
    let point = try #require(run.point)
    #expect(abs((point.new - point.old).approximate - 67.5) < 3)
  }
}
