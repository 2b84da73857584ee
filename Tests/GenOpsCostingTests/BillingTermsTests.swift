import GenOpsCosting
import GenOpsMetering
import GenOpsUnits
import Testing

@Suite("Terms of a contract")
struct BillingTermsTests {
  private func money(_ text: String) throws -> Money { try Money(parsing: text) }

  private func month(_ text: String) throws -> BillingPeriod {
    BillingPeriod(containing: try #require(CalendarDay(text + "-01")))
  }

  private func calculator(_ terms: String, addOns: Set<String> = []) throws -> CostCalculator {
    var findings = Findings()
    let json = """
      {"id": "b", "currency": "USD", "source": "a contract", "retrieved": "2027-01-04",
       "rates": [{"meter": "events", "model": "per-unit", "price": "0.01"}],
       "add_ons": [{"id": "boost", "name": "Boost", "price": "310.00"}], "terms": \(terms)}
      """
    let book = try PriceBook(json: Array(json.utf8), file: "b.json", &findings)
    return CostCalculator(book: book, addOns: addOns)
  }

  private func lines(_ bill: Bill) -> [String] {
    bill.fees.map { "\($0.name) \($0.amount)" } + bill.adjustments.map { "\($0.name) \($0.amount)" }
  }

  @Test("discount, amount off and minimum follow one another")
  func order() throws {
    let calculator = try calculator(
      #"{"discount": "12.5%", "amount_off": "20.00", "minimum": "500.00"}"#, addOns: ["boost"])
    let bill = try calculator.bill(for: MeterTotals([.events: 9_000]))
    #expect(
      lines(bill) == [
        "Boost 310.00", "Discount 12.5 % -50.00", "Amount off -20.00", "Minimum 500.00 170.00",
      ])
    #expect(try bill.total == money("500.00"))
    let large = try calculator.bill(for: MeterTotals([.events: 100_000]))
    #expect(try large.total == money("1126.25"))
  }

  @Test("two discounts on one another are written as one: 850 less 15 % less 20 % is 578")
  func stacked() throws {
    let calculator = try calculator(#"{"discount": "32%"}"#)
    let bill = try calculator.bill(for: MeterTotals([.events: 85_000]))
    #expect(bill.usageTotal.description == "850.00" && bill.total.description == "578.00")
  }

  @Test("a commitment bills what is missing in its last period")
  func commitment() throws {
    let calculator = try calculator(
      #"{"commitment": {"amount": "1000.00", "from": "2027-01-01", "to": "2027-03-31"}}"#)
    var standing = AccountStanding(calculator.book.terms)
    var totals: [String] = []
    for name in ["2027-01", "2027-02", "2027-03", "2027-04"] {
      let usage = MeterTotals([.events: 20_000])
      let bill = try calculator.bill(for: usage, period: month(name), standing: &standing)
      totals.append(bill.total.description)
    }
    #expect(totals == ["200.00", "200.00", "600.00", "200.00"])
  }

  @Test("startup credits pay until they are used up or expire, the first to expire first")
  func startup() throws {
    let calculator = try calculator(
      """
      {"credits": [{"kind": "startup", "amount": "500.00", "expires": "2027-12-31"},
       {"kind": "startup", "name": "Early credits", "amount": "250.00", "expires": "2027-02-27"}]}
      """)
    var standing = AccountStanding(calculator.book.terms)
    var seen: [[String]] = []
    for name in ["2027-01", "2027-02", "2027-03", "2027-04"] {
      let usage = MeterTotals([.events: 20_000])
      let bill = try calculator.bill(for: usage, period: month(name), standing: &standing)
      seen.append(lines(bill) + [bill.total.description])
    }
    // The early credits expire before the last day of February: what is left of them is lost.
    #expect(
      seen == [
        ["Early credits -200.00", "0.00"], ["Startup credits -200.00", "0.00"],
        ["Startup credits -200.00", "0.00"], ["Startup credits -100.00", "100.00"],
      ])
  }

  @Test("annual credits cost what the published table says")
  func annual() throws {
    let calculator = try calculator(
      #"{"credits": [{"kind": "annual", "amount": "30000.00", "from": "2027-02-01"}]}"#)
    let credit = try #require(calculator.book.terms.credits.first)
    #expect(try credit.price == money("24000.00"))
    #expect(credit.expires?.description == "2028-01-31" && credit.mostPerPeriod == nil)
    let bill = try calculator.bill(for: MeterTotals([.events: 20_000]), period: month("2027-02"))
    #expect(lines(bill) == ["Annual credits -200.00", "Annual credits bought 24000.00"])
    let steps = [
      "24999.99": "10 %", "25000": "20 %", "60000": "25 %", "100000": "30 %", "250000": "35 %",
      "500000": "40 %",
    ]
    for (amount, percent) in steps {
      #expect(AnnualCredits.discount(on: try money(amount))?.description == percent)
    }
    #expect(AnnualCredits.discount(on: try money("1000000")) == nil)
  }

  @Test("self-serve credits are applied in twelfths")
  func twelfths() throws {
    let calculator = try calculator(
      #"{"credits": [{"kind": "annual", "amount": "1200.00", "from": "2027-01-15"}]}"#)
    let bill = try calculator.bill(for: MeterTotals([.events: 50_000]), period: month("2027-03"))
    #expect(try lines(bill) == ["Annual credits -100.00"] && bill.total == money("400.00"))
  }

  @Test("an add-on is billed by the day, and the parts of a period sum to its fee")
  func proration() throws {
    let calculator = try calculator("{}", addOns: ["boost"])
    let span = AddOnSpan(id: "boost", from: CalendarDay("2027-01-20"))
    let bill = try calculator.bill(for: MeterTotals(), period: month("2027-01"), spans: [span])
    #expect(try bill.fees.map(\.detail) == ["12 of 31 days"] && bill.total == money("120.00"))
    let before = AddOnSpan(id: "boost", to: CalendarDay("2027-01-19"))
    let other = try calculator.bill(for: MeterTotals(), period: month("2027-01"), spans: [before])
    #expect(try bill.total + other.total == money("310.00"))
    let none = AddOnSpan(id: "boost", from: CalendarDay("2027-02-01"))
    #expect(
      try calculator.bill(for: MeterTotals(), period: month("2027-01"), spans: [none]).fees.isEmpty)
  }

  @Test("terms written as JSON read as the same terms")
  func json() throws {
    let text = """
      {"discount": "12.5%", "amount_off": "20.00", "minimum": "500.00",
       "commitment": {"amount": "1000.00", "from": "2027-01-01", "to": "2027-03-31"},
       "credits": [{"kind": "startup", "amount": "500.00", "expires": "2027-12-31"},
        {"kind": "annual", "amount": "1200.00", "from": "2027-01-15"},
        {"kind": "balance", "name": "Left", "amount": "3.10", "from": "2027-01-01"}]}
      """
    let terms = try calculator(text).book.terms
    #expect(try calculator(terms.json.description).book.terms == terms)
    #expect(terms.credits.map(\.name) == ["Startup credits", "Annual credits", "Left"])
  }

  @Test("what is agreed for each period counts by the day in a part of one")
  func parts() throws {
    let terms = try calculator(
      """
      {"discount": "10%", "minimum": "310.00",
       "credits": [{"kind": "balance", "amount": "500.00", "most_per_period": "62.00"}]}
      """
    ).book.terms
    let part = terms.prorated(days: 15, of: 31)
    #expect(try part.minimum == money("150.00") && part.discount == terms.discount)
    #expect(try part.credits[0].mostPerPeriod == money("30.00"))
    #expect(try part.credits[0].amount == money("500.00"))
    #expect(terms.prorated(days: 31, of: 31) == terms)
  }

  @Test("terms with dates need the bill's period")
  func undated() throws {
    let calculator = try calculator(
      #"{"credits": [{"kind": "startup", "amount": "500.00", "expires": "2027-12-31"}]}"#)
    let bill = try calculator.bill(for: MeterTotals([.events: 100]))
    #expect(try bill.total == money("1.00"))
    #expect(bill.findings.all.map(\.code) == ["unknown-period"])
  }
}
