import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

@Suite("Dated books and books that extend others")
struct DatedBookTests {
  private func read(_ json: String) -> (book: PriceBook?, findings: Findings) {
    var findings = Findings()
    let book = try? PriceBook(json: Array(json.utf8), file: "book.json", &findings)
    return (book, findings)
  }

  private func own(_ rest: String) -> (book: PriceBook?, findings: Findings) {
    read(
      """
      {"id": "own", "extends": "posthog-2026-08", "source": "an offer", "retrieved": "2027-01-04",
       \(rest)}
      """)
  }

  @Test("every built-in book is read, says where it comes from, and none overlaps another")
  func builtIn() {
    let books = PriceBooks.builtIn.entries.map(\.kind)
    #expect(
      books.map(\.id) == [
        "posthog-2026-08", "posthog-2024-07", "posthog-2023-11", "posthog-2023-05",
        "posthog-2021", "genops-guide",
      ])
    #expect(books.allSatisfy { !$0.source.isEmpty && $0.sha256.count == 64 })
    let dated = books.filter { $0.id.hasPrefix("posthog-") }.reversed()
    #expect(dated.dropLast().allSatisfy { $0.effectiveTo != nil && !$0.unknown.isEmpty })
    for (earlier, later) in zip(dated, dated.dropFirst()) {
      guard let to = earlier.effectiveTo, let from = later.effectiveFrom else { continue }
      #expect(to < from, "\(earlier.id) \(later.id)")
    }
  }

  @Test("an unknown tier is a finding and never a price")
  func unknownTier() throws {
    var findings = Findings()
    let book = try #require(PriceBook.named("posthog-2024-07", &findings))
    let calculator = CostCalculator(book: book)
    #expect(try calculator.cost(of: 500_000, on: .sessionRecordings).description == "1650.00")
    let error = CostError.unknownTier(.sessionRecordings, last: 500_000, book: "posthog-2024-07")
    #expect(throws: error) { try calculator.cost(of: 500_001, on: .sessionRecordings) }
    let bill = try calculator.bill(for: MeterTotals([.sessionRecordings: 520_000]))
    #expect(bill.total.description == "1650.00")
    #expect(bill.unpriced == [.init(meter: .sessionRecordings, units: 20_000)])
    #expect(bill.findings.all.map(\.code) == ["unknown-tier"])
    let team = AttributedUsage(Attribution(team: "a"), MeterTotals([.sessionRecordings: 510_000]))
    #expect(try bill.splitMarginally([team], using: calculator).total == bill.total)
  }

  @Test("the current book, but recordings ten percent dearer")
  func tenPercent() throws {
    let (book, findings) = own(#""changes": {"recordings": "+10%"}"#)
    let calculator = CostCalculator(book: try #require(book))
    #expect(findings.all.isEmpty)
    #expect(try calculator.cost(of: 50_000, on: .sessionRecordings).description == "189.75")
    #expect(try calculator.cost(of: 10_000_000, on: .events).description == "324.40")
    #expect(book?.currency == "USD" && book?.addOns.count == 4)
    #expect(book?.sha256 != PriceBook.standard.sha256)
    #expect(book?.rate(of: .sessionRecordings)?.places.first?.line == 2)
  }

  @Test("own rates and add-ons take the place of those below")
  func replaced() throws {
    let (book, _) = own(
      """
      "rates": [{"meter": "events", "model": "per-unit", "price": "0.00001"}],
      "add_ons": [{"id": "boost", "price": "199.00"}]
      """)
    let own = try #require(book)
    #expect(own.rates.count == PriceBook.standard.rates.count)
    #expect(own.rate(of: .events)?.model == "per-unit")
    #expect(own.addOns.first { $0.id == "boost" }?.price.description == "199.00")
  }

  @Test(
    "what cannot be extended or changed is a finding with a place",
    arguments: [
      (#""changes": {"recordings": "10"}"#, "percent"),
      (#""changes": {"recodings": "+10%"}"#, "unknown-meter"),
      (#""changes": {"recordings": "-101%"}"#, "price-range"),
      (#""currency": "EUR""#, "two-currencies"),
      (#""terms": {"discount": "120%"}"#, "percent"),
      (#""terms": {"credits": [{"kind": "gift", "amount": "1"}]}"#, "unknown-kind"),
      (#""terms": {"credits": [{"kind": "annual", "amount": "1"}]}"#, "missing-key"),
      (
        #""terms": {"commitment": {"amount": "1", "from": "2027-02-01", "to": "2027-01-01"}}"#,
        "wrong-order"
      ),
      (
        #""rates": [{"meter": "events", "model": "graduated", "tiers": [{"up_to": 5, "price": "1"}, {"from": 8, "price": "2"}]}]"#,
        "tier-gap"
      ),
      (
        #""rates": [{"meter": "events", "model": "graduated", "tiers": [{"up_to": 5, "price": "1"}, {"from": 4, "price": "2"}]}]"#,
        "tier-overlap"
      ),
      (
        #""rates": [{"meter": "events", "model": "percentage", "percent": "0.001%", "worth": "0.000001"}]"#,
        "price-text"
      ),
    ])
  func mistakes(_ rest: String, _ code: String) {
    let (book, findings) = own(rest)
    #expect(book == nil)
    #expect(findings.all.map(\.code) == [code])
    #expect(findings.all.allSatisfy { $0.location != nil && $0.help != nil })
  }

  @Test("a price that had to be rounded says so")
  func rounded() {
    let (book, findings) = own(#""changes": {"events": "+1.23%"}"#)
    #expect(book != nil && findings.all.map(\.code) == ["price-rounded"])
  }
}
