/// Waits that a caller chose. A clock ends the program for a wait whose end does not fit its own form, such as
/// one of `.seconds(Int64.max)`, which people write for "without end", and `Duration` does for a `Double`
/// that is not a number.
extension Duration {
  /// A hundred years: what waits longer waits for good. Sums of a few of them fit every clock.
  package static let longest = Duration.seconds(3_155_760_000)

  /// The duration, at least zero and at most ``longest``.
  package var bounded: Duration { min(max(self, .zero), .longest) }

  /// The same for the time between two rounds of a loop, at least a hundredth of a second: with none the loop
  /// would take a processor for itself.
  package var boundedPause: Duration { min(max(self, .milliseconds(10)), .longest) }

  /// So many seconds within the same bounds; zero for what is not a number.
  package init(boundedSeconds seconds: Double) {
    // Longer ones are compared as numbers: they need not fit a duration.
    self = seconds.isNaN || seconds <= 0 ? .zero : seconds < 3e9 ? .seconds(seconds) : .longest
  }
}
