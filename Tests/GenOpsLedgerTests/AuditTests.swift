import Foundation
import GRDB
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@testable import GenOpsLedger

@Suite("The audit log")
struct AuditTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  func filled() throws -> Ledger {
    let account = try fixture.account()
    var plan = GovernancePlan(mode: .strict, compliance: [.hipaa])
    plan.privacy.data = ComplianceFramework.hipaa.dataRules
    let adapter = try fixture.adapter(account) { $0.plan = plan }
    for number in 0..<6 {
      adapter.capture(fixture.event(number), consent: true)
      try account.flush()
    }
    adapter.capture(fixture.event(7))
    var forbidden = fixture.event(8)
    forbidden.properties = ["diagnosis": "E11"]
    adapter.capture(forbidden, consent: true)
    try account.setConsent(true, of: "user-1", for: "analytics", at: fixture.clock.now())
    try account.flush()
    return account.ledger
  }

  @Test("Holds what was accepted, refused and changed, in a chain")
  func chain() throws {
    let ledger = try filled()
    let verdict = try ledger.verifyAudit()
    #expect(verdict.holds && verdict.verified >= 9)
    let entries = try ledger.audit()
    #expect(entries.last?.digest == verdict.head)
    let refused = entries.filter { $0.kind == "event-refused" }
    #expect(refused.compactMap { $0.body["reason"]?.string } == ["consent-unknown", "compliance"])
    #expect(entries.contains { $0.kind == "consent-given" })
    // No person is named, so that an erasure need not touch the log.
    #expect(!entries.contains { $0.body.description.contains("user-") })
  }

  @Test(
    "A changed, removed, reordered or added entry is found",
    arguments: [
      "UPDATE audit SET body = replace(body, '0.00', '9.99') WHERE seq = 2",
      "UPDATE audit SET at = at + 1 WHERE seq = 3", "UPDATE audit SET kind = 'x' WHERE seq = 4",
      "UPDATE audit SET account = '' WHERE seq = 2", "DELETE FROM audit WHERE seq = 3",
      "DELETE FROM audit WHERE seq = 1",
      """
      UPDATE audit SET digest = (SELECT digest FROM audit WHERE seq = 5) WHERE seq = 4
      """,
      """
      INSERT INTO audit SELECT MAX(seq) + 1, at, account, kind, body, previous, digest FROM audit
      """,
    ])
  func tampering(statement: String) throws {
    let ledger = try filled()
    try ledger.write { try $0.execute(sql: statement) }
    #expect(try !ledger.verifyAudit().holds)
  }

  @Test("Newest entries that were cut off are found with an earlier head")
  func cutOff() throws {
    let ledger = try filled()
    let head = try ledger.verifyAudit().head
    try ledger.write {
      try $0.execute(sql: "DELETE FROM audit WHERE seq = (SELECT MAX(seq) FROM audit)")
    }
    #expect(try ledger.verifyAudit().holds)
    #expect(try !ledger.verifyAudit(head: head).holds)
  }

  @Test("A sweep deletes by calendar years and leaves a chain that holds")
  func sweep() throws {
    let ledger = try filled()
    var plan = GovernancePlan(compliance: [.hipaa])
    plan.privacy.retention = RetentionRules(
      events: RetentionSpan(30, .days), audit: RetentionSpan(90, .days))
    let later = fixture.clock.now().advanced(bySeconds: 86_400 * 40)
    let first = try ledger.sweep(plan, at: later)
    // The framework's six years win over 90 days.
    #expect(first == SweepReport(events: 6, undelivered: 6, usage: 0, auditEntries: 0))
    let inSixYears = fixture.clock.now().advanced(bySeconds: 86_400 * 366 * 6)
    let second = try ledger.sweep(plan, at: inSixYears)
    #expect(second.auditEntries > 5)
    #expect(try ledger.verifyAudit().holds)
    try ledger.note("approved", ["by": "cfo"], at: inSixYears)
    #expect(try ledger.verifyAudit().holds)
    try ledger.write { try $0.execute(sql: "DELETE FROM audit WHERE kind = 'audit-swept'") }
    #expect(try !ledger.verifyAudit().holds)
  }

  @Test("A legal hold keeps what was decided from its day on, whatever the rules say")
  func hold() throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account)
    for number in 0..<4 {
      #expect(adapter.capture(fixture.event(number)).wasSent)
      fixture.clock.advance(bySeconds: 86_400)
      adapter.account.renewLeases()
    }
    let first = fixture.clock.now().day.advanced(by: -4)
    var plan = GovernancePlan()
    plan.privacy.retention = RetentionRules(
      events: RetentionSpan(1, .days), usage: RetentionSpan(1, .days),
      audit: RetentionSpan(1, .days))
    let later = fixture.clock.now().advanced(bySeconds: 86_400 * 400)
    // One day of four lies before the hold.
    let held = try account.ledger.sweep(plan, at: later, holdingFrom: first.advanced(by: 1))
    #expect(held.events == 1 && held.usage == 1)
    #expect(try account.waitingCount() == 3)
    #expect(try account.ledger.verifyAudit().holds)
    // The matter is over.
    let rest = try account.ledger.sweep(plan, at: later)
    #expect(rest.events == 3 && rest.usage == 3)
    #expect(try account.ledger.verifyAudit().holds)
  }

  @Test("A legal hold is remembered: sweeps of other processes keep what it covers, until it ends")
  func rememberedHold() throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account)
    for number in 0..<4 {
      #expect(adapter.capture(fixture.event(number)).wasSent)
      fixture.clock.advance(bySeconds: 86_400)
      adapter.account.renewLeases()
    }
    let (ledger, now) = (account.ledger, fixture.clock.now())
    let first = now.day.advanced(by: -4)
    var plan = GovernancePlan()
    plan.privacy.retention = RetentionRules(
      events: RetentionSpan(1, .days), usage: RetentionSpan(1, .days),
      audit: RetentionSpan(1, .days))
    try ledger.hold("case 7", from: first.advanced(by: 3), at: now)
    // Set again: the earlier of two days is the one that counts, whatever their order.
    try ledger.hold("case 7", from: first.advanced(by: 2), at: now)
    try ledger.hold("case 9", from: first.advanced(by: 3), at: now)
    let other = try fixture.open()
    #expect(
      try other.holds() == [
        LegalHold(name: "case 7", firstDay: first.advanced(by: 2), since: now),
        LegalHold(name: "case 9", firstDay: first.advanced(by: 3), since: now),
      ])
    let later = now.advanced(bySeconds: 86_400 * 400)
    #expect(try other.sweep(plan, at: later).events == 2)
    #expect(try other.sweep(plan, at: later, holdingFrom: first).events == 0)
    #expect(try other.endHold("case 7", at: later) && !other.endHold("case 7", at: later))
    #expect(try ledger.sweep(plan, at: later).events == 1)
    #expect(try ledger.endHold("case 9", at: later) && ledger.holds().isEmpty)
    #expect(try ledger.sweep(plan, at: later).events == 1)
    #expect(try ledger.verifyAudit().holds)
  }

  @Test("An erased person is not to be found in any byte of the file")
  func erasure() throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account)
    let person = "person-4711@example.com"
    for number in 0..<20 {
      adapter.capture(fixture.event(number, person: number % 2 == 0 ? person : nil))
    }
    try account.setConsent(false, of: person, for: "analytics", at: fixture.clock.now())
    #expect(try account.events(of: person).count == 10)
    #expect(try account.erase(person, at: fixture.clock.now()) == 10)
    #expect(try account.events(of: person).isEmpty && account.waitingCount() == 10)
    #expect(account.consent(of: person, for: "analytics") == nil)
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path) {
      let bytes = try Data(contentsOf: fixture.folder.appendingPathComponent(name))
      #expect(bytes.range(of: Data(person.utf8)) == nil, "\(name)")
    }
    #expect(try account.ledger.verifyAudit().holds)
    let day = fixture.clock.now().day
    #expect(try account.usage(from: day, to: day).reduce(0) { $0 + $1.sent } == 20)
  }
}
