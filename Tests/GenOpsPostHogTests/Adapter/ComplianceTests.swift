import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("Compliance in production")
struct ComplianceTests {
  let base = AdapterFixture()

  struct Consents: ConsentRegistry {
    let known: [String: Bool]
    func consent(of distinctID: String, for purpose: String) -> Bool? {
      purpose == "analytics" ? known[distinctID] : nil
    }
  }

  func event(_ number: Int, _ properties: JSONValue, name: String = "$pageview") -> UsageEvent {
    var event = base.event(number, name)
    event.properties = properties
    return event
  }

  @Test("Strict mode refuses what a rule forbids; the other modes send it without the property")
  func forbids() throws {
    var plan = GovernancePlan(mode: .strict)
    plan.privacy.data = [DataRule("health", properties: ["diagnosis"], action: .block)]
    let strict = try base.adapter(plan)
    #expect(strict.capture(event(1, ["diagnosis": "x"])) == .refused(Refusal(.compliance)))
    #expect(strict.privacyTally["health"]?.forbidden == 1)
    for mode in [GovernanceMode.advisory, .enforced] {
      plan.mode = mode
      let other = try base.adapter(plan)
      #expect(other.capture(event(1, ["diagnosis": "x", "a": 1])).wasSent)
    }
    #expect(base.transport.all.map(\.event.properties) == [["a": 1], ["a": 1]])
  }

  @Test("What must not leave is taken out even when governance is off")
  func governanceOff() throws {
    var plan = GovernancePlan(mode: .strict)
    plan.privacy.data = [DataRule("personal", properties: ["email"], action: .block)]
    let adapter = try base.adapter(plan) { $0.isGovernanceEnabled = false }
    #expect(adapter.capture(event(1, ["email": "a@b.com"])).wasSent)
    #expect(base.transport.all.first?.event.properties == [:])
  }

  @Test("Consent is looked up where the call does not say it; unknown is refused, exempt is sent")
  func consent() throws {
    var plan = GovernancePlan(mode: .strict)
    plan.privacy.consent = ConsentRule(purpose: "analytics", exempt: ["$exception"])
    let adapter = try base.adapter(plan) {
      $0.consents = Consents(known: ["user-1": true, "user-2": false])
    }
    #expect(adapter.capture(base.event(1)).wasSent)
    #expect(adapter.capture(base.event(2)) == .refused(Refusal(.compliance)))
    #expect(adapter.capture(base.event(3)) == .refused(Refusal(.consentUnknown)))
    #expect(adapter.capture(base.event(3), consent: true).wasSent)
    #expect(adapter.capture(base.event(4, "$exception")).wasSent)
  }

  @Test("A framework that asks for an audit log does not start in strict mode without a ledger")
  func audit() throws {
    let error = #expect(throws: FindingsError.self) {
      try base.adapter(GovernancePlan(mode: .strict, compliance: [.sox]))
    }
    #expect(error?.findings.all.map(\.code) == ["audit-without-ledger"])
  }

  @Test(
    "The other modes begin, and say that no audit log is kept",
    arguments: [GovernanceMode.enforced, .advisory])
  func auditMissing(mode: GovernanceMode) throws {
    let told = Mutex<[Finding]>([])
    let adapter = try base.adapter(GovernancePlan(mode: mode, compliance: [.sox])) {
      $0.onFinding = { finding in told.withLock { $0.append(finding) } }
    }
    #expect(told.withLock { $0.map(\.code) } == ["audit-without-ledger"])
    let message = "sox asks for an audit log, and there is no ledger to keep it in"
    #expect(
      told.withLock { $0.allSatisfy { $0.severity == .warning && $0.message.hasPrefix(message) } })
    #expect(adapter.findings().all.contains { $0.code == "audit-without-ledger" })
    // With a ledger, and without a framework that asks for one, there is nothing to say.
    for (frameworks, journal) in [([ComplianceFramework.sox], true), ([.gdpr], false), ([], false)]
    {
      told.withLock { $0 = [] }
      _ = try base.adapter(GovernancePlan(mode: mode, compliance: frameworks)) {
        $0.journal = journal ? Journal(claimsWritable: true) : nil
        $0.onFinding = { finding in told.withLock { $0.append(finding) } }
      }
      #expect(told.withLock { $0.isEmpty })
    }
  }

  /// A journal in memory whose disk can be full.
  final class Journal: EventJournal {
    let isFull = Mutex(false)
    let entries = Mutex<[JournalEntry]>([])
    let refusals = Mutex<[RefusalReason]>([])
    let claimsWritable: Bool
    init(claimsWritable: Bool) { self.claimsWritable = claimsWritable }

    struct Full: Error {}
    var isWritable: Bool { claimsWritable || !isFull.withLock { $0 } }
    func accept(_ entry: JournalEntry, use: () -> LeaseUse?) throws {
      if isFull.withLock({ $0 }) { throw Full() }
      entries.withLock { $0.append(entry) }
    }
    func count(
      _ usage: Usage, _ outcome: RecordOutcome, attribution: Attribution, at instant: Timestamp,
      use: () -> LeaseUse?
    ) throws { if isFull.withLock({ $0 }) { throw Full() } }
    func refuse(
      _ event: UsageEvent, _ refusal: Refusal, attribution: Attribution, at instant: Timestamp
    ) { refusals.withLock { $0.append(refusal.reason) } }
  }

  @Test("What cannot be written is refused, not sent, and offered again it is not paid for twice")
  func fullDisk() throws {
    let journal = Journal(claimsWritable: true)
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000)])
    ) { $0.journal = journal }
    #expect(adapter.capture(base.event(1)).wasSent)
    journal.isFull.withLock { $0 = true }
    #expect(adapter.capture(base.event(2)) == .refused(Refusal(.ledgerUnavailable)))
    #expect(base.transport.all.count == 1)
    #expect(adapter.findings().all.contains { $0.code == "ledger-unwritten" })
    journal.isFull.withLock { $0 = false }
    #expect(adapter.capture(base.event(2)) == .sent(cost: Money(nanos: 50_000)))
    #expect(adapter.capture(base.event(2)) == .duplicate)
    #expect(journal.entries.withLock { $0.count } == 2 && base.transport.all.count == 2)
    #expect(!adapter.findings().all.contains { $0.code == "ledger-unwritten" })
    #expect(!adapter.capture(base.event(3)).wasSent)
    #expect(journal.refusals.withLock { $0 } == [.budget])
  }

  @Test("A journal known to be full costs no budget; advisory mode goes on without it")
  func knownFull() throws {
    let journal = Journal(claimsWritable: false)
    journal.isFull.withLock { $0 = true }
    let plan = GovernancePlan(mode: .enforced, budgets: [base.dayBudget(100_000)])
    let enforced = try base.adapter(plan) { $0.journal = journal }
    for number in 0..<10 {
      #expect(enforced.capture(base.event(number)) == .refused(Refusal(.ledgerUnavailable)))
    }
    journal.isFull.withLock { $0 = false }
    #expect(enforced.capture(base.event(1)).wasSent && enforced.capture(base.event(2)).wasSent)
    journal.isFull.withLock { $0 = true }
    let advisory = try base.adapter { $0.journal = journal }
    #expect(advisory.capture(base.event(1)).wasSent)
    #expect(advisory.findings().all.contains { $0.code == "ledger-forwarded" })
  }

  @Test("An event without a uuid gets one, so that the journal knows it again")
  func uuids() throws {
    let journal = Journal(claimsWritable: true)
    let adapter = try base.adapter { $0.journal = journal }
    var event = base.event(1)
    event.uuid = nil
    adapter.capture(event)
    adapter.capture(event)
    let uuids = journal.entries.withLock { $0.map(\.event.uuid) }
    #expect(uuids.count == 2 && uuids[0] != nil && uuids[0] != uuids[1])
    #expect(uuids == base.transport.all.map(\.event.uuid))
  }
}
