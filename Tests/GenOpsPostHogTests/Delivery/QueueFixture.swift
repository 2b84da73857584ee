import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits

@testable import GenOpsPostHog

/// Events, answers and a driver for tests of the queue alone.
enum QueueFixture {
  static func event(_ number: Int, bytes: Int = 40) -> OutgoingEvent {
    OutgoingEvent(
      uuid: EventUUID(high: 7, low: UInt64(number)), json: String(repeating: "x", count: bytes))
  }

  /// A queue without jitter, and a driver that moves its own time.
  struct Driver {
    var queue: DeliveryQueue
    var now = Duration.zero

    init(endpoints: Int = 1, _ change: (inout DeliveryLimits) -> Void = { _ in }) {
      var limits = DeliveryLimits()
      limits.jitter = 0
      change(&limits)
      queue = DeliveryQueue(limits: limits, endpointCount: endpoints)
    }

    mutating func offer(_ numbers: Range<Int>, bytes: Int = 40) {
      for number in numbers { _ = queue.offer(event(number, bytes: bytes), at: now) }
    }

    /// The next batch, after waiting as long as the queue says. Nil when it waits for ever.
    mutating func batch() -> (batch: Batch, endpoint: Int)? {
      for _ in 0..<10 {
        switch queue.next(at: now, wall: Timestamp(microseconds: 0)) {
        case .send(let batch, let endpoint): return (batch, endpoint)
        case .wait(let until):
          guard let until else { return nil }
          now = max(now, until)
        case .finished: return nil
        }
      }
      return nil
    }

    mutating func answer(_ batch: Batch, _ reply: DeliveryReply) -> Settlement {
      queue.finished(batch.id, reply, at: now)
    }
  }

  static func anyReply(_ batch: Batch, _ random: inout SeededGenerator) -> DeliveryReply {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .broken("down")
    case 1:
      return .answered(status: [400, 401, 402, 429, 503].randomElement(using: &random) ?? 400)
    case 2: return .answered(status: 413)
    case 3, 4:
      let words: [EventResult] = [.ok, .warning, .drop, .retry]
      return .results(
        Dictionary(
          uniqueKeysWithValues: batch.events.map {
            ($0.uuid, words.randomElement(using: &random) ?? .ok)
          }))
    default: return .answered(status: 200)
    }
  }
}
