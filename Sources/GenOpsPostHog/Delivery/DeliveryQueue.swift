public import GenOpsMetering
public import GenOpsUnits

/// Decides which events are sent when, and what an answer means for them. A state machine and a
/// value: it reads no clock, draws nothing and sends nothing.
///
/// ``offer(_:isKept:level:at:)`` takes an event over, ``next(at:wall:)`` says what to do now,
/// ``finished(_:_:at:)`` takes the answer. All instants are durations since the queue began, by a
/// clock that never goes back; an earlier one than before counts as the latest, so a clock that
/// jumps stops nothing.
///
/// What it keeps: an event that was taken over is accepted by a server, or is lost for a reason
/// that is counted and told; it is sent with the same uuid every time. Until then it waits in the
/// queue, is in flight, or is to be retried.
public struct DeliveryQueue: Sendable {
  public let limits: DeliveryLimits
  public private(set) var counts = DeliveryCounts()

  /// What to do now.
  public enum Action: Sendable {
    /// Send it to this endpoint and come back with ``DeliveryQueue/finished(_:_:at:)``.
    case send(Batch, endpoint: Int)
    /// Nothing until this instant, or until something changes.
    case wait(until: Duration?)
    /// Drained: nothing is left.
    case finished
  }

  private(set) var state = DeliveryState.idle
  private(set) var endpoints: [EndpointHealth]
  /// Whether the loop that sends has to look again after the latest offer: a wait begins, or a
  /// batch is full.
  private(set) var needsAttention = false
  private var batchIDs = BatchIDs()
  /// Answers of 400 since the last event was accepted.
  private var refusedInARow = 0
  /// To find one bad event among the first of 100 takes seven in a row.
  private static let mostRefused = 40
  /// The latest instant.
  private var now = Duration.zero

  /// `endpointCount` is how many servers can be sent to, the preferred one first.
  public init(limits: DeliveryLimits = DeliveryLimits(), endpointCount: Int = 1) {
    self.limits = limits.bounded
    endpoints = Array(repeating: EndpointHealth(), count: max(1, endpointCount))
  }

  /// Events in the queue, in flight or to be retried.
  public var count: Int { counts.waiting }

  /// The uuids of these.
  public var heldUUIDs: Set<EventUUID> { state.backlog?.uuids ?? [] }

  /// Whether every endpoint is passed over (``DeliveryLimits/failoverAfter`` faults in a row or
  /// more) and events wait for one to be back. An empty queue is never down: with nothing to send
  /// nobody would find out that a server is back.
  public var isUpstreamDown: Bool {
    count > 0 && isEveryEndpointPassedOver
  }

  /// Whether no endpoint has answered lately.
  var isEveryEndpointPassedOver: Bool { endpoints.allSatisfy { $0.isPassedOver(limits) } }

  /// Takes an event over. When the queue is full, one that `isKept` in a spool stays there, to be
  /// offered again; for another one those of a lower `level` make room.
  /// - Returns: What is lost by it: the event itself, or others that made room for it.
  public mutating func offer(
    _ event: OutgoingEvent, isKept: Bool = false, level: ServiceLevel = .standard,
    at instant: Duration
  ) -> Settlement {
    now = max(now, instant)
    counts.offered += 1
    let dropsOldest = limits.whenFull == .dropOldest
    let (offered, dropped, attention) = state.withBacklog { [limits, now] backlog in
      let (offered, dropped) = backlog.offer(
        event, level: level, dropsOldest: dropsOldest, stays: isKept, limits, at: now)
      return (offered, dropped, backlog.queue.needsAttention(limits))
    }
    needsAttention = attention
    counts.waiting -= dropped.count
    var settlement = Settlement()
    if !dropped.isEmpty { settlement.lose(dropped, .queueFull) }
    switch offered {
    case .taken: counts.waiting += 1
    case .copy: counts.copies += 1
    case .tooLarge: settlement.lose([event], .tooLarge)
    case .full where isKept: counts.spooled += 1
    case .full: settlement.lose([event], .queueFull)
    }
    count(settlement)
    return settlement
  }

  /// What to do now. Call it again after each change and when the time it names has come. `wall` is
  /// only written into batches; it decides nothing.
  public mutating func next(at instant: Duration, wall: Timestamp) -> Action {
    now = max(now, instant)
    let deadline = state.deadline
    switch state {
    case .idle: return .wait(until: nil)
    case .drained: return .finished
    case .delivering, .draining: break
    }
    var ids = batchIDs
    let next = state.withBacklog { [limits, endpoints, now] in
      $0.next(limits, endpoints, isDraining: deadline != nil, &ids, at: now, wall: wall)
    }
    batchIDs = ids
    switch next {
    case .send(let sent):
      counts.requests += 1
      if sent.endpoint > 0 { counts.failovers += 1 }
      return .send(sent.batch, endpoint: sent.endpoint)
    case .wait(let until):
      return .wait(until: [until, deadline].compactMap(\.self).min())
    }
  }

  /// Takes the answer to a batch. One that is not in flight, because it was answered before or
  /// given up, has no answer to take: nothing changes.
  /// - Returns: The events whose delivery is over. The others of the batch are sent again.
  public mutating func finished(_ id: Int, _ reply: DeliveryReply, at instant: Duration)
    -> Settlement
  {
    now = max(now, instant)
    var meaning = AnswerMeaning(reply)
    // A server that refuses whatever comes is not asked about every single event.
    if meaning == .bisect, refusedInARow >= DeliveryQueue.mostRefused {
      meaning = .never(status: 400)
    }
    var ids = batchIDs
    let answer = state.withBacklog { [limits, now] in
      $0.answer(id, meaning, limits, &ids, at: now)
    }
    batchIDs = ids
    guard let (sent, answered) = answer else { return Settlement() }
    if meaning == .bisect { refusedInARow += 1 }
    if !answered.settlement.accepted.isEmpty { refusedInARow = 0 }
    endpoints[sent.endpoint].note(
      answered.health, draw: sent.batch.jitterDraw, limits: limits, at: now)
    counts.lastFailure = answered.failure
    if answered.failure != nil { counts.failures += 1 }
    counts.warnings += answered.warnings
    counts.waiting -= answered.settlement.accepted.count + answered.settlement.lost.count
    count(answered.settlement)
    return answered.settlement
  }

  /// Sends everything that waits now without waiting for the interval.
  public mutating func flush() { state.withBacklog { $0.flush() } }

  /// Begins the end: everything is sent at once, until ``DeliveryLimits/drainTimeout`` is over.
  public mutating func drain(at instant: Duration) {
    now = max(now, instant)
    state.drain(until: now + limits.drainTimeout)
  }

  /// Whether the time to drain is over.
  public func isDrainOver(at instant: Duration) -> Bool {
    state.deadline.map { $0 <= max(now, instant) } ?? false
  }

  /// Gives up everything that is left, what is in flight included; what `isKept` in a spool stays
  /// there.
  public mutating func abandon(isKept: Bool = false) -> Settlement {
    let left = state.abandon()
    counts.waiting = 0
    var settlement = Settlement()
    if isKept {
      counts.spooled += left.count
    } else {
      settlement.lose(left, .abandoned)
    }
    count(settlement)
    return settlement
  }

  /// Counts what is over.
  private mutating func count(_ settlement: Settlement) {
    counts.accepted += settlement.accepted.count
    for loss in settlement.lost { counts.losses[loss.reason, default: 0] += 1 }
  }
}
