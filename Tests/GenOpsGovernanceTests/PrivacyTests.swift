import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("What may leave")
struct PrivacyTests {
  func event(_ properties: JSONValue, id: String = "user-1") -> UsageEvent {
    UsageEvent(
      name: "signup", distinctID: id, timestamp: Timestamp(microseconds: 0), properties: properties)
  }

  @Test("Properties are changed by name and by value, at any depth, and counted by class")
  func screens() {
    let screen = PrivacyScreen([
      DataRule("public", properties: ["email_domain"], action: .allow),
      DataRule("personal", properties: ["email*"], values: [.email], action: .redact),
      DataRule("account", properties: ["distinct_id", "account"], action: .hash, salt: "s"),
      DataRule("trace", properties: ["$ip"], action: .remove),
    ])
    var one = event(
      [
        "email": "a@b.com", "email_domain": "b.com", "$ip": "1.2.3.4", "plan": "free",
        "$set": ["email": "a@b.com", "contact": "write to a@b.com, please"],
        "list": ["x", "c@d.org"], "account": 7,
      ])
    #expect(!screen.screen(&one))
    #expect(one.properties["email"] == "[redacted]" && one.properties["email_domain"] == "b.com")
    #expect(one.properties["$ip"] == nil && one.properties["plan"] == "free")
    #expect(one.properties["$set"] == ["email": "[redacted]", "contact": "[redacted]"])
    #expect(one.properties["list"] == ["x", "[redacted]"])
    let text = Digest.sha256(Array("s\u{0}7".utf8)).prefix(32)
    #expect(one.properties["account"] == .string("sha256:\(text)"))
    #expect(one.distinctID.hasPrefix("sha256:"))
    #expect(screen.tally["personal"]?.changed == 4 && screen.tally["trace"]?.changed == 1)
    var same = event([:])
    _ = screen.screen(&same)
    #expect(same.distinctID == one.distinctID)
  }

  @Test("A forbidden property forbids the event and leaves it all the same")
  func blocks() {
    let screen = PrivacyScreen(ComplianceFramework.hipaa.dataRules)
    var one = event(["diagnosis_code": "E11", "ok": true])
    #expect(screen.screen(&one))
    #expect(one.properties == ["ok": true])
    #expect(screen.tally["health"]?.forbidden == 1)
    var other = event(["ok": true])
    #expect(!screen.screen(&other))
  }

  @Test(
    "Values are recognised by their form",
    arguments: [
      (ValueKind.email, "me: jo.doe@example.co", true), (.email, "@home", false),
      (.email, "a@b", false), (.email, "two@at@x.com", false),
      (.cardNumber, "4111 1111 1111 1111", true), (.cardNumber, "4111111111111112", false),
      (.cardNumber, "0000000000000000", false), (.cardNumber, "no 5500-0000-0000-0004.", true),
      (.ssn, "078-05-1120", true), (.ssn, "000-05-1120", false), (.ssn, "078-05-112", false),
      (.ipAddress, "from 10.0.0.255", true), (.ipAddress, "10.0.0.256", false),
      (.ipAddress, "1.2.3", false), (.apiKey, "key=ghp_0123456789abcdef", true),
      (.apiKey, "sk-short", false), (.apiKey, "eyJhbGciOi.eyJzdWIiOi.abc", true),
    ])
  func values(kind: ValueKind, text: String, expected: Bool) {
    #expect(kind.occurs(in: text) == expected, "\(kind) in \(text)")
  }

  @Test("A region allows its own hosts only, whatever the form of the address")
  func residency() {
    let eu = Residency(.eu, hosts: ["https://posthog.example.eu"])
    for host in [
      "eu.posthog.com", "https://eu.i.posthog.com/batch/", "EU.i.posthog.com:443",
      "eu-assets.i.posthog.com",
      "posthog.example.eu",
    ] { #expect(eu.allows(host: host), "\(host)") }
    for host in [
      "us.i.posthog.com", "app.posthog.com", "https://eu.i.posthog.com.evil.org", "eu.evil.org",
      "https://eu.i.posthog.com@evil.org/", "posthog.example.com", "euposthog.com", "",
    ] { #expect(!eu.allows(host: host), "\(host)") }
    #expect(Residency(.us).allows(host: "https://app.posthog.com"))
    #expect(PrivacyRules.none.allows(host: "anywhere.example"))
  }

  @Test("Years are calendar years; the audit log is never kept shorter than a framework asks for")
  func retention() throws {
    let day = try #require(CalendarDay("2027-02-28"))
    #expect(RetentionSpan(7, .years).firstKept(on: day) == CalendarDay("2020-02-28"))
    let leap = try #require(CalendarDay("2028-02-29"))
    #expect(RetentionSpan(1, .years).firstKept(on: leap) == CalendarDay("2027-02-28"))
    #expect(RetentionSpan("1095")?.firstKept(on: day) == day.advanced(by: -1095))
    #expect(RetentionSpan("6 months")?.description == "6 months")
    #expect(RetentionSpan("-1 days") == nil && RetentionSpan("soon") == nil)
    var findings = Findings()
    let plan = GovernancePlan(
      mode: .strict,
      policies: [
        CompliancePolicy([.sox]),
        RetentionPolicy(RetentionRules(audit: RetentionSpan(2555, .days))),
      ], &findings)
    #expect(findings.all.map(\.code) == ["retention-too-short"])
    #expect(plan.auditRetention == RetentionSpan(7, .years))
  }

  @Test(
    "What each set of rules asks for: consent, an audit log and how long, an owner, a sweep",
    arguments: [
      (ComplianceFramework.sox, "- audit 7 years team,cost_center -"),
      (.gdpr, "consent - - - 3 years"), (.hipaa, "consent audit 6 years - -"),
    ])
  func frameworks(framework: ComplianceFramework, expected: String) {
    let dimensions = framework.requiredDimensions.joined(separator: ",")
    let words = [
      framework.needsConsent ? "consent" : "-", framework.needsAudit ? "audit" : "-",
      framework.auditFloor?.description ?? "-", dimensions.isEmpty ? "-" : dimensions,
      framework.retention.events?.description ?? "-",
    ]
    #expect(words.joined(separator: " ") == expected)
  }

  @Test("Frameworks unite, and the strictest wins")
  func unites() throws {
    var findings = Findings()
    let node = try JSONParser.parse(Array(#""SOX, gdpr""#.utf8), file: "p")
    let policy = try #require(CompliancePolicy(node, &findings))
    #expect(policy.frameworks == [.sox, .gdpr] && findings.all.isEmpty)
    let plan = GovernancePlan(
      mode: .strict,
      policies: [policy, RetentionPolicy(RetentionRules(events: RetentionSpan(30, .days)))],
      &findings)
    #expect(plan.needsConsent && plan.privacy.retention.events == RetentionSpan(30, .days))
    #expect(policy.sideEffect.contains("team, cost_center"))
    let wrong = try JSONParser.parse(Array(#"["gdrp", "hipa"]"#.utf8), file: "p")
    #expect(CompliancePolicy(wrong, &findings) == nil)
    #expect(findings.all.map(\.help) == ["did you mean 'gdpr'?", "did you mean 'hipaa'?"])
  }
}
