import GenOpsReporting
import GenOpsTestSupport
import Testing

@Suite struct CSVReportTests {
  @Test func `The sample in CSV`() {
    expectGolden(CSVFormat.render(Sample.result, SampleContext()), "report.csv")
  }

  @Test func `Fields are quoted as RFC 4180 asks and run no formula`() {
    #expect(CSVFormat.field("plain") == "plain")
    #expect(CSVFormat.field("a,b") == "\"a,b\"")
    #expect(CSVFormat.field("say \"x\"") == "\"say \"\"x\"\"\"")
    #expect(CSVFormat.field("two\r\nlines") == "two lines")
    #expect(CSVFormat.field("=HYPERLINK(1)") == "'=HYPERLINK(1)")
    #expect(CSVFormat.field("-12.5") == "-12.5")
    #expect(CSVFormat.field("@me") == "'@me")
  }

  @Test func `Every row has as many fields as the header`() {
    for seed in 0..<6 as Range<UInt64> {
      let rows = CSVFormat.render(RandomResult(seed: seed).result, SampleContext())
        .split(separator: "\r\n").map { fields(String($0)) }
      #expect(rows.allSatisfy { $0 == rows[0] }, "seed \(seed)")
    }
  }

  /// The number of fields of a row.
  private func fields(_ row: String) -> Int {
    var count = 1
    var isQuoted = false
    for character in row {
      if character == "\"" { isQuoted.toggle() }
      if character == ",", !isQuoted { count += 1 }
    }
    return count
  }
}
