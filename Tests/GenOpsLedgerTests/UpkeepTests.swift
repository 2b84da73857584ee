import Foundation
import GRDB
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsLedger
@testable import GenOpsPostHog

@Suite("A ledger's upkeep")
struct UpkeepTests {
  let fixture: LedgerFixture
  init() throws { fixture = try LedgerFixture() }

  private var retention: RetentionRules { RetentionRules(events: RetentionSpan(2, .days)) }

  @Test("It sweeps once a day by the adapter's own rules, and a hold keeps what it covers")
  func sweeps() async throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account) { $0.plan.privacy.retention = retention }
    #expect(adapter.capture(fixture.event(1)).wasSent)
    let clock = fixture.clock
    let first = clock.now().day
    // Each look is half a day later, and the hold is over after the seventh: on the fourth day from the
    // first. Without it the event would have been deleted on the third.
    let looks = Mutex<[Int]>([])
    let asked = Mutex(0)
    let upkeep = LedgerUpkeep(account, of: adapter) {
      asked.withLock { $0 += 1 }
      return looks.withLock { $0.count } < 7 ? first : nil
    } pause: { wait in
      #expect(wait == .seconds(3600))
      let count = try account.waitingCount()
      let isOver = looks.withLock {
        $0.append(count)
        return $0.count == 10
      }
      if isOver { throw CancellationError() }
      clock.advance(bySeconds: 43_200)
    }
    try await upkeep.run()
    #expect(looks.withLock { $0 } == [1, 1, 1, 1, 1, 1, 1, 0, 0, 0])
    // Ten looks on six days.
    #expect(asked.withLock { $0 } == 6)
    let swept = try fixture.open().audit().filter { $0.kind == "swept" }
    #expect(swept.count == 1)
  }

  @Test(
    "At the end leases are given back and the account is closed, so that another may send the rest")
  func end() async throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account)
    #expect(adapter.capture(fixture.event(1)).wasSent)
    let other = try fixture.account()
    #expect(try other.pending(limit: 10).isEmpty)
    let running = Task { try await LedgerUpkeep(account, of: adapter).run() }
    running.cancel()
    try await running.value
    #expect(account.isClosed)
    #expect(try other.pending(limit: 10).map(\.uuid) == [EventUUID(high: 1, low: 1)])
  }

  @Test("A sweep that fails is told at the end, and the rest is done all the same")
  func failing() async throws {
    let account = try fixture.account()
    let adapter = try fixture.adapter(account) { $0.plan.privacy.retention = retention }
    #expect(adapter.capture(fixture.event(1)).wasSent)
    fixture.clock.advance(bySeconds: 86_400 * 4)
    try account.ledger.write { db in
      try db.execute(
        sql: "CREATE TRIGGER stuck BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'stuck'); END")
    }
    await #expect(throws: LedgerError.self) {
      try await LedgerUpkeep(account, of: adapter, pause: { _ in throw CancellationError() }).run()
    }
    #expect(account.isClosed)
  }
}
