import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits

@testable import GenOpsPostHog

/// A delivery to a double of PostHog, with clocks that a test moves.
struct DeliveryFixture {
  let double = PostHogDouble()
  let clock = ManualClock("2027-01-10T12:00:00Z")
  let time = ManualTime()

  func delivery(
    _ capture: CaptureProtocol = .batch, spool: (any EventSpool)? = nil,
    hosts: [PostHogHost] = [.us],
    _ change: (inout DeliveryLimits) -> Void = { _ in }
  ) throws -> EventDelivery {
    var limits = DeliveryLimits()
    limits.jitter = 0
    change(&limits)
    return try EventDelivery(
      DeliveryConfiguration(
        endpoints: hosts.map { DeliveryEndpoint(host: $0, key: Secret("phc_testkey")) },
        captureProtocol: capture, limits: limits),
      exchange: double, spool: spool, clock: clock, timer: time.timer)
  }

  func send(_ numbers: Range<Int>, to delivery: EventDelivery) {
    let stamp = GovernanceStamp(owner: EventOwner(.none), cost: nil, weight: 1)
    for number in numbers {
      delivery.enqueue(
        UsageEvent(
          name: "viewed", distinctID: "user-\(number)",
          uuid: EventUUID(high: 5, low: UInt64(number)),
          timestamp: clock.now()), stamp)
    }
  }

  /// Runs `body` beside the delivery, then shuts it down and waits for its end.
  func running(_ delivery: EventDelivery, _ body: () async -> Void) async {
    await withTaskGroup { group in
      group.addTask { await delivery.run() }
      await body()
      delivery.shutDown()
      await group.waitForAll()
    }
  }
}
