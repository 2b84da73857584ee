import GenOpsUnits
import Synchronization

/// A clock that only goes forward, as delivery and flags use it: how long it has run, and a wait.
/// Made from any `Clock`, so that tests move time by hand.
public struct DeliveryTimer: Sendable {
  package let elapsed: @Sendable () -> Duration
  package let sleep: @Sendable (Duration) async throws -> Void

  /// Counts from now.
  public init<C: Clock>(_ clock: C) where C.Duration == Duration {
    let start = clock.now
    elapsed = { start.duration(to: clock.now) }
    sleep = { try await clock.sleep(until: start.advanced(by: min($0, .longest)), tolerance: nil) }
  }

  /// The machine's.
  public static var system: DeliveryTimer { DeliveryTimer(ContinuousClock()) }
}

/// Wakes the one loop that listens. Rings while it does not listen are kept, as one.
struct Bell: Sendable {
  let rings: AsyncStream<Void>
  private let ringer: AsyncStream<Void>.Continuation

  init() { (rings, ringer) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func ring() { ringer.yield() }

  /// Waits for a ring, at most until `instant` of `timer`.
  static func wait(
    _ iterator: inout AsyncStream<Void>.Iterator, _ bell: Bell, until instant: Duration?,
    _ timer: DeliveryTimer
  ) async {
    guard let instant else {
      _ = await iterator.next(isolation: nil)
      return
    }
    let alarm = Task {
      try? await timer.sleep(instant)
      if !Task.isCancelled { bell.ring() }
    }
    _ = await iterator.next(isolation: nil)
    alarm.cancel()
  }
}
