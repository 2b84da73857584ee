public import GenOpsMetering
public import GenOpsUnits

/// Decides which events are sent when, and what an answer means for them. A value: it reads no clock,
/// draws nothing and sends nothing.
///
/// ``offer(_:isKept:at:)`` takes an event over, ``next(at:wall:)`` says what to do now, ``finished(_:_:at:)`` takes
/// the answer. All instants are durations since the queue began, by a clock that never goes back; an
/// earlier one than before counts as the latest, so a clock that jumps stops nothing.
///
/// What it keeps: an event that was taken over is accepted by a server, or is lost for a reason that is
/// counted and told; it is sent with the same uuid every time.
public struct DeliveryQueue: Sendable {
  public let limits: DeliveryLimits
  public internal(set) var counts = DeliveryCounts()

  /// What to do now.
  public enum Step: Sendable {
    /// Send it to this endpoint and come back with ``DeliveryQueue/finished(_:_:at:)``.
    case send(Batch, endpoint: Int)
    /// Nothing until this instant, or until something changes.
    case wait(until: Duration?)
    /// Drained: nothing is left.
    case finished
  }

  struct Waiting: Sendable {
    var event: OutgoingEvent
    var since: Duration
    var number: Int
  }

  var waiting = Lineup<Waiting>()
  var waitingBytes = 0
  var again: [Batch] = []
  var underWay: [Int: (batch: Batch, endpoint: Int)] = [:]
  var endpoints: [EndpointHealth]
  var held: Set<EventUUID> = []
  var bytes = 0
  var lastBatch = 0
  var lastNumber = 0
  /// Everything up to this number goes out without waiting for the interval.
  var flushThrough = 0
  var drainDeadline: Duration?
  var now = Duration.zero

  /// `endpointCount` is how many servers can be sent to, the preferred one first.
  public init(limits: DeliveryLimits = DeliveryLimits(), endpointCount: Int = 1) {
    self.limits = limits
    endpoints = Array(repeating: EndpointHealth(), count: max(1, endpointCount))
  }

  /// Events in the queue or under way.
  public var count: Int { held.count }

  /// Whether every endpoint is passed over (``DeliveryLimits/failoverAfter`` faults in a row or more)
  /// and events wait for one to be back. An empty queue is never down: with nothing to send nobody
  /// would find out that a server is back.
  public var isUpstreamDown: Bool {
    !held.isEmpty && endpoints.allSatisfy { $0.isPassedOver(limits) }
  }

  /// The uuids of these.
  public var heldUUIDs: Set<EventUUID> { held }

  /// Takes an event over. When the queue is full, one that `isKept` in a spool stays there, to be
  /// offered again.
  /// - Returns: What is lost by it: the event itself, or an older one that made room for it.
  public mutating func offer(_ event: OutgoingEvent, isKept: Bool = false, at instant: Duration)
    -> Settlement
  {
    now = max(now, instant)
    var settlement = Settlement()
    counts.offered += 1
    let size = event.json.utf8.count
    if held.contains(event.uuid) {
      counts.copies += 1
      return settlement
    }
    if size > limits.eventBytes {
      settlement.lose([event], .tooLarge)
    } else {
      var isFull: Bool {
        held.count >= limits.capacity || bytes + size > limits.capacityBytes
      }
      // Only what waits can make room: what is under way may already have arrived.
      while isFull, !isKept, limits.whenFull == .dropOldest, let oldest = waiting.popFirst() {
        waitingBytes -= oldest.event.json.utf8.count
        release(oldest.event)
        settlement.lose([oldest.event], .queueFull)
      }
      if isFull, isKept {
        counts.spooled += 1
      } else if isFull {
        settlement.lose([event], .queueFull)
      } else {
        lastNumber += 1
        waiting.append(Waiting(event: event, since: now, number: lastNumber))
        waitingBytes += size
        bytes += size
        held.insert(event.uuid)
      }
    }
    settle(settlement)
    return settlement
  }

  /// Whether the loop that sends has to look again after an offer: a wait begins, or a batch is full.
  var needsAttention: Bool {
    waiting.count == 1 || waiting.count % max(1, limits.flushCount) == 0
      || waitingBytes >= limits.flushBytes
  }

  /// What to do now. Call it again after each change and when the time it names has come. `wall` is
  /// only written into batches; it decides nothing.
  public mutating func next(at instant: Duration, wall: Timestamp) -> Step {
    now = max(now, instant)
    if held.isEmpty, drainDeadline != nil { return .finished }
    guard underWay.count < max(1, limits.concurrentRequests) else {
      return .wait(until: drainDeadline)
    }
    let due: Duration
    if !again.isEmpty {
      due = now
    } else if let ready = readyAt {
      due = ready
    } else {
      return .wait(until: drainDeadline)
    }
    guard due <= now else { return .wait(until: earlier(due, drainDeadline)) }
    let (endpoint, waitUntil) = EndpointHealth.choose(
      endpoints, failoverAfter: limits.failoverAfter, at: now)
    guard let endpoint else { return .wait(until: earlier(waitUntil, drainDeadline)) }
    // An endpoint that has failed is tried with one batch, not with all that wait.
    if endpoints[endpoint].failures > 0,
      underWay.values.contains(where: { $0.endpoint == endpoint })
    {
      return .wait(until: drainDeadline)
    }
    var batch = again.isEmpty ? form() : again.removeFirst()
    batch.attempt += 1
    if batch.firstSent == nil {
      batch.firstSent = now
      batch.created = wall
    }
    underWay[batch.id] = (batch, endpoint)
    counts.requests += 1
    if endpoint > 0 { counts.failovers += 1 }
    return .send(batch, endpoint: endpoint)
  }

  /// Takes the answer to a batch.
  /// - Returns: The events whose delivery is over. The others of the batch are sent again.
  public mutating func finished(_ id: Int, _ reply: DeliveryReply, at instant: Duration)
    -> Settlement
  {
    now = max(now, instant)
    var settlement = Settlement()
    guard let (batch, endpoint) = underWay.removeValue(forKey: id) else { return settlement }
    switch AnswerMeaning(reply) {
    case .accepted(let limited):
      endpoints[endpoint].succeeded()
      counts.lastFailure = nil
      accept(batch, without: limited, into: &settlement)
    case .each(let results):
      sort(batch, by: results, endpoint, into: &settlement)
    case .again(let why, let isFault, let retryAfter):
      fail(endpoint, batch, why, isFault: isFault, retryAfter: retryAfter)
      retry(batch, into: &settlement)
    case .split:
      endpoints[endpoint].answered()
      fail(nil, batch, "answered 413", isFault: false, retryAfter: nil)
      if batch.events.count == 1 {
        settlement.lose(batch.events, .tooLarge)
      } else {
        let half = batch.events.count / 2
        again.insert(
          contentsOf: [
            makeBatch(Array(batch.events[..<half])), makeBatch(Array(batch.events[half...])),
          ],
          at: 0)
      }
    case .never(let status):
      endpoints[endpoint].answered()
      fail(nil, batch, "answered \(status)", isFault: false, retryAfter: nil)
      settlement.lose(batch.events, .rejected(status: status))
    }
    release(batch, settlement)
    settle(settlement)
    return settlement
  }

  /// Sends everything that waits now without waiting for the interval.
  public mutating func flush() { flushThrough = lastNumber }

  /// Begins the end: everything is sent at once, until ``DeliveryLimits/drainTimeout`` is over.
  public mutating func drain(at instant: Duration) {
    now = max(now, instant)
    if drainDeadline == nil { drainDeadline = now + limits.drainTimeout }
  }

  /// Whether the time to drain is over.
  public func isDrainOver(at instant: Duration) -> Bool {
    drainDeadline.map { $0 <= max(now, instant) } ?? false
  }

  /// Gives up everything that is left, those under way included; what `isKept` in a spool stays there.
  public mutating func abandon(isKept: Bool = false) -> Settlement {
    var settlement = Settlement()
    if isKept {
      counts.spooled += held.count
    } else {
      settlement.lost = held.map { .init(uuid: $0, reason: .abandoned) }
    }
    (waiting, waitingBytes, again, underWay, held, bytes) = (Lineup(), 0, [], [:], [], 0)
    settle(settlement)
    return settlement
  }
}
