import GenOpsUnits

/// What a ``DeliveryQueue`` is at. ``withBacklog(_:)``, ``abandon()`` and ``drain(until:)`` are the
/// only ways from one state to the next:
///
/// | from | an event is taken | the last event is over, or all are given up | drain |
/// |---|---|---|---|
/// | idle | delivering | | drained |
/// | delivering | delivering | idle | draining |
/// | draining | draining | drained | draining, until the same instant |
/// | drained | draining | | drained, until the same instant |
enum DeliveryState: Sendable {
  /// Nothing to send.
  case idle
  /// Batches go out when they are full or have waited long enough. The backlog is not empty.
  case delivering(Backlog)
  /// Everything goes out at once, until this instant. The backlog is not empty.
  case draining(Backlog, until: Duration)
  /// The drain has left nothing.
  case drained(until: Duration)

  /// When the time to drain is over; nil before a drain.
  var deadline: Duration? {
    switch self {
    case .idle, .delivering: nil
    case .draining(_, let until), .drained(let until): until
    }
  }

  /// Events that were taken and are not over. For looking at: it changes in ``withBacklog(_:)``
  /// only.
  var backlog: Backlog? {
    switch self {
    case .idle, .drained: nil
    case .delivering(let backlog), .draining(let backlog, _): backlog
    }
  }

  /// Changes the backlog, empty where there was none, and goes to the state that fits what is left.
  @inline(__always)
  mutating func withBacklog<Result>(_ change: (inout Backlog) -> Result) -> Result {
    // The backlog is moved out of the state and back, not copied: with two owners each change would
    // copy all events.
    switch consume self {
    case .idle:
      var backlog = Backlog()
      let result = change(&backlog)
      self = backlog.isEmpty ? .idle : .delivering(backlog)
      return result
    case .delivering(var backlog):
      let result = change(&backlog)
      if backlog.isEmpty { self = .idle } else { self = .delivering(consume backlog) }
      return result
    case .draining(var backlog, let until):
      let result = change(&backlog)
      if backlog.isEmpty {
        self = .drained(until: until)
      } else {
        self = .draining(consume backlog, until: until)
      }
      return result
    case .drained(let until):
      var backlog = Backlog()
      let result = change(&backlog)
      self = backlog.isEmpty ? .drained(until: until) : .draining(backlog, until: until)
      return result
    }
  }

  /// Gives up the whole backlog, what is in flight included.
  mutating func abandon() -> [OutgoingEvent] {
    withBacklog { backlog in
      defer { backlog = Backlog() }
      return backlog.events
    }
  }

  /// Begins the end. A second drain does not put it off.
  mutating func drain(until instant: Duration) {
    switch self {
    case .idle: self = .drained(until: instant)
    case .delivering(let backlog): self = .draining(backlog, until: instant)
    case .draining, .drained: break
    }
  }
}
