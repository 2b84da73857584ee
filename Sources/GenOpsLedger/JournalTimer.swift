import Dispatch
import GenOpsUnits

/// When a journal writes by itself: how long it has run, and work after a pause. Tests run the work
/// by hand.
struct JournalTimer: Sendable {
  /// By a clock that only goes forward.
  let uptime: @Sendable () -> Duration
  /// Runs the work after the pause, one after the other and on no thread of an application.
  let run: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

  /// The machine's.
  static var system: JournalTimer {
    let queue = DispatchQueue(label: "genops.journal")
    return JournalTimer(
      uptime: {
        .nanoseconds(Int64(clamping: DispatchTime.now().uptimeNanoseconds))
      },
      run: { pause, work in
        if pause == .zero {
          queue.async(execute: work)
        } else {
          let (seconds, rest) = pause.components
          let nanoseconds = Int(clamping: seconds * 1_000_000_000 + rest / 1_000_000_000)
          queue.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds), execute: work)
        }
      })
  }
}
