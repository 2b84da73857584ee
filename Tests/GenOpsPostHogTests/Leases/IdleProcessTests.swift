import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("A process that idles")
struct IdleProcessTests {
  let base = SharedFixture()
  var clock: ManualClock { base.clock }

  /// Moves the clock to `end`, and renews when the adapter asked to be woken.
  func idle(_ adapters: [PostHogAdapter], until end: Timestamp) {
    while true {
      let now = clock.now()
      let next = adapters.compactMap { $0.account.state.withLock { $0.nextRenewal(after: now) } }
        .min()
      guard let next, next <= end else { break }
      clock.advance(bySeconds: Double(next.microseconds - now.microseconds) / 1e6)
      for adapter in adapters { adapter.account.renewLeases() }
    }
    clock.advance(bySeconds: Double(end.microseconds - clock.now().microseconds) / 1e6)
  }

  func day(_ text: String) throws -> Timestamp { try #require(Timestamp("\(text)T00:00:00Z")) }

  @Test("sends its first event of a day, a week or a month, the very first microsecond included")
  func firstEvent() throws {
    let one = try base.adapter(MemoryStore().handle(0), base.plan(50_000 * 900))
    #expect(one.capture(base.base.event(1)).wasSent)
    for (number, text) in ["2027-01-11", "2027-01-18", "2027-02-01", "2027-04-01"].enumerated() {
      idle([one], until: try day(text))
      #expect(one.capture(base.base.event(10 + number)).wasSent, "\(text)")
      #expect(one.snapshot().budgets[0].window.start.description == text)
    }
  }

  @Test("reports what it spent in a window that ended while it idled")
  func reportsLate() throws {
    let store = MemoryStore()
    let one = try base.adapter(store.handle(0), base.plan(50_000 * 900))
    idle([one], until: clock.now().advanced(bySeconds: 12 * 3600 - 30))
    for number in 0..<7 { #expect(one.capture(base.base.event(number)).wasSent) }
    idle([one], until: clock.now().advanced(bySeconds: 86_400))
    let axis = BudgetAxis("day", window: try #require(CalendarDay("2027-01-10")))
    let spent = store.state.withLock { $0.spent[axis]?[0] }
    #expect(spent == Int64(7 * 50_000))
  }

  @Test("with others never spends more than any day's budget", arguments: 1...10)
  func neverOver(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let store = MemoryStore(largest: Int64.random(in: 1...60, using: &random))
    let limit = 50_000 * Int64.random(in: 10...60, using: &random) + 7
    let adapters = try (0..<3).map { try base.adapter(store.handle($0), base.plan(limit)) }
    var spent: [Int32: Int64] = [:]
    var number = 0
    for _ in 0..<40 {
      for _ in 0..<Int.random(in: 0..<60, using: &random) {
        let one = adapters[Int.random(in: 0..<3, using: &random)]
        number += 1
        let cost = base.nanos(one.capture(base.base.event(number)))
        spent[one.snapshot().now.day.number, default: 0] += cost
        if Int.random(in: 0..<4, using: &random) == 0 { one.account.renewLeases() }
      }
      let pause = Double(Int.random(in: 1...90_000, using: &random))
      idle(adapters, until: clock.now().advanced(bySeconds: pause))
    }
    #expect(spent.values.allSatisfy { $0 <= limit } && spent.count > 5)
  }

  @Test("is woken by the queue's timer a minute before midnight, and at midnight")
  func timer() throws {
    let asked = Mutex<[String]>([])
    let waiting = Mutex<[(wait: Double, work: @Sendable () -> Void)]>([])
    let adapter = try base.adapter(
      TellingStore(store: MemoryStore().handle(0)) { axis in
        asked.withLock { $0.append(axis.window.description) }
      }, base.plan(1 << 40)
    ) {
      $0.renewsLeasesByItself = true
      $0.renewalTimer = RenewalTimer { wait, _, work in
        waiting.withLock { $0.append((wait, work)) }
      }
    }
    // Nothing is captured: without the timer the next day would not be asked for.
    #expect(asked.withLock { $0 } == ["2027-01-10"])
    var waits: [Double] = []
    // It waits for an hour at most, because computers sleep and clocks are set.
    for _ in 0..<14 {
      guard let next = waiting.withLock({ $0.popLast() }) else { break }
      waits.append(next.wait)
      clock.advance(bySeconds: next.wait)
      next.work()
    }
    #expect(waits == [Double](repeating: 3600, count: 11) + [3540, 60, 3600])
    #expect(asked.withLock { $0 }.prefix(13).last == "2027-01-10")
    #expect(asked.withLock { $0 }.contains("2027-01-11"))
    withExtendedLifetime(adapter) {}
  }
}

/// Tells of every share that is asked for.
private struct TellingStore: BudgetStore {
  let store: MemoryStore.Handle
  let tell: @Sendable (BudgetAxis) -> Void

  func renew(_ request: LeaseRequest) throws -> LeaseReply {
    for share in request.shares { tell(share.axis) }
    return try store.renew(request)
  }

  func release(_ use: LeaseUse) throws { try store.release(use) }
}
