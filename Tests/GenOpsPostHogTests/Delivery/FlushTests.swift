import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The ends of delivery")
struct FlushTests {
  let fixture = DeliveryFixture()

  @Test("A flush against a dead server ends after ten seconds and says what is left")
  func timeout() async throws {
    let delivery = try fixture.delivery()
    fixture.double.always(.refused)
    let task = Task { await delivery.run() }
    fixture.send(0..<5, to: delivery)
    async let report = delivery.flush()
    while fixture.time.now.offset < .seconds(10) {
      fixture.time.advance(to: await fixture.time.nextAlarm())
    }
    var left = FlushReport()
    left.waiting = 5
    #expect(await report == left)
    #expect(delivery.counts.waiting == 5 && delivery.counts.lost == 0)
    task.cancel()
    await task.value
  }

  @Test("A cancelled flush returns; what it would have sent stays")
  func cancelled() async throws {
    let delivery = try fixture.delivery()
    fixture.send(0..<5, to: delivery)
    // Nobody runs it: without the cancellation it would not return.
    let flush = Task { await delivery.flush(timeout: nil) }
    flush.cancel()
    let report = await flush.value
    #expect(report.waiting == 5 && !report.isComplete)
    #expect(report.description == "0 delivered, 0 lost, 5 waiting, 0 in the spool")
    await fixture.running(delivery) {
      #expect(await delivery.flush(timeout: nil).delivered == 5)
    }
  }

  @Test("What the queue had no room for is in the report, as in the spool")
  func spooled() async throws {
    let disk = MemorySpool.Disk()
    let delivery = try fixture.delivery(spool: MemorySpool(disk)) {
      $0.capacity = 10
      $0.flushCount = 5
    }
    fixture.double.always(.refused)
    let task = Task { await delivery.run() }
    fixture.send(0..<14, to: delivery)
    let flush = Task { await delivery.flush(timeout: nil) }
    flush.cancel()
    let report = await flush.value
    #expect(report.waiting == 10 && report.spooled == 4)
    task.cancel()
    await task.value
    #expect(disk.count == 14)
  }

  @Test("After a shutdown captures are refused as closed and counted, and no budget is used")
  func closed() async throws {
    let delivery = try fixture.delivery()
    let budget = Budget(name: "day", limit: Money(units: 1), period: .day)
    let adapter = try PostHogAdapter(
      AdapterConfiguration(
        plan: GovernancePlan(mode: .enforced, budgets: [budget]), opening: .nothing),
      transport: delivery, clock: fixture.clock)
    await fixture.running(delivery) {
      #expect(adapter.capture("search", distinctID: "ann").wasSent)
    }
    let before = adapter.snapshot()
    for _ in 0..<3 {
      #expect(adapter.capture("search", distinctID: "ann").outcome == .refused(Refusal(.closed)))
    }
    #expect(adapter.snapshot() == before)
    #expect(
      adapter.findings().all.first { $0.code == "captured-after-shutdown" }?.message
        == "3 events were captured after delivery was shut down")
    #expect(
      adapter.metrics().contains { sample in
        sample.labels.contains { $0.value == "closed" } && sample.value == 3
      })
    #expect(delivery.counts.accepted == 1 && delivery.counts.offered == 1)
  }

  @Test("What comes past the adapter after the end is lost and told, or stays in the spool")
  func late() async throws {
    let delivery = try fixture.delivery()
    await fixture.running(delivery) {}
    fixture.send(0..<2, to: delivery)
    #expect(delivery.counts.losses == [.abandoned: 2] && delivery.counts.waiting == 0)
    let disk = MemorySpool.Disk()
    let kept = try fixture.delivery(spool: MemorySpool(disk))
    await fixture.running(kept) {}
    fixture.send(0..<2, to: kept)
    #expect(kept.counts.lost == 0 && kept.counts.waiting == 0 && disk.count == 2)
  }

  @Test(
    "What another process leaves while this one runs is sent half a minute later, in idle time too")
  func leftByOthers() async throws {
    let disk = MemorySpool.Disk()
    let delivery = try fixture.delivery(spool: MemorySpool(disk))
    await fixture.running(delivery) {
      #expect(await fixture.time.nextAlarm() == .seconds(30))
      let other = MemorySpool(disk)
      let uuid = EventUUID(high: 9, low: 1)
      #expect(throws: Never.self) {
        try other.keep(OutgoingEvent(uuid: uuid, json: #"{"event":"left","uuid":"\#(uuid)"}"#))
      }
      other.end()
      fixture.time.advance(to: .seconds(30))
      // It waits for its batch as any event does.
      #expect(await fixture.time.nextAlarm() == .seconds(35))
      fixture.time.advance(to: .seconds(35))
      await fixture.double.received(1)
      await delivery.flush(timeout: nil)
    }
    #expect(fixture.double.arrived.count == 1 && disk.count == 0)
  }
}
