import GenOpsMetering

/// What an answer asks for. Source: `reference` behaviour of posthog-python 7.91.1 and PostHog's
/// capture service, except that 413 splits, as posthog-js and posthog-ios do.
enum AnswerMeaning: Equatable {
  /// All but the events of these products.
  case accepted(without: Set<CaptureQuota>)
  case each([EventUUID: EventResult])
  /// To be sent once more. `isFault` when the server itself seems broken.
  case retry(String, isFault: Bool, retryAfter: Duration?)
  case split
  /// One event of the batch at least is not as it should be, and the answer does not say which.
  case bisect
  case never(status: Int)

  init(_ reply: DeliveryReply) {
    switch reply {
    case .broken(let why): self = .retry(why, isFault: true, retryAfter: nil)
    case .results(let results): self = .each(results)
    case .answered(let status, let retryAfter, let quotaLimited):
      switch status {
      case 200..<300: self = .accepted(without: quotaLimited)
      case 413: self = .split
      // A gateway in between that is slow (408) says nothing of the events.
      case 408: self = .retry("answered 408", isFault: true, retryAfter: retryAfter)
      case 429: self = .retry("answered 429", isFault: false, retryAfter: retryAfter)
      case 500..<600:
        self = .retry("answered \(status)", isFault: true, retryAfter: retryAfter)
      case 400: self = .bisect
      default: self = .never(status: status)
      }
    }
  }
}
