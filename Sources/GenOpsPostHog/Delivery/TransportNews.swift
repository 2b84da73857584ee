/// What a transport tells its adapters by itself, so that they can log it.
public enum TransportNews: Sendable, Hashable {
  /// None of its servers answers; `failure` says what the last attempt came to.
  case unreachable(failure: String?, waiting: Int)
  /// One of them answers again.
  case reachable(waiting: Int)
  /// Nothing more is sent.
  case ended
}

/// How many events a transport holds at present.
public struct TransportStanding: Sendable, Hashable {
  /// In memory: queued, in flight or to be sent again.
  public var waiting: Int
  /// Of this process, on disk only, because memory or time had no room.
  public var spooled: Int
  /// Whether none of its servers answers.
  public var isUnreachable: Bool

  /// Counts of events.
  public init(waiting: Int, spooled: Int, isUnreachable: Bool) {
    self.waiting = waiting
    self.spooled = spooled
    self.isUnreachable = isUnreachable
  }
}
