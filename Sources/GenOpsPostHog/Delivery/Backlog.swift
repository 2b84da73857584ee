import GenOpsMetering
import GenOpsUnits

/// The events that were taken and are not over. Each is in exactly one place: it waits in the
/// queue, or is in a batch to be sent, or in one that is in flight.
struct Backlog: Sendable {
  private(set) var queue = EventQueue()
  /// Batches that go out before anything in the queue: their events are older.
  private(set) var retries: [QueuedBatch] = []
  /// By the batch's id.
  private(set) var inFlight: [Int: InFlightBatch] = [:]
  /// Those of all its events. An event whose uuid is here is a copy.
  private(set) var uuids: Set<EventUUID> = []
  /// Of the JSON of all its events.
  private(set) var bytes = 0

  var isEmpty: Bool { uuids.isEmpty }

  /// What becomes of an event that is offered.
  enum Offered: Sendable {
    case taken
    /// It is here already.
    case copy
    case tooLarge
    case full
  }

  /// Takes `event` if it is new and fits. Less important events make room for it: the newest ones first, or with
  /// `dropsOldest` those that waited longest, then its equals. They come back as `dropped`. One that `stays`
  /// elsewhere needs no room.
  mutating func offer(
    _ event: OutgoingEvent, level: ServiceLevel = .standard, dropsOldest: Bool, stays: Bool = false,
    _ limits: DeliveryLimits, at now: Duration
  ) -> (Offered, dropped: [OutgoingEvent]) {
    let size = event.size
    if uuids.contains(event.uuid) { return (.copy, []) }
    if size > limits.eventBytes { return (.tooLarge, []) }
    var isFull: Bool {
      uuids.count >= limits.capacity || bytes + size > limits.capacityBytes
    }
    var dropped: [OutgoingEvent] = []
    // Only the queue can make room: what is in flight or was may already have arrived.
    while isFull, !stays, let least = queue.shed(for: level, isNewest: !dropsOldest) {
      release(least)
      dropped.append(least)
    }
    if isFull { return (.full, dropped) }
    queue.append(event, level: level, at: now)
    uuids.insert(event.uuid)
    bytes += size
    return (.taken, dropped)
  }

  /// Lets everything in the queue go out at once.
  mutating func flush() { queue.flush() }

  /// What may go out now.
  enum Next: Sendable {
    case send(InFlightBatch)
    /// Nothing before this instant, or before something changes.
    case wait(until: Duration?)
  }

  /// Sends the next batch if there is one and an endpoint for it.
  mutating func next(
    _ limits: DeliveryLimits, _ endpoints: [EndpointHealth], isDraining: Bool,
    _ ids: inout BatchIDs, at now: Duration, wall: Timestamp
  ) -> Next {
    guard inFlight.count < max(1, limits.concurrentRequests) else { return .wait(until: nil) }
    guard
      let due = retries.isEmpty ? queue.readyAt(limits, isDraining: isDraining, at: now) : now
    else { return .wait(until: nil) }
    guard due <= now else { return .wait(until: due) }
    let (chosen, waitUntil) = EndpointHealth.choose(
      endpoints, failoverAfter: limits.failoverAfter, at: now)
    guard let endpoint = chosen else { return .wait(until: waitUntil) }
    // An endpoint that has failed is tried with one batch, not with all that wait.
    if endpoints[endpoint].failures > 0,
      inFlight.values.contains(where: { $0.endpoint == endpoint })
    {
      return .wait(until: nil)
    }
    let queued =
      retries.isEmpty
      ? QueuedBatch.new(Batch(id: ids.next(), events: queue.popBatch(limits)))
      : retries.removeFirst()
    let sent = queued.sent(to: endpoint, at: now, wall: wall)
    inFlight[sent.batch.id] = sent
    return .send(sent)
  }

  /// Takes the answer to a batch. Nil, with nothing changed, when that batch is not in flight: it
  /// was answered before, or given up.
  mutating func answer(
    _ id: Int, _ meaning: AnswerMeaning, _ limits: DeliveryLimits, _ ids: inout BatchIDs,
    at now: Duration
  ) -> (InFlightBatch, InFlightBatch.Answered)? {
    guard let sent = inFlight.removeValue(forKey: id) else { return nil }
    let answered = sent.answered(meaning, giveUpAfter: limits.giveUpAfter, at: now)
    switch answered.successor {
    case .over: break
    case .retry(let batch): retries.append(batch)
    case .split(let first, let second):
      let halves = [first, second].map { QueuedBatch.new(Batch(id: ids.next(), events: $0)) }
      retries.insert(contentsOf: halves, at: 0)
    }
    let over = Set(answered.settlement.accepted).union(answered.settlement.lost.map(\.uuid))
    for event in sent.batch.events where over.contains(event.uuid) { release(event) }
    return (sent, answered)
  }

  /// All its events: in flight, then to be retried, then in the queue. The order is always the
  /// same.
  var events: [OutgoingEvent] {
    inFlight.sorted { $0.key < $1.key }.flatMap(\.value.batch.events)
      + retries.flatMap(\.batch.events) + queue.elements
  }

  private mutating func release(_ event: OutgoingEvent) {
    if uuids.remove(event.uuid) != nil { bytes -= event.size }
  }
}

/// Numbers the batches of a queue from 1. None comes twice, so that a late answer to a batch that
/// was given up finds no other.
struct BatchIDs: Sendable {
  private var last = 0

  mutating func next() -> Int {
    last += 1
    return last
  }
}

extension OutgoingEvent {
  /// Bytes of its JSON.
  var size: Int { json.utf8.count }
}
