/// Events that wait for their first request, oldest first.
struct EventQueue: Sendable {
  private struct Queued: Sendable {
    var event: OutgoingEvent
    var since: Duration
  }

  private var events = FIFO<Queued>()
  /// Of the JSON of all.
  private(set) var bytes = 0
  /// How many of the oldest go out without waiting for the interval.
  private var flushing = 0

  var count: Int { events.count }
  /// Oldest first.
  var elements: [OutgoingEvent] { events.elements.map(\.event) }

  mutating func append(_ event: OutgoingEvent, at now: Duration) {
    events.append(Queued(event: event, since: now))
    bytes += event.size
  }

  mutating func popFirst() -> OutgoingEvent? {
    guard let event = events.popFirst()?.event else { return nil }
    bytes -= event.size
    flushing = max(0, flushing - 1)
    return event
  }

  /// Lets everything that waits now go out at once.
  mutating func flush() { flushing = count }

  /// Whether an event that was appended last may bring the next request forward: a wait begins, or
  /// a batch is full.
  func needsAttention(_ limits: DeliveryLimits) -> Bool {
    count == 1 || (count > 0 && count % max(1, limits.flushCount) == 0)
      || bytes >= limits.flushBytes
  }

  /// When the next batch may go out; nil when nothing waits.
  func readyAt(_ limits: DeliveryLimits, isDraining: Bool, at now: Duration) -> Duration? {
    guard let oldest = events.first else { return nil }
    let isDue =
      isDraining || flushing > 0 || count >= limits.flushCount || bytes >= limits.flushBytes
    return isDue ? now : oldest.since + limits.flushInterval
  }

  /// The events that waited longest, as many as count and bytes allow, at least one unless none
  /// waits.
  mutating func popBatch(_ limits: DeliveryLimits) -> [OutgoingEvent] {
    var batch: [OutgoingEvent] = []
    var size = 0
    while batch.count < max(1, limits.flushCount), let next = events.first?.event {
      if !batch.isEmpty, size + next.size > limits.flushBytes { break }
      _ = popFirst()
      size += next.size
      batch.append(next)
    }
    return batch
  }
}
