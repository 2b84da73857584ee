import GenOpsTestSupport
import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsNumerics

@Suite("Rates as text")
struct RateTextTests {
  func read(_ text: String, _ kind: RateText.Kind = .compound) -> (UncertainValue?, [Finding]) {
    var findings = Findings()
    let value = RateText.read(scalar(text), key: "events", as: kind, &findings)
    return (value, findings.all)
  }

  @Test(
    "a single rate is exact",
    arguments: [
      ("2% per month", RateText.Kind.compound, 0.02), ("2 % per month", .compound, 0.02),
      ("+15%/month", .compound, 0.15), ("1e1% per month", .compound, 0.1),
      ("2 percent a Month", .compound, 0.02), ("-1.5% per month", .compound, -0.015),
      ("21% per year", .compound, pow(1.21, 1 / 12.0) - 1),
      ("1% per quarter", .compound, pow(1.01, 1 / 3.0) - 1),
      ("1% per day", .compound, pow(1.01, 30.4375) - 1),
      ("1% per week", .compound, pow(1.01, 30.4375 / 7) - 1),
      ("12% per year", .proportional, 0.01), ("7% per week", .proportional, 0.304375),
      ("25% per year", .volatility, 0.25), ("10% per month", .volatility, 0.1 * 12.0.squareRoot()),
      ("0%", .compound, 0), ("0", .compound, 0),
    ])
  func single(text: String, kind: RateText.Kind, expected: Double) throws {
    let (value, findings) = read(text, kind)
    guard case .constant(let number)? = value else {
      // "0" alone lacks its unit and must be said so.
      #expect(text == "0" && findings.count == 1)
      return
    }
    #expect(findings.isEmpty)
    #expect(abs(number - expected) < 1e-12 * max(1, abs(expected)))
  }

  @Test("an interval's ends are the 5 % and 95 % points after the change of period")
  func interval() {
    let (value, findings) = read("2% to 6% per month")
    #expect(findings.isEmpty)
    #expect(abs((value?.quantile(0.05) ?? 0) - 0.02) < 1e-12)
    #expect(abs((value?.quantile(0.95) ?? 0) - 0.06) < 1e-12)
    #expect(read("2 to 6% per month").0 == value)
    let yearly = read("10% to 40% per year").0
    #expect(abs((yearly?.quantile(0.95) ?? 0) - (pow(1.4, 1 / 12.0) - 1)) < 1e-12)
    guard case .distribution(let distribution)? = read("-2% to 3% per month").0 else {
      Issue.record("no distribution")
      return
    }
    #expect(distribution is NormalDistribution)
    let loss = read("20% per year", .loss).0
    #expect(abs((loss?.mean ?? 0) - (1 - pow(0.8, 1 / 12.0))) < 1e-12)
    #expect(read("100% per month", .loss).1.map(\.code) == ["rate"])
  }

  @Test(
    "what is missing or wrong is said with the corrected line",
    arguments: [
      ("2 to 6 per month", "rate-unit", "events: 2% to 6% per month"),
      ("2% to 6%", "rate-period", "events: 2% to 6% per month"),
      ("2 to 6", "rate-unit", "events: 2% to 6% per month"),
      ("3% per mounth", "rate-period", "events: 3% per month"),
      ("6% to 2% per month", "interval", "events: 2% to 6% per month"),
      ("fast", "rate", "events: 2% to 6% per month"),
      ("x2 per month", "rate", "events: 2% to 6% per month"),
      ("2% to 3% to 4% per month", "rate", "events: 2% to 6% per month"),
      ("0,5% per month", "rate", "write 0.5"),
      (
        "2-6% per month", "rate",
        "did you mean '2% to 6% per month'?"
      ),
      ("inf% per month", "rate", "events: 2% to 6% per month"),
    ])
  func wrong(text: String, code: String, help: String) {
    let (value, findings) = read(text)
    #expect(value == nil)
    #expect(findings.map(\.code) == [code])
    #expect(findings.first?.help == help)
    #expect(findings.first?.location?.description == "test.yaml:8:11")
  }

  @Test("a fall of everything and a negative volatility are refused")
  func impossible() {
    #expect(read("-100% per month").1.map(\.code) == ["rate"])
    #expect(read("-3% per year", .volatility).1.map(\.code) == ["rate"])
  }

  @Test("a distribution can be spelled out")
  func distribution() {
    var findings = Findings()
    let node = mapping("dist: normal\nmean: 4% per month\nsd: 1% per month")
    let value = RateText.read(node, key: "events", as: .compound, &findings)
    #expect(value == .normal(mean: 0.04, sd: 0.01))
    #expect(findings.all.isEmpty)
    let wrong = mapping("dist: norml\nmean: 4% per month")
    #expect(RateText.read(wrong, key: "events", as: .compound, &findings) == nil)
    #expect(findings.all.map(\.help) == ["did you mean 'normal'?"])
  }
}
