import Foundation
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

  @Test("Values are recognised by their form, their look-alikes are not", arguments: ValueCase.all)
  func values(example: ValueCase) throws {
    let kind = try #require(
      ValueKind(rawValue: example.kind), "no kind is called '\(example.kind)'")
    #expect(kind.occurs(in: example.text) == example.isOne)
  }

  @Test("The list of values and look-alikes has both of every kind")
  func valueList() {
    for kind in ValueKind.allCases {
      let own = ValueCase.all.filter { $0.kind == kind.rawValue }
      #expect(own.contains(where: \.isOne) && own.contains { !$0.isOne }, "\(kind)")
    }
  }

  @Test("The published table of look-alikes is in the list")
  func publishedLookAlikes() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/compliance.md"), encoding: .utf8)
    let begin = try #require(page.range(of: "<!-- begin look-alikes -->"))
    let end = try #require(page.range(of: "<!-- end look-alikes -->"))
    let rows = page[begin.upperBound..<end.lowerBound].split(separator: "\n").dropFirst(2)
    #expect(rows.count > 30)
    for row in rows {
      // Kind and example, each between grave accents.
      let parts = row.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
      try #require(parts.count == 5, "\(row)")
      let isCase = ValueCase.all.contains {
        $0.kind == parts[1] && !$0.isOne && $0.text == parts[3]
      }
      #expect(isCase, "\(row)")
    }
  }

  @Test("A value in the name of a property is found too, and the name does not stay")
  func names() {
    func screened(_ action: DataAction) -> (event: UsageEvent, isForbidden: Bool) {
      var one = event(["ann@example.com": 1, "ok": ["at 10.1.2.3": true], "plan": "free"])
      let screen = PrivacyScreen([
        DataRule("personal", values: [.email, .ipAddress], action: action, salt: "s")
      ])
      let isForbidden = screen.screen(&one)
      return (one, isForbidden)
    }
    #expect(screened(.block).isForbidden)
    for action in [DataAction.block, .redact, .remove] {
      #expect(screened(action).event.properties == ["ok": [:], "plan": "free"])
    }
    #expect(screened(.allow).event.properties["ann@example.com"] == 1)
    guard case .object(let members) = screened(.hash).event.properties else { return }
    #expect(members.map(\.key.count) == [39, 2, 4] && members[0].key.hasPrefix("sha256:"))
  }

  @Test("A distinct id of a blocked form forbids the event; a pattern for names does not")
  func distinctIDs() {
    var one = event([:], id: "ann@example.com")
    #expect(PrivacyScreen([DataRule("p", values: [.email], action: .block)]).screen(&one))
    #expect(one.distinctID == "ann@example.com")
    #expect(!PrivacyScreen([DataRule("p", properties: ["*_id"], action: .block)]).screen(&one))
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
    // Numbers that no calendar has are the nearest that one has.
    for unit in [RetentionSpan.Unit.days, .months, .years] {
      let (none, most) = (RetentionSpan(.min, unit), RetentionSpan(.max, unit))
      #expect(none.firstKept(on: day) == day && most.firstKept(on: day) < day && none < most)
    }
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
