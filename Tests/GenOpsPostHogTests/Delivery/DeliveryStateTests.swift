import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The states of the delivery queue")
struct DeliveryStateTests {
  /// Every place a queue can be in. A batch holds two events.
  enum Place: String, CaseIterable {
    case idle, queued, inFlight, retry
    case drainingQueued, drainingInFlight, drainingRetry, drained

    var queue: DeliveryQueue {
      var limits = DeliveryLimits()
      (limits.jitter, limits.flushCount, limits.eventBytes) = (0, 2, 100)
      var queue = DeliveryQueue(limits: limits)
      let events: Int =
        switch self {
        case .idle, .drained: 0
        case .queued, .drainingQueued: 1
        case .inFlight, .retry, .drainingInFlight, .drainingRetry: 2
        }
      for number in 0..<events { _ = queue.offer(QueueFixture.event(number), at: .zero) }
      if events == 2 { _ = queue.next(at: .zero, wall: Timestamp(microseconds: 0)) }
      if self == .retry || self == .drainingRetry {
        _ = queue.finished(1, .answered(status: 503), at: .zero)
      }
      switch self {
      case .drainingQueued, .drainingInFlight, .drainingRetry, .drained: queue.drain(at: .zero)
      case .idle, .queued, .inFlight, .retry: break
      }
      return queue
    }
  }

  /// Everything that can happen to it, at 2 s.
  enum Input: String, CaseIterable {
    case offer, copy, tooLarge, next, ok, unavailable, split, never, unknown, flush, drain, abandon
    case keep

    /// Does it, and says what came back.
    func apply(to queue: inout DeliveryQueue) -> String {
      let now = Duration.seconds(2)
      switch self {
      case .offer: return text(queue.offer(QueueFixture.event(9), at: now))
      case .copy:
        _ = queue.offer(QueueFixture.event(0), at: now)
        return text(queue.offer(QueueFixture.event(0), at: now))
      case .tooLarge: return text(queue.offer(QueueFixture.event(9, bytes: 101), at: now))
      case .next:
        switch queue.next(at: now, wall: Timestamp(microseconds: 0)) {
        case .send(let batch, _):
          return "send batch \(batch.id), attempt \(batch.attempt), events \(batch.events.count)"
        case .wait(let until):
          return until.map { "wait until \($0.components.seconds) s" } ?? "wait"
        case .finished: return "finished"
        }
      case .ok: return text(queue.finished(1, .answered(status: 200), at: now))
      case .unavailable: return text(queue.finished(1, .answered(status: 503), at: now))
      case .split: return text(queue.finished(1, .answered(status: 413), at: now))
      case .never: return text(queue.finished(1, .answered(status: 401), at: now))
      case .unknown: return text(queue.finished(99, .answered(status: 200), at: now))
      case .flush:
        queue.flush()
        return "-"
      case .drain:
        queue.drain(at: now)
        return "-"
      case .abandon: return text(queue.abandon())
      case .keep: return text(queue.abandon(isKept: true))
      }
    }

    private func text(_ settlement: Settlement) -> String {
      let parts =
        settlement.accepted.map { "accepted \($0.low)" }
        + settlement.lost.map {
          switch $0.reason {
          case .tooLarge: "too large \($0.uuid.low)"
          case .rejected(let status): "\(status) for \($0.uuid.low)"
          case .abandoned: "abandoned \($0.uuid.low)"
          default: "lost \($0.uuid.low)"
          }
        }
      return parts.isEmpty ? "-" : parts.joined(separator: ", ")
    }
  }

  /// A state with how many events wait, and how many batches are in flight and to be retried.
  static func text(_ state: DeliveryState) -> String {
    func sizes(_ backlog: Backlog) -> String {
      "\(backlog.queue.count) \(backlog.inFlight.count) \(backlog.retries.count)"
    }
    return switch state {
    case .idle: "idle"
    case .delivering(let backlog): "delivering \(sizes(backlog))"
    case .draining(let backlog, let until):
      "draining \(sizes(backlog)) until \(until.components.seconds) s"
    case .drained(let until): "drained until \(until.components.seconds) s"
    }
  }

  /// `state, input → next state | what comes back`.
  static let table = """
    idle, offer → delivering 1 0 0 | -
    idle, copy → delivering 1 0 0 | -
    idle, tooLarge → idle | too large 9
    idle, next → idle | wait
    idle, ok → idle | -
    idle, unavailable → idle | -
    idle, split → idle | -
    idle, never → idle | -
    idle, unknown → idle | -
    idle, flush → idle | -
    idle, drain → drained until 12 s | -
    idle, abandon → idle | -
    idle, keep → idle | -
    queued, offer → delivering 2 0 0 | -
    queued, copy → delivering 1 0 0 | -
    queued, tooLarge → delivering 1 0 0 | too large 9
    queued, next → delivering 1 0 0 | wait until 5 s
    queued, ok → delivering 1 0 0 | -
    queued, unavailable → delivering 1 0 0 | -
    queued, split → delivering 1 0 0 | -
    queued, never → delivering 1 0 0 | -
    queued, unknown → delivering 1 0 0 | -
    queued, flush → delivering 1 0 0 | -
    queued, drain → draining 1 0 0 until 12 s | -
    queued, abandon → idle | abandoned 0
    queued, keep → idle | -
    inFlight, offer → delivering 1 1 0 | -
    inFlight, copy → delivering 0 1 0 | -
    inFlight, tooLarge → delivering 0 1 0 | too large 9
    inFlight, next → delivering 0 1 0 | wait
    inFlight, ok → idle | accepted 0, accepted 1
    inFlight, unavailable → delivering 0 0 1 | -
    inFlight, split → delivering 0 0 2 | -
    inFlight, never → idle | 401 for 0, 401 for 1
    inFlight, unknown → delivering 0 1 0 | -
    inFlight, flush → delivering 0 1 0 | -
    inFlight, drain → draining 0 1 0 until 12 s | -
    inFlight, abandon → idle | abandoned 0, abandoned 1
    inFlight, keep → idle | -
    retry, offer → delivering 1 0 1 | -
    retry, copy → delivering 0 0 1 | -
    retry, tooLarge → delivering 0 0 1 | too large 9
    retry, next → delivering 0 1 0 | send batch 1, attempt 2, events 2
    retry, ok → delivering 0 0 1 | -
    retry, unavailable → delivering 0 0 1 | -
    retry, split → delivering 0 0 1 | -
    retry, never → delivering 0 0 1 | -
    retry, unknown → delivering 0 0 1 | -
    retry, flush → delivering 0 0 1 | -
    retry, drain → draining 0 0 1 until 12 s | -
    retry, abandon → idle | abandoned 0, abandoned 1
    retry, keep → idle | -
    drainingQueued, offer → draining 2 0 0 until 10 s | -
    drainingQueued, copy → draining 1 0 0 until 10 s | -
    drainingQueued, tooLarge → draining 1 0 0 until 10 s | too large 9
    drainingQueued, next → draining 0 1 0 until 10 s | send batch 1, attempt 1, events 1
    drainingQueued, ok → draining 1 0 0 until 10 s | -
    drainingQueued, unavailable → draining 1 0 0 until 10 s | -
    drainingQueued, split → draining 1 0 0 until 10 s | -
    drainingQueued, never → draining 1 0 0 until 10 s | -
    drainingQueued, unknown → draining 1 0 0 until 10 s | -
    drainingQueued, flush → draining 1 0 0 until 10 s | -
    drainingQueued, drain → draining 1 0 0 until 10 s | -
    drainingQueued, abandon → drained until 10 s | abandoned 0
    drainingQueued, keep → drained until 10 s | -
    drainingInFlight, offer → draining 1 1 0 until 10 s | -
    drainingInFlight, copy → draining 0 1 0 until 10 s | -
    drainingInFlight, tooLarge → draining 0 1 0 until 10 s | too large 9
    drainingInFlight, next → draining 0 1 0 until 10 s | wait until 10 s
    drainingInFlight, ok → drained until 10 s | accepted 0, accepted 1
    drainingInFlight, unavailable → draining 0 0 1 until 10 s | -
    drainingInFlight, split → draining 0 0 2 until 10 s | -
    drainingInFlight, never → drained until 10 s | 401 for 0, 401 for 1
    drainingInFlight, unknown → draining 0 1 0 until 10 s | -
    drainingInFlight, flush → draining 0 1 0 until 10 s | -
    drainingInFlight, drain → draining 0 1 0 until 10 s | -
    drainingInFlight, abandon → drained until 10 s | abandoned 0, abandoned 1
    drainingInFlight, keep → drained until 10 s | -
    drainingRetry, offer → draining 1 0 1 until 10 s | -
    drainingRetry, copy → draining 0 0 1 until 10 s | -
    drainingRetry, tooLarge → draining 0 0 1 until 10 s | too large 9
    drainingRetry, next → draining 0 1 0 until 10 s | send batch 1, attempt 2, events 2
    drainingRetry, ok → draining 0 0 1 until 10 s | -
    drainingRetry, unavailable → draining 0 0 1 until 10 s | -
    drainingRetry, split → draining 0 0 1 until 10 s | -
    drainingRetry, never → draining 0 0 1 until 10 s | -
    drainingRetry, unknown → draining 0 0 1 until 10 s | -
    drainingRetry, flush → draining 0 0 1 until 10 s | -
    drainingRetry, drain → draining 0 0 1 until 10 s | -
    drainingRetry, abandon → drained until 10 s | abandoned 0, abandoned 1
    drainingRetry, keep → drained until 10 s | -
    drained, offer → draining 1 0 0 until 10 s | -
    drained, copy → draining 1 0 0 until 10 s | -
    drained, tooLarge → drained until 10 s | too large 9
    drained, next → drained until 10 s | finished
    drained, ok → drained until 10 s | -
    drained, unavailable → drained until 10 s | -
    drained, split → drained until 10 s | -
    drained, never → drained until 10 s | -
    drained, unknown → drained until 10 s | -
    drained, flush → drained until 10 s | -
    drained, drain → drained until 10 s | -
    drained, abandon → drained until 10 s | -
    drained, keep → drained until 10 s | -
    """

  @Test("In every state every input leads to one of its successors, or changes nothing")
  func transitions() {
    var rows: [String] = []
    for place in Place.allCases {
      for input in Input.allCases {
        var queue = place.queue
        let answer = input.apply(to: &queue)
        rows.append(
          "\(place.rawValue), \(input.rawValue) → \(DeliveryStateTests.text(queue.state)) | \(answer)"
        )
      }
    }
    let expected = DeliveryStateTests.table.split(separator: "\n").map(String.init)
    for (row, expected) in zip(rows, expected) { #expect(row == expected) }
    #expect(rows.count == expected.count)
  }

  @Test("A flush lets go what waits, in as many batches as it takes, and nothing that comes later")
  func flush() {
    var driver = QueueFixture.Driver {
      $0.flushCount = 2
      $0.concurrentRequests = 9
    }
    driver.offer(0..<3)
    driver.queue.flush()
    driver.offer(3..<4)
    #expect(driver.batch()?.batch.events.map(\.uuid.low) == [0, 1])
    // The fourth shares the third's batch; the fifth waits its 5 s.
    #expect(driver.batch()?.batch.events.map(\.uuid.low) == [2, 3] && driver.now == .zero)
    driver.offer(4..<5)
    #expect(driver.batch()?.batch.events.map(\.uuid.low) == [4] && driver.now == .seconds(5))
  }
}
