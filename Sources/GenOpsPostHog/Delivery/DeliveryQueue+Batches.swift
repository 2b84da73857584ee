import GenOpsMetering

extension DeliveryQueue {
  /// When a batch of what waits may go out; nil when nothing waits.
  var readyAt: Duration? {
    guard let oldest = waiting.first else { return nil }
    let isDue =
      drainDeadline != nil || waiting.count >= limits.flushCount
      || waitingBytes >= limits.flushBytes || oldest.number <= flushThrough
    return isDue ? now : oldest.since + limits.flushInterval
  }

  func earlier(_ a: Duration, _ b: Duration?) -> Duration { b.map { min(a, $0) } ?? a }

  /// A batch of the events that waited longest, as many as count and bytes allow, at least one.
  mutating func form() -> Batch {
    var events: [OutgoingEvent] = []
    var size = 0
    while events.count < max(1, limits.flushCount), let next = waiting.first {
      let more = next.event.json.utf8.count
      if !events.isEmpty, size + more > limits.flushBytes { break }
      waiting.removeFirst()
      waitingBytes -= more
      size += more
      events.append(next.event)
    }
    return makeBatch(events)
  }

  mutating func makeBatch(_ events: [OutgoingEvent]) -> Batch {
    lastBatch += 1
    return Batch(id: lastBatch, events: events)
  }

  /// Accepts a batch but for the events of products whose quota is used up: those PostHog has dropped.
  func accept(
    _ batch: Batch, without limited: Set<CaptureQuota>, into settlement: inout Settlement
  ) {
    if limited.isEmpty {
      settlement.accepted = batch.events.map(\.uuid)
      return
    }
    for event in batch.events {
      if limited.contains(CaptureQuota(event)) {
        settlement.lose([event], .quotaLimited)
      } else {
        settlement.accepted.append(event.uuid)
      }
    }
  }

  /// Sorts a batch by the results of the V1 answer. An event that the answer does not name is accepted, as
  /// PostHog's own client has it.
  mutating func sort(
    _ batch: Batch, by results: [EventUUID: EventResult], _ endpoint: Int,
    into settlement: inout Settlement
  ) {
    var left = batch
    left.events = []
    for event in batch.events {
      switch results[event.uuid] {
      case .ok, nil: settlement.accepted.append(event.uuid)
      case .warning:
        settlement.accepted.append(event.uuid)
        counts.warnings += 1
      case .drop: settlement.lose([event], .droppedByServer)
      case .retry: left.events.append(event)
      }
    }
    if left.events.isEmpty {
      endpoints[endpoint].succeeded()
      counts.lastFailure = nil
    } else {
      fail(
        endpoint, batch, "\(left.events.count) of \(batch.events.count) to be sent again",
        isFault: false, retryAfter: nil)
      retry(left, into: &settlement)
    }
  }

  /// Puts a batch in line again, before everything that waits, unless it was tried for too long.
  mutating func retry(_ batch: Batch, into settlement: inout Settlement) {
    if let limit = limits.giveUpAfter, let first = batch.firstSent, now - first >= limit {
      settlement.lose(batch.events, .gaveUp)
    } else {
      again.append(batch)
    }
  }

  /// Notes a failure; `endpoint` is nil when it says nothing of the server's health.
  mutating func fail(
    _ endpoint: Int?, _ batch: Batch, _ why: String, isFault: Bool, retryAfter: Duration?
  ) {
    counts.failures += 1
    counts.lastFailure = why
    guard let endpoint else { return }
    endpoints[endpoint].failed(
      isFault: isFault, retryAfter: retryAfter, draw: batch.jitterDraw, limits: limits, at: now)
  }

  /// Lets go of the events of a batch whose delivery is over.
  mutating func release(_ batch: Batch, _ settlement: Settlement) {
    let over = Set(settlement.accepted).union(settlement.lost.map(\.uuid))
    for event in batch.events where over.contains(event.uuid) { release(event) }
  }

  mutating func release(_ event: OutgoingEvent) {
    if held.remove(event.uuid) != nil { bytes -= event.json.utf8.count }
  }

  /// Counts what is over.
  mutating func settle(_ settlement: Settlement) {
    counts.accepted += settlement.accepted.count
    for loss in settlement.lost { counts.losses[loss.reason, default: 0] += 1 }
    counts.waiting = held.count
  }
}

/// What an answer asks for. Source: `reference` behaviour of posthog-python 7.91.1 and PostHog's
/// capture service, except that 413 splits, as posthog-js and posthog-ios do.
enum AnswerMeaning: Equatable {
  /// All but the events of these products.
  case accepted(without: Set<CaptureQuota>)
  case each([EventUUID: EventResult])
  /// Send again. `isFault` when the server itself seems broken.
  case again(String, isFault: Bool, retryAfter: Duration?)
  case split
  case never(status: Int)

  init(_ reply: DeliveryReply) {
    switch reply {
    case .broken(let why): self = .again(why, isFault: true, retryAfter: nil)
    case .results(let results): self = .each(results)
    case .answered(let status, let retryAfter, let quotaLimited):
      switch status {
      case 200..<300: self = .accepted(without: quotaLimited)
      case 413: self = .split
      // A gateway in between that is slow (408) says nothing of the events.
      case 408: self = .again("answered 408", isFault: true, retryAfter: retryAfter)
      case 429: self = .again("answered 429", isFault: false, retryAfter: retryAfter)
      case 500..<600:
        self = .again("answered \(status)", isFault: true, retryAfter: retryAfter)
      default: self = .never(status: status)
      }
    }
  }
}

/// A first-in first-out line whose ends both cost O(1).
struct Lineup<Element: Sendable>: Sendable {
  private var items: [Element?] = []
  private var head = 0

  var count: Int { items.count - head }
  var first: Element? { head < items.count ? items[head] : nil }

  mutating func append(_ item: Element) { items.append(item) }

  mutating func popFirst() -> Element? {
    guard head < items.count else { return nil }
    let item = items[head]
    items[head] = nil
    head += 1
    // Half of it is used up: the rest moves to the front, which costs O(1) per element.
    if head > 32, head * 2 > items.count {
      items.removeFirst(head)
      head = 0
    }
    return item
  }

  mutating func removeFirst() { _ = popFirst() }
}
