import GenOpsReporting
import GenOpsUnits
import Testing

@Suite struct TSVReportTests {
  @Test func `Fields hold no tab and no line end, and run nothing`() {
    #expect(TSVFormat.field("a,b \"c\"") == "a,b \"c\"")
    #expect(TSVFormat.field("two\r\nlines\tand a tab") == "two lines and a tab")
    #expect(TSVFormat.field("=HYPERLINK(1)") == "'=HYPERLINK(1)")
    #expect(TSVFormat.field("::error::x") == "'::error::x")
    #expect(TSVFormat.field("-12.5") == "-12.5")
  }

  @Test func `Every row has as many fields as the header`() {
    for seed in 0..<6 as Range<UInt64> {
      let text = TSVFormat.render(RandomResult(seed: seed).result, SampleContext())
      let fields = text.split(separator: "\n").map { $0.count { $0 == "\t" } }
      #expect(text.hasSuffix("\n") && fields.count > 1, "seed \(seed)")
      #expect(fields.allSatisfy { $0 == fields[0] }, "seed \(seed)")
    }
  }
}
