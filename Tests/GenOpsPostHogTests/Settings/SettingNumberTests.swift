import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

/// A number in a setting is what the one grammar reads, or an error: never something in between.
@Suite("Numbers in settings")
struct SettingNumberTests {
  /// What a budget of this text is; nil when it is refused, as an error of its own code.
  private func budget(_ text: String, _ read: (String) -> (AdapterSettings, Money?)) -> Money? {
    let (settings, money) = read(text)
    let codes = settings.findings.all.filter { $0.severity == .error }.map(\.code)
    #expect((money == nil) == codes.contains("setting-money"), "\(text) \(codes)")
    return money
  }

  private func variable(_ text: String) -> (AdapterSettings, Money?) {
    let settings = AdapterSettings.read(environment: ["GENOPS_WEEKLY_BUDGET_LIMIT": text])
    return (settings, settings.weeklyBudgetLimit)
  }

  private func line(_ text: String) -> (AdapterSettings, Money?) {
    var findings = Findings()
    let layer = SettingsLayer(
      lines: "GENOPS_WEEKLY_BUDGET_LIMIT=\(text)", file: ".env", &findings)
    let settings = AdapterSettings([layer], findings: findings)
    return (settings, settings.weeklyBudgetLimit)
  }

  private func member(_ text: String) -> (AdapterSettings, Money?) {
    var findings = Findings()
    let node = Node(
      .mapping([
        Node.Entry(
          key: "weekly_budget_limit", keyLocation: SourceLocation(file: "s", line: 1, column: 1),
          value: Node(
            .scalar(text: text, quoted: true), at: SourceLocation(file: "s", line: 1, column: 1)))
      ]), at: SourceLocation(file: "s", line: 1, column: 1))
    let layer = SettingsLayer(node, &findings)
    let settings = AdapterSettings([layer], findings: findings)
    return (settings, settings.weeklyBudgetLimit)
  }

  @Test(
    "are read or refused, wherever they stand",
    arguments: [
      ("200.50", 200_500_000_000), ("1,000", 1_000_000_000_000), ("1,250.5", 1_250_500_000_000),
      ("5e2", 500_000_000_000), ("1k", 1_000_000_000_000), ("0", 0), ("0.5", 500_000_000),
      // What reads as another number to a program that drops commas, or to one that stops at them.
      ("0,5", nil), ("0,005", nil), ("0,500", nil), ("200,50", nil), ("1.000,50", nil),
      ("1,00", nil), ("1 000", nil), ("1\u{a0}000", nil), ("1'000", nil), ("1_000_", nil),
      ("NaN", nil), ("nan", nil), ("inf", nil), ("-inf", nil), ("Infinity", nil), ("-5", nil),
      ("−5", nil), ("0x10", nil), ("5m", nil), ("50%", nil), ("5 to 6", nil), ("x2", nil),
      ("5 USD", nil), ("$5", nil), ("5 # per day", nil), ("1e400", nil), ("1e30", nil),
      ("0.0000000001", nil), ("٥", nil), ("lots", nil), ("5,", nil), (",5", nil),
    ] as [(String, Int64?)])
  func money(_ text: String, _ nanos: Int64?) {
    for read in [variable, line, member] {
      #expect(budget(text, read)?.nanos == nanos, "\(text)")
    }
  }

  @Test("A decimal comma is told with what would be right")
  func help() {
    let finding = variable("0,005").0.findings.all.first { $0.code == "setting-money" }
    #expect(finding?.help == "write 0.005")
    #expect(variable("1.000,50").0.findings.all.contains { $0.help == "write 1000.50" })
  }

  @Test(
    "Days, thresholds and switches too",
    arguments: ["7,5", "0,007", "1 095", "-7", "NaN", "7y", "1e-3", "0", "36601", "1e18"])
  func days(_ text: String) {
    var layer = SettingsLayer()
    layer.tags = ["data_retention_days": text, "alert_thresholds": "daily:\(text)"]
    let settings = AdapterSettings([layer])
    #expect(settings.dataRetentionDays == nil, "\(text)")
    let codes = settings.findings.all.filter { $0.severity == .error }.map(\.code)
    #expect(codes.contains("setting-days") && codes.contains("alert-thresholds"), "\(text)")
    let variable = AdapterSettings.read(environment: ["GENOPS_AUDIT_RETENTION_DAYS": text])
    #expect(variable.auditRetentionDays == nil && variable.findings.hasErrors, "\(text)")
  }

  @Test(
    "A server's Retry-After is a number of seconds or nothing",
    arguments: [
      ("3", 3), ("1.5", 1.5), ("nan", nil), ("inf", nil), ("0x10", nil), ("-1", nil), ("0,5", nil),
      ("1e12", 1e9),
    ] as [(String, Double?)])
  func retryAfter(_ text: String, _ seconds: Double?) {
    let parsed = RetryAfter.parse(text, at: Timestamp(microseconds: 0))
    #expect(parsed == seconds.map { .seconds($0) })
  }
}
