import GenOpsMetering
import GenOpsUnits
import Testing

@Suite("Texts of usage")
struct TextTests {
  @Test(
    "quantities",
    arguments: [
      ("0", 0), ("10", 10), ("10_000_000", 10_000_000), ("2M", 2_000_000), ("1,000", 1_000),
      ("1.5k", 1_500), ("0.5B", 500_000_000), ("1T", 1_000_000_000_000), ("1e6", 1_000_000),
      ("2.5e3", 2_500), (" 7 ", 7), ("+7", 7), ("7.000", 7), ("-0", 0),
      ("9223372036854775807", Int64.max),
    ])
  func quantities(_ text: String, _ expected: Int64) throws {
    #expect(try QuantityText.parse(text) == expected)
  }

  @Test(
    "texts that are not quantities",
    arguments: [
      ("", QuantityTextError.notANumber("")), ("x", .notANumber("x")), ("1x", .notANumber("1x")),
      ("1MM", .notANumber("1MM")), ("M", .notANumber("M")),
      ("2m", .unclear("'2m' could be a million or minutes", help: "write 2M or 2 min")),
      (
        "0,5",
        .unclear(
          "the comma in '0,5' does not stand between groups of three digits", help: "write 0.5")
      ),
      ("1e", .notANumber("1e")), ("1e99", .outOfRange("1e99")), ("1.2.3", .notANumber("1.2.3")),
      ("-1", .negative("-1")), ("1.5", .notWhole("1.5")), ("1.2345k", .notWhole("1.2345k")),
      ("9223372036854775808", .outOfRange("9223372036854775808")),
      ("10000000000B", .outOfRange("10000000000B")),
    ])
  func noQuantities(_ text: String, _ expected: QuantityTextError) {
    #expect(throws: expected) { try QuantityText.parse(text) }
  }

  @Test("a usage text reads back as it was said")
  func roundTrip() {
    var findings = Findings()
    let totals = UsageText.parse("llm=5, flags = 2k,events=1M", &findings)
    #expect(findings.all.isEmpty)
    let text = UsageText.describe(totals)
    #expect(text == "events=1000000,feature_flag_requests=2000,llm_events=5")
    #expect(UsageText.parse(text, &findings) == totals)
    #expect(UsageText.describe(MeterTotals()) == "events=0")
  }

  @Test("every mistake in a usage text has its column")
  func columns() {
    var findings = Findings()
    _ = UsageText.parse(
      "events=1,evnts=2,flags=x", at: SourceLocation(file: "--usage", line: 1, column: 1), &findings
    )
    #expect(findings.all.map { $0.location?.description } == ["--usage:1:10", "--usage:1:24"])
  }

  @Test("every name of a meter means one meter only")
  func names() {
    var owner: [String: Meter] = [:]
    for meter in Meter.allCases {
      for name in [meter.id] + meter.information.aliases {
        #expect(owner[name] == nil || owner[name] == meter, "\(name)")
        owner[name] = meter
        #expect(Meter(named: name) == meter)
      }
    }
  }

  @Test("uuids read and write the same 128 bits")
  func uuids() {
    let text = "0191d6b0-0000-7000-8000-000000000001"
    #expect(EventUUID(text)?.description == text)
    #expect(EventUUID(text.uppercased()) == EventUUID(text.filter { $0 != "-" }))
    for wrong in [
      "", "x", "0191d6b0-0000-7000-8000-00000000000", "0191d6b0-0000-7000-8000-00000000000g",
      "0191d6b00-000-7000-8000-000000000001", "0191d6b0-0000-7000-8000-0000000000011",
    ] {
      #expect(EventUUID(wrong) == nil, "\(wrong)")
    }
  }
}
