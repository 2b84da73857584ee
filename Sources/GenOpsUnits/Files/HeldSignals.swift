import Foundation
import Synchronization

/// Signals that would end the program while its files take their places: they wait until all of them
/// have, so that nobody finds old and new reports side by side.
enum HeldSignals {
  private static let held = [SIGINT, SIGTERM, SIGHUP]
  /// The last signal that came meanwhile; 0 for none.
  private static let pending = Atomic<Int32>(0)

  /// `body`, undisturbed; a signal that came meanwhile then does what it would have done.
  static func during<Result>(_ body: () -> Result) -> Result {
    pending.store(0, ordering: .relaxed)
    let handlers = held.map {
      signal($0) { code in HeldSignals.pending.store(code, ordering: .relaxed) }
    }
    let result = body()
    for (code, handler) in zip(held, handlers) { signal(code, handler) }
    let code = pending.load(ordering: .relaxed)
    // To the program: this thread may be one that takes no signals.
    if code != 0 { kill(getpid(), code) }
    return result
  }
}
