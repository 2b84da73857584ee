/// How one endpoint has answered lately, and which of several to use.
///
/// The first endpoint is used while it works. After ``DeliveryLimits/failoverAfter`` faults in a
/// row it is passed over, and tried again with one batch each time its pause ends. A fault is not
/// an answer or a 5xx; an answer that the account may send no more (402, 429, a quota) is none,
/// because the account must not escape its limits by way of another region.
struct EndpointHealth: Sendable {
  /// Failures in a row, each of which doubles the pause.
  var failures = 0
  /// Failures in a row that count for failover.
  var faults = 0
  /// No request before this instant.
  var notBefore = Duration.zero

  /// What an answer says of the endpoint that gave it.
  enum Note: Sendable, Equatable {
    case succeeded
    /// It has said no to a batch for good. That is an answer all the same: it is not down.
    case answered
    /// The batch is to be sent once more; `isFault` when the server itself seems broken.
    case failed(isFault: Bool, retryAfter: Duration?)
  }

  /// Whether the next endpoint is used in its place.
  func isPassedOver(_ limits: DeliveryLimits) -> Bool { faults >= max(1, limits.failoverAfter) }

  /// Takes an answer in. `draw`, between 0 and 1, is how much of the jitter is added to a pause.
  mutating func note(_ note: Note, draw: Double, limits: DeliveryLimits, at now: Duration) {
    switch note {
    case .succeeded: self = EndpointHealth()
    case .answered: faults = 0
    case .failed(let isFault, let retryAfter):
      failures += 1
      if isFault { faults += 1 }
      var pause = limits.firstBackoff
      // Twenty doublings of a second are twelve days; no more is needed to reach the longest.
      for _ in 1..<min(failures, 20) where pause < limits.longestBackoff { pause *= 2 }
      pause = min(pause, limits.longestBackoff)
      pause += pause * (limits.jitter * draw)
      if let retryAfter { pause = max(pause, min(retryAfter, limits.longestRetryAfter)) }
      notBefore = max(notBefore, now + pause)
    }
  }

  /// The endpoint for the next batch, or when there will be one.
  static func choose(
    _ endpoints: [EndpointHealth], failoverAfter: Int, at now: Duration
  ) -> (endpoint: Int?, waitUntil: Duration) {
    var earliest = Duration.seconds(1 << 40)
    for (index, health) in endpoints.enumerated() {
      if health.notBefore <= now { return (index, now) }
      earliest = min(earliest, health.notBefore)
      // Not yet passed over: it is waited for.
      if health.faults < failoverAfter { return (nil, health.notBefore) }
    }
    return (nil, earliest)
  }
}
