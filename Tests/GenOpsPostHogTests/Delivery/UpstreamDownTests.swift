import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import InMemoryLogging
import Logging
import Synchronization
import Testing

@testable import GenOpsPostHog
import GenOpsAdmission

@Suite("No server of PostHog's answers")
struct UpstreamDownTests {
  let base = DeliveryFixture()

  private func adapter(_ mode: GovernanceMode, _ delivery: EventDelivery) throws -> PostHogAdapter {
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    return try PostHogAdapter(
      AdapterConfiguration(
        attribution: Attribution(
          team: "growth", project: "shop", environment: "production", costCenter: "c"),
        plan: GovernancePlan(
          mode: mode, budgets: [Budget(name: "day", limit: Money(units: 1), period: .day)]),
        opening: opening),
      transport: delivery, clock: base.clock)
  }

  private func event(_ number: Int) -> UsageEvent {
    UsageEvent(
      name: "viewed", distinctID: "user-\(number)", uuid: EventUUID(high: 6, low: UInt64(number)),
      timestamp: base.clock.now(), processPersonProfile: false)
  }

  @Test(
    "Strict refuses after the third fault, spends nothing, and sends again after the first success")
  func strict() async throws {
    let delivery = try base.delivery { $0.flushCount = 1 }
    let adapter = try adapter(.strict, delivery)
    base.double.always(.refused)
    await base.running(delivery) {
      #expect(adapter.capture(event(0)).wasSent)
      for attempt in 1...3 {
        await base.double.received(attempt)
        // The alarm is set after the answer was taken.
        let alarm = await base.time.nextAlarm()
        #expect(delivery.isUpstreamDown == (attempt == 3))
        if attempt < 3 {
          #expect(adapter.capture(event(attempt)).wasSent)
          base.time.advance(to: alarm)
        }
      }
      let spent = adapter.snapshot().totals[Meter.events.index].units
      let session = adapter.withSession("request") { session in
        for number in 10..<15 {
          let outcome = adapter.capture(event(number))
          #expect(outcome == .refused(Refusal(.upstreamDown)))
          #expect(throws: Refusal.self) { try outcome.get() }
        }
        return session
      }
      #expect(session.summary.refused == 5 && session.summary.eventsCaptured == 0)
      #expect(adapter.snapshot().totals[Meter.events.index].units == spent)
      #expect(delivery.counts.offered == 3)
      // A flag request goes another way.
      #expect(adapter.record(.flagRequest).sent == 1)
      #expect(adapter.findings().all.contains { $0.code == "upstream-down" })

      base.double.always(nil)
      base.time.advance(to: await base.time.nextAlarm())
      await delivery.flush()
      #expect(!delivery.isUpstreamDown)
      // A refused event left no memory: offered again it is not a duplicate.
      #expect(adapter.capture(event(10)).wasSent)
    }
    #expect(base.double.arrived.count == 4 && delivery.counts.accepted == 4)
    let violations = adapter.metrics().first {
      $0.name == "genops_policy_violations_total"
        && $0.labels.contains { $0.value == "upstream-down" }
    }
    #expect(violations?.value == 5)
  }

  @Test(
    "Advisory and enforced go on: what waits arrives later",
    arguments: [GovernanceMode.advisory, .enforced])
  func others(_ mode: GovernanceMode) async throws {
    let spool = MemorySpool()
    let delivery = try base.delivery(spool: spool) { $0.flushCount = 1 }
    let adapter = try adapter(mode, delivery)
    base.double.always(.refused)
    await base.running(delivery) {
      _ = adapter.capture(event(0))
      for attempt in 1...3 {
        await base.double.received(attempt)
        let alarm = await base.time.nextAlarm()
        if attempt < 3 { base.time.advance(to: alarm) }
      }
      #expect(delivery.isUpstreamDown)
      for number in 1..<9 { #expect(adapter.capture(event(number)).wasSent) }
      #expect(spool.count == 9)
      base.double.always(nil)
      base.time.advance(to: await base.time.nextAlarm())
      await delivery.flush()
    }
    #expect(base.double.arrived.count == 9 && spool.count == 0)
  }

  @Test("The log says once that PostHog is down and once that it is back; metrics say what waits")
  func told() async throws {
    let log = InMemoryLogHandler()
    let delivery = try base.delivery { $0.flushCount = 1 }
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1_000_000
    var configuration = AdapterConfiguration(opening: opening)
    configuration.logger = Logger(label: "test") { _ in log }
    let adapter = try PostHogAdapter(configuration, transport: delivery, clock: base.clock)
    func gauge(_ name: String) -> Double? { adapter.metrics().first { $0.name == name }?.value }
    #expect(gauge("posthog_delivery_up") == 1 && gauge("posthog_delivery_waiting") == 0)
    base.double.always(.refused)
    await base.running(delivery) {
      _ = adapter.capture(event(0))
      for attempt in 1...5 {
        await base.double.received(attempt)
        let alarm = await base.time.nextAlarm()
        if attempt < 5 { base.time.advance(to: alarm) }
      }
      #expect(gauge("posthog_delivery_up") == 0 && gauge("posthog_delivery_waiting") == 1)
      #expect(log.entries.map(\.level) == [.error])
      #expect("\(log.entries[0].message)" == "PostHog cannot be reached; events wait")
      #expect("\(log.entries[0].metadata["waiting"] ?? "")" == "1")
      base.double.always(nil)
      base.time.advance(to: await base.time.nextAlarm())
      await delivery.flush()
    }
    #expect(log.entries.map(\.level) == [.error, .notice])
    #expect(gauge("posthog_delivery_up") == 1 && gauge("posthog_delivery_waiting") == 0)
  }

  @Test("A view in strict mode refuses, its account in advisory mode does not")
  func views() throws {
    let transport = SwitchedTransport()
    var plan = GovernancePlan()
    plan.scopedModes = [ScopedMode(scope: Attribution(customer: "bank"), mode: .strict)]
    var opening = OpeningBalance.nothing
    opening.current[.events] = 1
    let account = try PostHogAdapter(
      AdapterConfiguration(
        attribution: Attribution(team: "t", project: "p"), plan: plan, opening: opening),
      transport: transport, clock: base.clock)
    let bank = account.view(Attribution(customer: "bank", costCenter: "c"))
    #expect(bank.capture(event(1)).wasSent)
    transport.isDown.store(true, ordering: .relaxed)
    #expect(bank.capture(event(2)) == .refused(Refusal(.upstreamDown)))
    #expect(account.capture(event(3)).wasSent)
    transport.isDown.store(false, ordering: .relaxed)
    #expect(bank.capture(event(2)).wasSent)
  }

  @Test("Down is every endpoint, with something that waits; an answer of any kind ends it")
  func definition() {
    func broken(_ driver: inout QueueFixture.Driver) -> Int? {
      guard let next = driver.batch() else { return nil }
      _ = driver.answer(next.batch, .broken("down"))
      return next.endpoint
    }
    var two = QueueFixture.Driver(endpoints: 2)
    two.offer(0..<100)
    var used: [Int] = []
    while !two.queue.isUpstreamDown, used.count < 20 { used.append(broken(&two) ?? -1) }
    #expect(used.filter { $0 == 1 }.count == 3 && used.filter { $0 == 0 }.count >= 3)

    // 401 is an answer: the batch is lost, and its server is not down.
    var answers: [DeliveryReply] = [.answered(status: 200), .answered(status: 401)]
    answers.append(.answered(status: 413))
    for reply in answers {
      var one = QueueFixture.Driver { $0.flushCount = 50 }
      one.offer(0..<100)
      for _ in 0..<3 { _ = broken(&one) }
      #expect(one.queue.isUpstreamDown)
      if let next = one.batch() { _ = one.answer(next.batch, reply) }
      #expect(!one.queue.isUpstreamDown && one.queue.count > 0)
    }

    // 429 says nothing of faults, and keeps it as it is.
    var busy = QueueFixture.Driver()
    busy.offer(0..<100)
    for _ in 0..<5 {
      if let next = busy.batch() { _ = busy.answer(next.batch, .answered(status: 429)) }
    }
    #expect(!busy.queue.isUpstreamDown)

    // Given up after a day: with nothing to try, the next event must get its turn.
    var empty = QueueFixture.Driver()
    empty.offer(0..<3)
    while broken(&empty) != nil {}
    #expect(empty.queue.count == 0 && !empty.queue.isUpstreamDown)
  }
}

/// A transport whose servers a test turns off.
private final class SwitchedTransport: Transport {
  let isDown = Atomic<Bool>(false)
  func enqueue(_ event: UsageEvent, _ stamp: GovernanceStamp) {}
  var isUpstreamDown: Bool { isDown.load(ordering: .relaxed) }
}
