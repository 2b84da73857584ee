import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHog
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@Suite("Evidence for a rule set")
struct EvidenceTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  func standings(_ ledger: Ledger, _ plan: GovernancePlan, later days: Double = 0) throws
    -> [String: ControlEvidence.Standing]
  {
    let rows = try ledger.evidence(
      for: plan, at: fixture.clock.now().advanced(bySeconds: days * 86_400))
    return Dictionary(
      uniqueKeysWithValues: rows.map { ("\($0.framework) \($0.control)", $0.standing) })
  }

  @Test("says what is held and what is not, and never that it is effective")
  func rows() throws {
    let account = try fixture.account()
    let ledger = account.ledger
    var findings = Findings()
    var plan = GovernancePlan(
      mode: .strict, policies: [CompliancePolicy([.sox, .gdpr])], &findings)
    #expect(try standings(ledger, plan)["sox audit-trail"] == .gap)
    let adapter = try fixture.adapter(account) { $0.plan = plan }
    #expect(adapter.capture(fixture.event(1), consent: true).wasSent)
    try account.flush()
    let held = try standings(ledger, plan)
    #expect(held.filter { $0.value == .gap }.isEmpty)
    #expect(held["sox attribution"] == .shown && held["gdpr consent"] == .shown)
    #expect(held["gdpr organisation"] == .unknown)
    // Three years and a day later the event should have been swept.
    #expect(try standings(ledger, plan, later: 1097)["gdpr event-retention"] == .gap)
    plan.mode = .enforced
    plan.privacy.data = []
    let loose = try standings(ledger, plan)
    #expect(loose["gdpr consent"] == .gap && loose["gdpr data-rules"] == .gap)
    let other = try ledger.account("main", at: fixture.clock.now())
    let nobody = try fixture.adapter(other) { $0.attribution = .none }
    #expect(nobody.capture(fixture.event(2)).wasSent)
    try other.flush()
    #expect(try standings(ledger, plan)["sox attribution"] == .gap)
    #expect(
      try !ledger.evidence(for: plan, at: fixture.clock.now()).contains {
        $0.measured.contains("effective")
      })
  }
}
