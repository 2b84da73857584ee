import GenOpsMetering
import GenOpsUnits

/// A batch that is to be sent. Its only successor is ``InFlightBatch``.
enum QueuedBatch: Sendable {
  /// Never sent: formed of queued events, or split off a larger batch.
  case new(Batch)
  /// Sent before without success.
  case retry(Batch, firstSent: Duration)

  var batch: Batch {
    switch self {
    case .new(let batch), .retry(let batch, _): batch
    }
  }

  /// The batch on its way, one attempt later. `wall` is written into the first attempt only,
  /// because all attempts of a batch tell the server the same time.
  func sent(to endpoint: Int, at now: Duration, wall: Timestamp) -> InFlightBatch {
    switch self {
    case .new(var batch):
      batch.attempt = 1
      batch.created = wall
      return InFlightBatch(batch: batch, endpoint: endpoint, firstSent: now)
    case .retry(var batch, let firstSent):
      batch.attempt += 1
      return InFlightBatch(batch: batch, endpoint: endpoint, firstSent: firstSent)
    }
  }
}

/// A batch whose request is out. It can be answered, once, and not be sent.
struct InFlightBatch: Sendable {
  let batch: Batch
  let endpoint: Int
  let firstSent: Duration

  /// What becomes of the events of an answered batch that are neither accepted nor lost.
  enum Successor: Sendable {
    /// There are none.
    case over
    case retry(QueuedBatch)
    /// The batch was refused as a whole: each half is a new one.
    case split([OutgoingEvent], [OutgoingEvent])
  }

  /// What an answer asks for.
  struct Answered: Sendable {
    var settlement = Settlement()
    var successor = Successor.over
    /// What it says of the endpoint.
    var health = EndpointHealth.Note.succeeded
    /// Why it brought no acceptance; nil when it did.
    var failure: String?
    /// Events accepted without a person profile.
    var warnings = 0
  }

  /// The end of this request.
  func answered(_ meaning: AnswerMeaning, giveUpAfter limit: Duration?, at now: Duration)
    -> Answered
  {
    var answered = Answered()
    switch meaning {
    case .accepted(let limited): accept(without: limited, &answered.settlement)
    case .each(let results): sort(by: results, giveUpAfter: limit, at: now, &answered)
    case .retry(let why, let isFault, let retryAfter):
      answered.failure = why
      answered.health = .failed(isFault: isFault, retryAfter: retryAfter)
      retry(batch, giveUpAfter: limit, at: now, &answered)
    case .split: halve(status: 413, alone: .tooLarge, &answered)
    case .bisect: halve(status: 400, alone: .rejected(status: 400), &answered)
    case .never(let status):
      answered.failure = "answered \(status)"
      answered.health = .answered
      answered.settlement.lose(batch.events, .rejected(status: status))
    }
    return answered
  }

  /// Sends both halves of the batch on their own. An event that is refused `alone` is lost.
  private func halve(status: Int, alone: DeliveryLoss, _ answered: inout Answered) {
    answered.failure = "answered \(status)"
    answered.health = .answered
    if batch.events.count == 1 {
      answered.settlement.lose(batch.events, alone)
    } else {
      let half = batch.events.count / 2
      answered.successor = .split(Array(batch.events[..<half]), Array(batch.events[half...]))
    }
  }

  /// Accepts all but the events of products whose quota is used up: those PostHog has dropped.
  private func accept(without limited: Set<CaptureQuota>, _ settlement: inout Settlement) {
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

  /// Sorts by the results of the V1 answer. An event that the answer does not name is accepted, as
  /// PostHog's own client has it.
  private func sort(
    by results: [EventUUID: EventResult], giveUpAfter limit: Duration?, at now: Duration,
    _ answered: inout Answered
  ) {
    var left = batch
    left.events = []
    for event in batch.events {
      switch results[event.uuid] {
      case .ok, nil: answered.settlement.accepted.append(event.uuid)
      case .warning:
        answered.settlement.accepted.append(event.uuid)
        answered.warnings += 1
      case .drop: answered.settlement.lose([event], .droppedByServer)
      case .retry: left.events.append(event)
      }
    }
    if left.events.isEmpty { return }
    answered.failure = "\(left.events.count) of \(batch.events.count) to be sent again"
    answered.health = .failed(isFault: false, retryAfter: nil)
    retry(left, giveUpAfter: limit, at: now, &answered)
  }

  /// Keeps `left` for a retry, unless it was tried for too long.
  private func retry(
    _ left: Batch, giveUpAfter limit: Duration?, at now: Duration, _ answered: inout Answered
  ) {
    if let limit, now - firstSent >= limit {
      answered.settlement.lose(left.events, .gaveUp)
    } else {
      answered.successor = .retry(.retry(left, firstSent: firstSent))
    }
  }
}
