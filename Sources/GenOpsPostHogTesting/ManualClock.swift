public import GenOpsUnits

import Synchronization

/// A clock that a test moves, so that midnights and month ends come when they are wanted.
///
/// It has both readings of a machine: the time of day, which can be set, and the time that has passed,
/// which cannot. ``advance(bySeconds:)`` and ``set(_:)`` let time pass; ``jump(bySeconds:)`` is a clock
/// that somebody set, or that went wrong.
public final class ManualClock: WallClock {
  private struct Reading {
    var wall: Timestamp
    var elapsed = Duration.zero

    /// Time that has passed can only grow.
    mutating func pass(to instant: Timestamp) {
      let passed = instant.microseconds.subtractingReportingOverflow(wall.microseconds)
      if !passed.overflow, passed.partialValue > 0 {
        elapsed += .microseconds(passed.partialValue)
      }
      wall = instant
    }
  }

  private let reading: Mutex<Reading>

  /// Starts at an instant.
  public init(_ start: Timestamp) { reading = Mutex(Reading(wall: start)) }

  /// Starts at an RFC 3339 instant: `2027-01-10T12:00:00Z`; at the beginning of 1970 when it is
  /// none.
  public convenience init(_ text: String) {
    self.init(Timestamp(text) ?? Timestamp(microseconds: 0))
  }

  public func now() -> Timestamp { reading.withLock { $0.wall } }

  public func elapsed() -> Duration? { reading.withLock { $0.elapsed } }

  /// Lets so many seconds pass. Negative sets the clock back, and no time passes.
  public func advance(bySeconds seconds: Double) {
    reading.withLock { $0.pass(to: $0.wall.advanced(bySeconds: seconds)) }
  }

  /// Lets time pass until an instant. An earlier one sets the clock back, and no time passes.
  public func set(_ now: Timestamp) { reading.withLock { $0.pass(to: now) } }

  /// Sets the time of day by so many seconds, ahead or back, and no time passes.
  public func jump(bySeconds seconds: Double) {
    reading.withLock { $0.wall = $0.wall.advanced(bySeconds: seconds) }
  }
}
