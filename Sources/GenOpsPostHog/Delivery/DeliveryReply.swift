public import GenOpsMetering

/// What came back for a batch, as far as delivery cares.
public enum DeliveryReply: Sendable, Equatable {
  /// The answer of `POST /batch/`, which speaks of all events at once, or of any other failure.
  /// `quotaLimited` are the products whose events PostHog has dropped out of an accepted batch.
  case answered(
    status: Int, retryAfter: Duration? = nil, quotaLimited: Set<CaptureQuota> = [])
  /// The answer of `POST /i/v1/analytics/events`: a result for each event.
  case results([EventUUID: EventResult])
  /// No complete answer. Whether the server took the events is unknown; they are sent again, and
  /// their uuids tell.
  case broken(String)
}

/// Why an accepted event will not arrive.
public enum DeliveryLoss: Sendable, Hashable, CustomStringConvertible {
  case queueFull
  /// Larger than PostHog takes: by its size here, or by an answer of 413 to the event alone.
  case tooLarge
  /// Answered with a status that says never.
  case rejected(status: Int)
  /// PostHog's capture API V1 dropped it.
  case droppedByServer
  /// Answered 200, with the note that the quota of its product is used up: PostHog has dropped it.
  case quotaLimited
  /// Tried for longer than ``DeliveryLimits/giveUpAfter``.
  case gaveUp
  /// Still there when the time to drain was over.
  case abandoned

  /// Whether sending it again later would end the same way.
  public var isFinal: Bool {
    switch self {
    case .queueFull, .gaveUp, .abandoned: false
    default: true
    }
  }

  /// Whether it is certain that PostHog has not taken the event: then it is on no bill, and leaves
  /// the budgets. An event whose attempts all
  /// failed may still have arrived.
  var neverArrived: Bool {
    switch self {
    case .queueFull, .tooLarge, .rejected, .droppedByServer, .quotaLimited: true
    case .gaveUp, .abandoned: false
    }
  }

  public var description: String {
    switch self {
    case .queueFull: "the queue was full"
    case .tooLarge: "it is too large"
    case .rejected(let status): "the server answered \(status)"
    case .droppedByServer: "the server dropped it"
    case .quotaLimited: "the quota of its product at PostHog is used up"
    case .gaveUp: "the server could not be reached for too long"
    case .abandoned: "the process ended before the server could be reached"
    }
  }
}
