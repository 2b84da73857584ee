public import GenOpsUnits

import Synchronization

/// A clock that a test moves, so that midnights and month ends come when they are wanted.
public final class ManualClock: WallClock {
  private let instant: Mutex<Timestamp>

  /// Starts at an instant.
  public init(_ start: Timestamp) { instant = Mutex(start) }

  /// Starts at an RFC 3339 instant: `2027-01-10T12:00:00Z`; at the beginning of 1970 when it is
  /// none.
  public convenience init(_ text: String) {
    self.init(Timestamp(text) ?? Timestamp(microseconds: 0))
  }

  public func now() -> Timestamp { instant.withLock { $0 } }

  /// Moves the clock on, or back when negative.
  public func advance(bySeconds seconds: Double) {
    instant.withLock { $0 = $0.advanced(bySeconds: seconds) }
  }

  /// Puts the clock to an instant, earlier or later.
  public func set(_ now: Timestamp) { instant.withLock { $0 = now } }
}
