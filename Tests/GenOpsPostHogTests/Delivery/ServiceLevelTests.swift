import GenOpsGovernance
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

@Suite("The importance of events")
struct ServiceLevelTests {
  @Test(
    "A full queue sheds what is standard before what is premium, and keeps the order of the rest")
  func levels() throws {
    func fill(_ driver: inout QueueFixture.Driver) {
      for number in 0..<4 {
        _ = driver.queue.offer(
          QueueFixture.event(number), level: number % 2 == 0 ? .standard : .premium, at: .zero)
      }
    }
    func held(_ driver: QueueFixture.Driver) -> [UInt64] {
      driver.queue.heldUUIDs.map(\.low).sorted()
    }
    var newest = QueueFixture.Driver { $0.capacity = 4 }
    fill(&newest)
    // The newest standard one makes room; a further standard one is lost itself.
    let first = newest.queue.offer(QueueFixture.event(4), level: .premium, at: .zero)
    #expect(first.lost.map(\.uuid.low) == [2])
    let second = newest.queue.offer(QueueFixture.event(5), at: .zero)
    #expect(second.lost.map(\.uuid.low) == [5])
    #expect(newest.queue.offer(QueueFixture.event(6), level: .premium, at: .zero).lost.count == 1)
    // Nothing less important is left: then the new one is lost, as without levels.
    let last = newest.queue.offer(QueueFixture.event(7), level: .premium, at: .zero)
    #expect(last.lost.map(\.uuid.low) == [7] && held(newest) == [1, 3, 4, 6])
    newest.queue.flush()
    #expect(newest.batch()?.batch.events.map(\.uuid.low) == [1, 3, 4, 6])

    var oldest = QueueFixture.Driver {
      $0.capacity = 4; $0.whenFull = .dropOldest
    }
    fill(&oldest)
    for number in 4..<7 {
      _ = oldest.queue.offer(QueueFixture.event(number), level: .premium, at: .zero)
    }
    // 0 and 2 first, then the oldest premium one.
    #expect(held(oldest) == [3, 4, 5, 6])
    // A standard one does not push a premium one out.
    let refused = oldest.queue.offer(QueueFixture.event(8), at: .zero)
    #expect(refused.lost.map(\.uuid.low) == [8] && held(oldest) == [3, 4, 5, 6])
    #expect(oldest.queue.counts.losses == [.queueFull: 4])
  }

  @Test("A tenant's tag sla_level says what its events are in a full queue")
  func tenantLevel() throws {
    var limits = DeliveryLimits()
    limits.capacity = 2
    let delivery = try EventDelivery(
      DeliveryConfiguration(
        endpoints: [DeliveryEndpoint(host: .us, key: Secret("phc_x"))], limits: limits),
      exchange: PostHogDouble())
    let base = AdapterFixture()
    let directory = try TenantDirectory(
      [
        Tenant(id: "big", mode: .advisory, tags: ["sla_level": "premium"]),
        Tenant(id: "small", mode: .advisory, tags: ["sla_level": "standard"]),
      ], in: AdapterConfiguration(opening: .nothing), transport: delivery, clock: base.clock)
    let (big, small) = (try directory.adapter(for: "big"), try directory.adapter(for: "small"))
    for number in 0..<2 { #expect(small.capture(base.event(number)).wasSent) }
    for number in 2..<4 { #expect(big.capture(base.event(number)).wasSent) }
    let held = delivery.state.withLock { $0.queue.heldUUIDs.map(\.low).sorted() }
    #expect(held == [2, 3] && delivery.counts.losses == [.queueFull: 2])
    #expect(throws: FindingsError.self) {
      try TenantDirectory(
        [Tenant(id: "odd", tags: ["sla_level": "gold"])],
        in: AdapterConfiguration(opening: .nothing), transport: delivery, clock: base.clock)
    }
  }
}
