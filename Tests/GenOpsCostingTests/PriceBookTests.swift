import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

@Suite("Price books")
struct PriceBookTests {
  private func read(_ json: String) -> (book: PriceBook?, findings: Findings) {
    var findings = Findings()
    let book = try? PriceBook(json: Array(json.utf8), file: "book.json", &findings)
    return (book, findings)
  }

  /// A book around some rates.
  private func book(_ rates: String, addOns: String = "") -> String {
    """
    {"id": "b", "currency": "USD", "source": "a contract", "retrieved": "2027-01-04",
     "rates": [\(rates)], "add_ons": [\(addOns)]}
    """
  }

  @Test("the current book has a price for every meter and says where it was read")
  func current() {
    let book = PriceBook.standard
    #expect(book.id == PriceBooks.defaultName)
    // What it does not know it names.
    #expect(Meter.allCases.filter { book.rate(of: $0) == nil } == [.workflowPushes])
    #expect(book.unknown == ["what workflow push notifications cost"])
    #expect(book.currency == "USD" && book.sha256.count == 64)
    #expect(book.retrieved.description == "2026-08-22")
    #expect(book.rate(of: .events)?.plan == "paid-20240404")
    #expect(book.rate(of: .identifiedEvents)?.includedWith == .events)
    #expect(book.addOns.map(\.price.description) == ["250.00", "750.00", "2000.00", "450.00"])
    #expect(book.rates.filter(\.isOptIn).map(\.meter) == [.groupEvents, .dataPipelineEvents])
    #expect(book.rates.filter(\.isLegacy).map(\.meter) == [.dataPipelineEvents])
  }

  @Test("the digest is that of the file's bytes")
  func digest() throws {
    let json = book(#"{"meter": "events", "model": "per-unit", "price": "0.1"}"#)
    #expect(read(json).book?.sha256 == Digest.sha256(Array(json.utf8)))
  }

  @Test("a book grows stale after 180 days")
  func staleness() throws {
    let book = PriceBook.standard
    #expect(book.staleness(on: book.retrieved.advanced(by: 180)) == nil)
    let finding = try #require(book.staleness(on: book.retrieved.advanced(by: 181)))
    #expect(finding.severity == .warning && finding.message.contains("181 days"))
  }

  @Test("a book that does not exist is a finding with the nearest name")
  func unknownBook() {
    var findings = Findings()
    #expect(PriceBook.named("posthog-2026-80", &findings) == nil)
    #expect(findings.all.first?.help == "did you mean 'posthog-2026-08'?")
  }

  @Test(
    "a mistake in a rate is a finding with a place and what would be right",
    arguments: [
      (
        #"{"meter": "evnts", "model": "per-unit", "price": "1"}"#, "unknown-meter",
        "did you mean 'events'?"
      ),
      (
        #"{"meter": "events", "model": "graduate", "price": "1"}"#, "unknown-kind",
        "did you mean 'graduated'?"
      ),
      (
        #"{"meter": "events", "model": "per-unit", "price": "1", "plann": "p"}"#, "unknown-key",
        "did you mean 'plan'?"
      ),
      (#"{"meter": "events", "model": "per-unit"}"#, "missing-key", "add: "),
      (#"{"meter": "events", "model": "per-unit", "price": "-1"}"#, "negative-price", "write 1.00"),
      (
        #"{"meter": "events", "model": "per-unit", "price": 0.000034299999999999996}"#,
        "price-text", #"write "0.0000343" as text"#
      ),
      (
        #"{"meter": "events", "model": "per-unit", "price": 3.43e-05}"#, "price-text",
        #"write "0.0000343" as text"#
      ),
      (
        #"{"meter": "events", "model": "per-unit", "price": "0.00000000049"}"#, "price-text",
        "the nearest price"
      ),
      (
        #"{"meter": "events", "model": "per-unit", "price": "0.1 EUR"}"#, "two-currencies",
        "one book has one currency"
      ),
      (#"{"meter": "events", "model": "per-unit", "price": ["1"]}"#, "wrong-type", "0.00005"),
      (
        #"{"meter": "logs_mb", "model": "per-unit", "per": 1000, "price": "0.0000001"}"#,
        "price-text", "divides by 1000"
      ),
      (
        #"{"meter": "events", "model": "per-unit", "per": 0, "price": "1"}"#, "wrong-type",
        #""per": 1000"#
      ),
      (
        #"{"meter": "events", "model": "per-unit", "opt_in": "yes", "price": "1"}"#, "wrong-type",
        "write true"
      ),
      (#"{"meter": "events", "model": "graduated", "tiers": []}"#, "wrong-type", "tiers"),
      (
        #"{"meter": "events", "model": "graduated", "tiers": [{"up_to": 5, "price": "1"}]}"#,
        "tier-unbounded", "add a last tier"
      ),
      (
        #"{"meter": "events", "model": "graduated", "tiers": [{"price": "1"}, {"price": "2"}]}"#,
        "tier-order", "number of its last unit"
      ),
      (
        #"{"meter": "events", "model": "graduated", "tiers": [{"up_to": 5, "price": "1"}, {"up_to": 5, "price": "2"}, {"price": "3"}]}"#,
        "tier-order", "above 5"
      ),
      (
        #"{"meter": "events", "model": "graduated", "tiers": [{"up_to": 0, "price": "1"}, {"price": "3"}]}"#,
        "tier-order", "leave it out"
      ),
      (
        #"{"meter": "events", "model": "graduated", "tiers": [{"up_to": 1.5, "price": "1"}, {"price": "3"}]}"#,
        "tier-bound", "whole number"
      ),
      (
        #"{"meter": "events", "model": "graduated", "tiers": [{"up_to": 9e18, "price": "9000000"}, {"price": "3"}]}"#,
        "price-range", "lower the prices"
      ),
    ])
  func mistakes(_ rate: String, _ code: String, _ help: String) {
    let (made, findings) = read(book(rate))
    #expect(made == nil)
    #expect(findings.all.map(\.code) == [code])
    #expect(findings.all.first?.help?.contains(help) == true, "\(findings.all)")
    #expect(findings.all.allSatisfy { $0.location != nil })
  }

  @Test("all mistakes of a book are found at once")
  func allAtOnce() {
    let (_, findings) = read(
      """
      {"id": "b", "currency": "usd", "retrieved": "2027-02-30", "rats": [],
       "effective_from": "2027-02-01", "effective_to": "2027-01-01",
       "rates": [{"meter": "a-b-c", "model": "per-unit", "price": "x"}],
       "add_ons": [{"id": "boost", "price": "1"}, {"id": "boost", "price": "2"}]}
      """)
    #expect(
      findings.all.map(\.code).sorted() == [
        "currency", "date", "duplicate-key", "missing-key", "price-text", "unknown-key",
        "unknown-meter", "wrong-order",
      ])
  }

  @Test("a meter has one rate")
  func oneRate() {
    let rate = #"{"meter": "events", "model": "per-unit", "price": "1"}"#
    #expect(read(book(rate + "," + rate)).findings.all.map(\.code) == ["duplicate-key"])
  }

  @Test("add-ons go by id, invoice name, product or meter")
  func addOns() {
    let book = PriceBook.standard
    var findings = Findings()
    #expect(book.addOn(named: "boost", &findings) == "boost")
    #expect(book.addOn(named: "Teams (legacy)", &findings) == "teams")
    #expect(book.addOn(named: "group_analytics", &findings) == "group_analytics")
    #expect(book.addOn(named: "group events", &findings) == "group_analytics")
    #expect(findings.all.isEmpty)
    #expect(book.addOn(named: "bost", &findings) == nil)
    #expect(book.addOn(named: "session_replay", &findings) == nil)
    #expect(findings.all.map(\.code) == ["unknown-add-on", "unknown-add-on"])
    #expect(findings.all.first?.help == "did you mean 'boost'?")
  }
}
