import GenOpsAdmission
import Synchronization
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

/// One wrong reading must not open the next billing period: decisions never go back, so a week of events
/// would be late.
@Suite("A clock that goes wrong")
struct ClockTests {
  private let base = AdapterFixture()
  private static let day = 86_400.0

  private func codes(_ adapter: PostHogAdapter) -> [String] {
    adapter.findings().all.map(\.code)
  }

  @Test(
    "One reading far ahead or behind is told and moves nothing",
    arguments: [20, 40, 70, 365 * 50, -1, -40, 1.0 / 24, -1.0 / 24] as [Double])
  func oneReading(_ days: Double) throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .strict, budgets: [base.dayBudget(1_000_000)]))
    #expect(adapter.capture(base.event(1)) == .sent(cost: Money(nanos: 50_000)))
    let before = adapter.snapshot()
    base.clock.advance(bySeconds: 5)
    base.clock.jump(bySeconds: days * Self.day)
    // An event of its own gets the time that has passed, not the reading.
    let receipt = adapter.capture("search")
    #expect(receipt.outcome == .sent(cost: Money(nanos: 50_000)))
    #expect(receipt.event.timestamp == Timestamp("2027-01-10T12:00:05Z"))
    base.clock.jump(bySeconds: -days * Self.day)
    base.clock.advance(bySeconds: 5)
    #expect(adapter.capture(base.event(3)) == .sent(cost: Money(nanos: 50_000)))
    let after = adapter.snapshot()
    #expect(after.budgets[0].window.start == before.budgets[0].window.start)
    #expect(after.budgets[0].window.spent.nanos == 150_000)
    #expect(adapter.account.state.withLock { $0.core.now } == Timestamp("2027-01-10T12:00:10Z"))
    #expect(codes(adapter) == ["clock-jump"])
  }

  @Test("Wrong readings in a row that differ from each other are not believed either")
  func severalReadings() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .strict))
    for days in [20.0, 40, 70, 20, 40, 70] {
      base.clock.advance(bySeconds: 50)
      base.clock.jump(bySeconds: days * Self.day)
      _ = adapter.capture("search")
      base.clock.jump(bySeconds: -days * Self.day)
    }
    base.clock.advance(bySeconds: 1)
    #expect(adapter.capture(base.event(1000)) == .sent(cost: Money(nanos: 50_000)))
    #expect(
      adapter.account.state.withLock { $0.core.now } == Timestamp("2027-01-10T12:05:01Z"))
  }

  @Test("A jump is believed after a minute of readings that agree")
  func believed() throws {
    let adapter = try base.adapter(GovernancePlan(mode: .strict))
    base.clock.jump(bySeconds: 40 * Self.day)
    for second in stride(from: 0, through: 50, by: 10) {
      _ = adapter.capture("search")
      #expect(
        adapter.account.state.withLock { $0.core.now }
          == Timestamp("2027-01-10T12:00:00Z")?.advanced(bySeconds: Double(second)))
      base.clock.advance(bySeconds: 10)
    }
    _ = adapter.capture("search")
    let now = adapter.account.state.withLock { $0.core.now }
    #expect(now == Timestamp("2027-02-19T12:01:00Z"))
    #expect(codes(adapter).contains("clock-set"))
    // From here on it is a clock like any other.
    base.clock.advance(bySeconds: 3600)
    #expect(adapter.capture("search").event.timestamp == Timestamp("2027-02-19T13:01:00Z"))
  }

  @Test("A clock that was a day ahead is put back: decisions wait, what is sent has the right time")
  func setBack() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(1_000_000)]))
    base.clock.jump(bySeconds: -Self.day)
    _ = adapter.capture("search")
    base.clock.advance(bySeconds: 61)
    let receipt = adapter.capture("search")
    #expect(receipt.wasSent)
    #expect(receipt.event.timestamp == Timestamp("2027-01-09T12:01:01Z"))
    // The second reading was believed, and the first had gone on to 12:00:00.
    #expect(adapter.account.state.withLock { $0.core.now } == Timestamp("2027-01-10T12:00:00Z"))
    #expect(adapter.costSummary().dailyCosts.nanos == 100_000)
    #expect(codes(adapter) == ["clock-jump", "clock-set"])
  }

  /// A budget of 1,000 events: had they counted in December, each would cost its first paid price and as a new person.
  @Test(
    "A clock that is set back over the end of a month leaves events in their month, at its price",
    arguments: [-1, -23.0 / 24, -11] as [Double])
  func setBackOverMonth(_ days: Double) throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(1000 * 50_000)]))
    base.clock.set(try #require(Timestamp("2027-02-01T00:10:00Z")))
    base.clock.advance(bySeconds: 61)
    _ = adapter.capture(base.event(0))
    base.clock.jump(bySeconds: days * Self.day)
    base.clock.advance(bySeconds: 61)
    _ = adapter.capture(base.event(1))
    base.clock.advance(bySeconds: 61)
    let event = base.event(2)
    #expect(event.timestamp.day.civil.month == 1)
    let before = adapter.snapshot()
    #expect(adapter.capture(event).wasSent)
    let after = adapter.snapshot()
    let used = { (snapshot: CoreSnapshot) in snapshot.meters.map(\.usage) }
    // February's free events are used, and January's stay as they were.
    #expect(used(after).reduce(0, +) == used(before).reduce(0, +) + 1)
    #expect(after.budgets[0].window.spent == before.budgets[0].window.spent)
  }

  @Test("A day begins at midnight though the clock fell back a day just before it")
  func midnight() throws {
    let adapter = try base.adapter(
      GovernancePlan(mode: .enforced, budgets: [base.dayBudget(50_000)]))
    base.clock.set(try #require(Timestamp("2027-01-10T23:59:50Z")))
    #expect(adapter.capture("search").wasSent && !adapter.capture("search").wasSent)
    base.clock.jump(bySeconds: -Self.day)
    base.clock.advance(bySeconds: 20)
    #expect(adapter.capture("search").wasSent)
    #expect(
      adapter.snapshot().budgets[0].window.start == (CalendarDay("2027-01-11")))
  }

  @Test(
    "Leap seconds, small corrections and a summer time that is none of a UTC clock's move as they are",
    arguments: [1.0, -1, 0.5, 30, -30])
  func corrections(_ seconds: Double) throws {
    let adapter = try base.adapter()
    base.clock.advance(bySeconds: 3600)
    base.clock.jump(bySeconds: seconds)
    let receipt = adapter.capture("search")
    #expect(
      receipt.event.timestamp
        == Timestamp("2027-01-10T13:00:00Z")?.advanced(bySeconds: seconds))
    #expect(codes(adapter).isEmpty)
  }

  @Test("A machine that slept for weeks goes on where it wakes", arguments: [0.4, 20, 40, 70])
  func suspended(_ days: Double) throws {
    let adapter = try base.adapter(GovernancePlan(mode: .enforced))
    #expect(adapter.capture("search").wasSent)
    // The clock that counts suspension has gone on with the other, which ran 20 ppm fast.
    base.clock.advance(bySeconds: days * Self.day)
    base.clock.jump(bySeconds: days * Self.day * 20e-6)
    #expect(adapter.capture("search").wasSent)
    #expect(
      adapter.account.state.withLock { $0.core.now }
        == Timestamp("2027-01-10T12:00:00Z")?.advanced(
          bySeconds: days * Self.day * (1 + 20e-6)))
    #expect(codes(adapter).isEmpty)
  }

  @Test("A clock that says nothing of the time that has passed is believed, as it always was")
  func withoutElapsed() throws {
    struct Plain: WallClock {
      let clock: ManualClock
      func now() -> Timestamp { clock.now() }
    }
    let adapter = try PostHogAdapter(
      AdapterFixture.configuration(), transport: base.transport, clock: Plain(clock: base.clock))
    base.clock.jump(bySeconds: 40 * Self.day)
    #expect(adapter.capture("search").event.timestamp == Timestamp("2027-02-19T12:00:00Z"))
  }

  @Test("Leases of a shared account follow the time that has passed")
  func shared() throws {
    let (store, fixture) = (MemoryStore(), SharedFixture())
    let one = try fixture.adapter(store.handle(0), fixture.plan(1_000_000))
    #expect(one.capture(fixture.base.event(1)).wasSent)
    fixture.clock.jump(bySeconds: 70 * Self.day)
    one.account.renewLeases()
    fixture.clock.jump(bySeconds: -70 * Self.day)
    one.account.renewLeases()
    #expect(one.capture(fixture.base.event(2)) == .sent(cost: Money(nanos: 50_000)))
    // The first of February is day 20,850.
    let periods = store.state.withLock { $0.ends.keys.map(\.period.number) }
    #expect(periods.allSatisfy { $0 < 20_850 })
  }

  @Test("A batch says when it was sent by the time that has passed: PostHog corrects events by it")
  func sentAt() async throws {
    let fixture = DeliveryFixture()
    let delivery = try fixture.delivery { $0.flushCount = 1 }
    fixture.clock.jump(bySeconds: 40 * Self.day)
    await fixture.running(delivery) {
      fixture.send(0..<1, to: delivery)
      await delivery.flush()
    }
    #expect(fixture.double.bodies.map { $0["sent_at"] } == ["2027-01-10T12:00:00Z"])
  }
}
