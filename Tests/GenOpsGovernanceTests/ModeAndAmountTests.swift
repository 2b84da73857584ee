import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("Words for modes and amounts")
struct ModeAndAmountTests {
  @Test(
    "Each mode word stands for its mode",
    arguments: [
      ("advisory", GovernanceMode.advisory), ("Enforced", .enforced), ("strict", .strict),
      ("basic", .advisory), ("standard", .enforced), ("enhanced", .enforced),
      ("regulated", .strict),
    ])
  func modeWords(word: String, mode: GovernanceMode) {
    var findings = Findings()
    #expect(GovernanceMode(word: word, &findings) == mode)
    #expect(findings.all.isEmpty)
  }

  @Test("A framework is not a mode and a mistyped word is answered with the right one")
  func modeMistakes() {
    var findings = Findings()
    #expect(GovernanceMode(word: "gdpr", &findings) == nil)
    #expect(GovernanceMode(word: "enforcd", &findings) == nil)
    #expect(GovernanceMode(word: "purple", &findings) == nil)
    #expect(findings.all.count == 3)
    #expect(findings.all[0].message.contains("compliance rules"))
    #expect(findings.all[1].help == "did you mean 'enforced'?")
    #expect(findings.all[2].help == "write advisory, enforced or strict")
  }

  @Test(
    "Amounts are read as people write them",
    arguments: [
      ("60000 USD per year", "60000.00 USD year"), ("2,500.50 eur / month", "2500.50 EUR month"),
      ("100 USD/day", "100.00 USD day"), ("7 USD a week", "7.00 USD week"),
      ("0 USD per quarter", "0.00 USD quarter"), ("60k USD/year", "60000.00 USD year"),
      ("1e6 usd per years", "1000000.00 USD year"), ("-5 USD per day", "-5.00 USD day"),
    ])
  func amounts(text: String, expected: String) {
    var findings = Findings()
    let amount = AmountPerPeriod(parsing: text, what: "a budget", at: nil, &findings)
    #expect(amount.map { "\($0.amount) \($0.currency) \($0.period.rawValue)" } == expected)
    #expect(findings.all.isEmpty)
  }

  @Test(
    "What is missing is said with the corrected line",
    arguments: [
      ("60000", "needs a currency and a period", "write: 60000 USD per month"),
      ("60000 USD", "needs a period", "write: 60000 USD per month"),
      ("60000 per year", "needs a currency", "write: 60000 USD per year"),
      ("60000 USD per fortnight", "not understood: 'fortnight'", "60000 USD per month"),
      ("inf USD per year", "not an amount", "5000 USD per month"),
      ("nan USD per year", "not an amount", "5000 USD per month"),
      ("9300000000 USD per year", "not an amount", "5000 USD per month"),
      ("60000 USD year", "not understood: 'year'", "60000 USD per year"),
      ("5m USD per month", "a million or minutes", "5M or 5 min"),
      ("0,5 USD per day", "groups of three", "write 0.5"),
      ("5 to 6 USD per day", "is an interval", "5000 USD per month"),
      ("2 * 3 USD per day", "not an amount", "5000 USD per month"),
      ("", "is empty", "5000 USD per month"),
    ])
  func amountMistakes(text: String, message: String, help: String) {
    var findings = Findings()
    #expect(AmountPerPeriod(parsing: text, what: "a budget", at: nil, &findings) == nil)
    #expect(findings.all.count == 1)
    #expect(findings.all.first?.message.contains(message) == true)
    #expect(findings.all.first?.help?.contains(help) == true)
  }
}
