import GenOpsUnits
import Synchronization

/// Recordings that were let through today: a session is counted once, however many requests it sends.
final class KnownSessions: Sendable {
  private struct State {
    var day = CalendarDay(number: 0)
    var ids: Set<String> = []
  }

  private static let most = 100_000
  private let state = Mutex(State())

  /// Whether a session was let through on `day`.
  func contains(_ id: String, on day: CalendarDay) -> Bool {
    state.withLock { $0.day == day && $0.ids.contains(id) }
  }

  /// Notes that it was. When there are too many, they are asked for again, which costs nothing twice.
  func insert(_ id: String, on day: CalendarDay) {
    state.withLock { state in
      if state.day != day || state.ids.count >= KnownSessions.most { state.ids = [] }
      state.day = day
      state.ids.insert(id)
    }
  }
}

/// Bytes of logs, which are billed by the megabyte.
final class LogBytes: Sendable {
  private let rest = Mutex(0)
  private static let megabyte = 1_000_000

  /// Adds bytes.
  /// - Returns: The megabytes that are full with them.
  func add(_ bytes: Int) -> Int64 {
    rest.withLock { rest in
      rest += bytes
      let full = rest / LogBytes.megabyte
      rest -= full * LogBytes.megabyte
      return Int64(full)
    }
  }
}
