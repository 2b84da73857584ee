import GenOpsPostHog
import Synchronization

/// A clock of waits that a test moves. ``advance(to:)`` wakes whoever's time has come.
final class ManualTime: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration
    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
  }

  private struct State {
    var now = Instant(offset: .zero)
    var lastID = 0
    var sleepers: [Int: (until: Instant, wake: CheckedContinuation<Void, any Error>)] = [:]
    var watchers: [CheckedContinuation<Duration, Never>] = []
  }

  private let state = Mutex(State())

  var now: Instant { state.withLock { $0.now } }
  var minimumResolution: Duration { .nanoseconds(1) }
  var timer: DeliveryTimer { DeliveryTimer(self) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wake in
        let (isOver, watchers) = state.withLock { state in
          if Task.isCancelled || deadline <= state.now {
            return (true, [CheckedContinuation<Duration, Never>]())
          }
          state.sleepers[id] = (deadline, wake)
          defer { state.watchers = [] }
          return (false, state.watchers)
        }
        if isOver { wake.resume() }
        for watcher in watchers { watcher.resume(returning: deadline.offset) }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.wake
        .resume(throwing: CancellationError())
    }
  }

  /// Waits until somebody sleeps, and says until when the first will.
  func nextAlarm() async -> Duration {
    await withCheckedContinuation { watcher in
      let first: Duration? = state.withLock { state in
        if let first = state.sleepers.values.map(\.until).min() { return first.offset }
        state.watchers.append(watcher)
        return nil
      }
      if let first { watcher.resume(returning: first) }
    }
  }

  /// Moves the time on to `offset` since the beginning.
  func advance(to offset: Duration) {
    let due = state.withLock { state in
      state.now = max(state.now, Instant(offset: offset))
      let now = state.now
      let due = state.sleepers.filter { $0.value.until <= now }
      for id in due.keys { state.sleepers.removeValue(forKey: id) }
      return due.values.map(\.wake)
    }
    for wake in due { wake.resume() }
  }
}
