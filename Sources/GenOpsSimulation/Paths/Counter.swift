import Synchronization

/// Counts from 0, from any thread.
final class Counter: Sendable {
  private let value = Mutex(0)

  /// The number after this one is counted.
  func increment() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }

  /// Goes on counting from here, unless it is further already.
  func skip(to number: Int) { value.withLock { $0 = max($0, number) } }
}
