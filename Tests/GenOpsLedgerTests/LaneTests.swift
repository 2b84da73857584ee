import GRDB
import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsLedger
@testable import GenOpsPostHog

@Suite("Ways of events, and events accepted together")
struct LaneTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  private func passing(_ number: Int, lane: String) -> PassingEvent {
    PassingEvent(fixture.event(number)) { changed, stamp, instant in
      OutgoingEvent(uuid: EventUUID(high: 1, low: UInt64(number)), json: "{}", lane: lane)
    }
  }

  @Test("Each way gives its own events, to this process and to the next")
  func lanes() async throws {
    do {
      let account = try fixture.account(.onDiskSynced)
      let adapter = try fixture.adapter(account)
      let kept = Mutex<[Bool]>([])
      let outcomes = await adapter.pass([
        passing(1, lane: "a"), passing(2, lane: "b"), passing(3, lane: "a"),
      ]) { _, isKept in kept.withLock { $0.append(isKept) } }
      #expect(outcomes.allSatisfy(\.wasSent) && kept.withLock { $0 } == [true, true, true])
      #expect(try account.lane("a").pending(limit: 10).map(\.uuid.low) == [1, 3])
      #expect(try account.pending(limit: 10).isEmpty)
      #expect(try account.waitingLanes() == ["a", "b"])
      account.lane("a").confirm(uuids: [EventUUID(high: 1, low: 1)])
    }
    let next = try fixture.account()
    #expect(try next.lane("a").pending(limit: 10).map(\.uuid.low) == [3])
    #expect(try next.lane("b").pending(limit: 10).map(\.uuid.low) == [2])
    #expect(
      try next.events(since: Timestamp(microseconds: 0), limit: 2).map(\.uuid?.low) == [2, 3])
  }

  @Test("A copy is answered when what it is a copy of is written, and is not sent")
  func copies() async throws {
    let account = try fixture.account(.onDiskSynced)
    let adapter = try fixture.adapter(account)
    let first = await adapter.pass([passing(1, lane: ""), passing(1, lane: "")]) { _, _ in }
    let second = await adapter.pass([passing(1, lane: "")]) { _, _ in Issue.record("sent again") }
    #expect(first.map(\.id) == ["sent", "duplicate"] && second.map(\.id) == ["duplicate"])
    #expect(try account.waitingCount() == 1)
  }

  @Test(
    "What is refused by a budget costs nothing, and what is charged is in the file with the events")
  func charged() async throws {
    let account = try fixture.account(.onDiskSynced)
    let adapter = try fixture.adapter(account, limit: 16 * 50_000)
    let outcomes = await adapter.pass((1...20).map { passing($0, lane: "") }) { _, _ in }
    // The last sixteenth is leased later.
    #expect(outcomes.filter(\.wasSent).count == 15)
    let spent = try account.ledger.read { db in
      try Int64.fetchOne(db, sql: "SELECT SUM(spent) FROM budget_share")
    }
    #expect((spent ?? 0) == Int64(750_000))
  }

  @Test("An event that the plan has no say in is refused undecided")
  func faults() async throws {
    let account = try fixture.account(.onDiskSynced)
    let adapter = try fixture.adapter(account)
    var large = passing(1, lane: "")
    large.fault = .tooLarge
    let outcomes = await adapter.pass([large]) { _, _ in }
    #expect(
      outcomes.map(\.id) == ["too-large"] && adapter.snapshot().budgets[0].window.spent == .zero)
  }

  @Test("A full disk: enforced mode takes nothing more, and what it took is there")
  func fullDisk() async throws {
    let ledger = try fixture.open(.onDiskSynced, mostPages: 96)
    let account = try ledger.account("main", clock: fixture.clock)
    let adapter = try fixture.adapter(account)
    let text = String(repeating: "x", count: 2000)
    var accepted = 0
    for number in 0..<400 {
      let event = PassingEvent(fixture.event(number)) { _, _, _ in
        OutgoingEvent(uuid: EventUUID(high: 1, low: UInt64(number)), json: text)
      }
      let outcome = await adapter.pass([event]) { _, isKept in #expect(isKept) }[0]
      if outcome.wasSent { accepted += 1 } else { #expect(outcome.id == "ledger-unavailable") }
    }
    #expect(accepted > 10 && accepted < 400)
    #expect(try account.waitingCount() == accepted)
  }
}
