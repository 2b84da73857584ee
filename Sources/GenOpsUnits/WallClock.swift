/// Where "now" comes from. Decisions never read a clock; the shell passes the instant in.
///
/// ``now()`` can be set by people and by the network, and can be wrong. ``elapsed()`` is what it is held
/// against: a clock that is never set and goes on while the machine sleeps.
public protocol WallClock: Sendable {
  /// The present instant.
  func now() -> Timestamp

  /// Time since some fixed point, by a clock that is never set and counts suspension
  /// (`ContinuousClock`, `CLOCK_BOOTTIME`); nil when there is none. Without it every reading of
  /// ``now()`` is believed.
  func elapsed() -> Duration?
}

extension WallClock {
  public func elapsed() -> Duration? { nil }
}
