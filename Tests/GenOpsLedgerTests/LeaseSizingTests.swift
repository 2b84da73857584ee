import GenOpsGovernance
import GenOpsLedger
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

/// Processes on one ledger whose renewals come some events late, as those of a busy queue do. Each event
/// costs 50,000 nano-units.
private struct Fleet {
  let fixture: LedgerFixture
  let limit: Int64
  var accounts: [LedgerAccount] = []
  var adapters: [PostHogAdapter] = []
  /// The event from which on a renewal that is due has come.
  var dueAt: [Int?] = []
  var wakeAt: [Timestamp?] = []
  var number = 0
  var spent: Int64 = 0

  init(_ fixture: LedgerFixture, limit: Int64) {
    self.fixture = fixture
    self.limit = limit
  }

  mutating func join(_ acceptance: Ledger.Acceptance = .soon) throws {
    let account = try fixture.account(acceptance)
    accounts.append(account)
    let adapter = try fixture.adapter(account, limit: limit)
    adapters.append(adapter)
    dueAt.append(nil)
    let now = fixture.clock.now()
    wakeAt.append(adapter.account.state.withLock { $0.nextRenewal(after: now) })
  }

  /// Captures one event, after renewals that are due by now or by their timer.
  mutating func capture(_ one: Int, lag: Int) -> CaptureOutcome {
    number += 1
    let now = fixture.clock.now()
    for index in adapters.indices {
      let isDue = dueAt[index].map { $0 <= number } ?? false
      let isAwake = wakeAt[index].map { $0 <= now } ?? false
      if isDue || isAwake { renew(index) }
    }
    let outcome = adapters[one].capture(fixture.event(number))
    if case .sent(let cost) = outcome { spent += cost?.nanos ?? 0 }
    let isDue = adapters[one].account.state.withLock { $0.isRenewalDue }
    if isDue, dueAt[one] == nil { dueAt[one] = number + 1 + lag }
    return outcome
  }

  mutating func renew(_ index: Int) {
    dueAt[index] = nil
    adapters[index].account.renewLeases()
    let now = fixture.clock.now()
    wakeAt[index] = adapters[index].account.state.withLock { $0.nextRenewal(after: now) }
  }
}

@Suite("The size of a lease")
struct LeaseSizingTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  @Test(
    "lets a single process spend a budget to its last event, and refuses it nothing before",
    arguments: 1...12)
  func single(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let events = Int64.random(in: 3...300, using: &random)
    let limit = 50_000 * events + Int64.random(in: 0..<50_000, using: &random)
    var fleet = Fleet(fixture, limit: limit)
    try fleet.join()
    let lag = Int(events / 8)
    for number in 0..<events + 20 {
      fixture.clock.advance(bySeconds: 0.01)
      let outcome = fleet.capture(0, lag: Int.random(in: 0...lag, using: &random))
      if number < events {
        #expect(outcome.wasSent, "event \(number) of \(events)")
      } else if case .refused(let refusal) = outcome {
        #expect(refusal.reason == .budget)
      } else {
        Issue.record("event \(number) of \(events) was sent")
      }
    }
    #expect(fleet.spent == 50_000 * events)
  }

  @Test("lets a first burst have fifteen sixteenths before any renewal")
  func burst() throws {
    var fleet = Fleet(fixture, limit: 50_000 * 160)
    try fleet.join()
    let sent = (0..<160).count { fleet.adapters[0].capture(fixture.event($0)).wasSent }
    #expect(sent == 150)
  }

  @Test(
    "follows use: of 90, 5 and 5 % nobody is refused for good before 95 % is spent, and never more",
    arguments: 1...4)
  func skewed(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let events = Int.random(in: 800...2000, using: &random)
    var fleet = Fleet(fixture, limit: Int64(50_000 * events) + 7)
    // Together, or one after the other while the first has all.
    let isTogether = seed % 2 == 0
    try fleet.join()
    if isTogether { for _ in 0..<2 { try fleet.join() } }
    /// What all had spent when each was refused for the first time since it last sent.
    var spentAtRefusal: [Int64?] = [nil, nil, nil]
    for step in 0..<events * 2 {
      if !isTogether, step == 20 || step == 40 { try fleet.join() }
      fixture.clock.advance(bySeconds: 0.05)
      let draw = Int.random(in: 0..<100, using: &random)
      let one = min(draw < 90 ? 0 : draw < 95 ? 1 : 2, fleet.adapters.count - 1)
      let outcome = fleet.capture(one, lag: Int.random(in: 0...3, using: &random))
      if outcome.wasSent {
        spentAtRefusal[one] = nil
      } else {
        spentAtRefusal[one] = spentAtRefusal[one] ?? fleet.spent
      }
      #expect(fleet.spent <= fleet.limit)
    }
    for spent in spentAtRefusal.compactMap(\.self) {
      #expect(spent >= fleet.limit * 95 / 100, "\(spent) of \(fleet.limit)")
    }
    #expect(fleet.spent >= fleet.limit * 95 / 100)
  }

  @Test("gives back what an idle process holds, within a look or two of the busy one")
  func givesBack() throws {
    var fleet = Fleet(fixture, limit: 50_000 * 1000)
    try fleet.join()
    // The first is alone, and spends nothing more.
    #expect(fleet.capture(0, lag: 0).wasSent)
    try fleet.join()
    var refused = 0
    for _ in 0..<980 {
      fixture.clock.advance(bySeconds: 0.1)
      if !fleet.capture(1, lag: 0).wasSent { refused += 1 }
    }
    // Refused only while the first was waited for, which looks every ten seconds.
    #expect(refused < 110, "\(refused)")
    #expect(fleet.spent >= 50_000 * 870, "\(fleet.spent)")
    for _ in 0..<300 {
      fixture.clock.advance(bySeconds: 0.1)
      _ = fleet.capture(1, lag: 0)
    }
    #expect(fleet.spent >= 50_000 * 980 && fleet.spent <= fleet.limit)
    #expect(fleet.capture(0, lag: 0).wasSent)
  }

  @Test("comes back when its process dies: all but what it may not have reported")
  func death() throws {
    for (acceptance, least) in [(Ledger.Acceptance.onDisk, Int64(160)), (.soon, 149)] {
      let fixture = try LedgerFixture()
      var fleet = Fleet(fixture, limit: 50_000 * 160)
      try fleet.join(acceptance)
      #expect(fleet.capture(0, lag: 0).wasSent)
      fleet.adapters = []
      fleet.accounts = []
      fleet.dueAt = []
      fleet.wakeAt = []
      try fleet.join(acceptance)
      for _ in 0..<200 {
        fixture.clock.advance(bySeconds: 0.1)
        _ = fleet.capture(0, lag: 0)
      }
      #expect(fleet.spent >= 50_000 * least && fleet.spent <= fleet.limit)
    }
  }

  @Test("never lets killed processes that write in the background spend more", arguments: 1...4)
  func deaths(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let events = Int64.random(in: 40...200, using: &random)
    var fleet = Fleet(fixture, limit: 50_000 * events + 7)
    for _ in 0..<2 { try fleet.join(.soon) }
    for _ in 0..<Int(events) * 4 {
      fixture.clock.advance(bySeconds: 0.05)
      let one = Int.random(in: 0..<2, using: &random)
      _ = fleet.capture(one, lag: Int.random(in: 0...5, using: &random))
      #expect(fleet.spent <= fleet.limit)
      guard Int.random(in: 0..<40, using: &random) == 0 else { continue }
      // Gone without a word; another one comes.
      let next = try fixture.account(.soon)
      fleet.adapters[one] = try fixture.adapter(next, limit: fleet.limit)
      fleet.accounts[one] = next
      fleet.dueAt[one] = nil
    }
    #expect(fleet.spent > fleet.limit / 4)
  }
}
