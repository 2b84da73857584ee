/// Events that wait for their first request, oldest first.
struct EventQueue: Sendable {
  private struct Queued: Sendable {
    var event: OutgoingEvent
    var since: Duration
    /// Counts the events that came before it.
    var place: UInt64
  }

  /// By importance, each in order.
  private var standard = FIFO<Queued>()
  private var premium = FIFO<Queued>()
  private var nextPlace: UInt64 = 0
  /// Of the JSON of all.
  private(set) var bytes = 0
  /// How many of the oldest go out without waiting for the interval.
  private var flushing = 0

  var count: Int { standard.count + premium.count }
  /// Oldest first.
  var elements: [OutgoingEvent] {
    (standard.elements + premium.elements).sorted { $0.place < $1.place }.map(\.event)
  }

  mutating func append(
    _ event: OutgoingEvent, level: ServiceLevel = .standard, at now: Duration
  ) {
    let queued = Queued(event: event, since: now, place: nextPlace)
    nextPlace &+= 1
    switch level {
    case .standard: standard.append(queued)
    case .premium: premium.append(queued)
    }
    bytes += event.size
  }

  mutating func popFirst() -> OutgoingEvent? {
    taken(isStandardNext ? standard.popFirst() : premium.popFirst())
  }

  /// Takes out one that makes room for an event of `level`: the oldest one that is not more important, of those
  /// that are less important first. With `isNewest` the newest one that is less important.
  mutating func shed(for level: ServiceLevel, isNewest: Bool) -> OutgoingEvent? {
    if isNewest { return level == .premium ? taken(standard.popLast()) : nil }
    if standard.count > 0 { return taken(standard.popFirst()) }
    return level == .premium ? taken(premium.popFirst()) : nil
  }

  /// Events go out in the order in which they came, whatever their importance.
  private var isStandardNext: Bool {
    guard let first = standard.first else { return false }
    return premium.first.map { first.place < $0.place } ?? true
  }

  private var first: Queued? { isStandardNext ? standard.first : premium.first }

  private mutating func taken(_ queued: Queued?) -> OutgoingEvent? {
    guard let event = queued?.event else { return nil }
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
    guard let oldest = first else { return nil }
    let isDue =
      isDraining || flushing > 0 || count >= limits.flushCount || bytes >= limits.flushBytes
    return isDue ? now : oldest.since + limits.flushInterval
  }

  /// The events that waited longest, as many as count and bytes allow, at least one unless none
  /// waits.
  mutating func popBatch(_ limits: DeliveryLimits) -> [OutgoingEvent] {
    var batch: [OutgoingEvent] = []
    var size = 0
    while batch.count < max(1, limits.flushCount), let next = first?.event {
      if !batch.isEmpty, size + next.size > limits.flushBytes { break }
      _ = popFirst()
      size += next.size
      batch.append(next)
    }
    return batch
  }
}
