package import GenOpsUnits
import Synchronization

/// A clock whose readings are held against the time that has passed; see ``ClockJudge``.
///
/// An account has one, so that a captured event, a lease and a session have one time. Within a minute of
/// the last believed reading a reading is only compared with it, which costs a load: the second clock is
/// read once a minute, and for what is out of line.
package final class JudgedClock: WallClock {
  private let source: any WallClock
  /// Whether it is the machine's clock, which is then read without asking what it is.
  private let isSystem: Bool
  /// False for a source that says nothing of the time that has passed: it is believed.
  private let isJudged: Bool
  private let judge: Mutex<ClockJudge>
  private let news = Mutex<(@Sendable (Findings, Timestamp) -> Void)?>(nil)
  /// Microseconds of the last believed reading.
  private let anchor: Atomic<Int64>

  private static let span: Int64 = 60_000_000

  package init(_ source: any WallClock) {
    self.source = source
    isSystem = source is SystemClock
    let elapsed = source.elapsed()
    isJudged = elapsed != nil
    // A later instant can still be believed in a minute, an earlier one never again: of the first two
    // readings the earlier one is taken.
    let first = min(source.now(), source.now())
    judge = Mutex(ClockJudge(wall: first, elapsed: elapsed ?? .zero))
    anchor = Atomic(first.microseconds)
  }

  // Apart, so that a caller holds no reference to it.
  @inline(never)
  package func now() -> Timestamp {
    let wall = isSystem ? SystemClock().now() : source.now()
    let ahead = wall.microseconds.subtractingReportingOverflow(anchor.load(ordering: .relaxed))
    if !ahead.overflow, (0..<JudgedClock.span).contains(ahead.partialValue) { return wall }
    return isJudged ? judged(wall) : wall
  }

  package func elapsed() -> Duration? { source.elapsed() }

  @inline(never)
  private func judged(_ wall: Timestamp) -> Timestamp {
    guard let elapsed = source.elapsed() else { return wall }
    let (instant, isNews) = judge.withLock { judge in
      let before = (judge.doubtedReadings, judge.believedJumps)
      let instant = judge.instant(wall: wall, elapsed: elapsed)
      anchor.store(judge.anchor.microseconds, ordering: .relaxed)
      return (instant, before != (judge.doubtedReadings, judge.believedJumps))
    }
    if isNews, let tell = news.withLock({ $0 }) { tell(findings, instant) }
    return instant
  }

  /// Has `tell` called with ``findings`` whenever a reading is not believed or the clock was set.
  func onNews(_ tell: @escaping @Sendable (Findings, Timestamp) -> Void) {
    news.withLock { $0 = tell }
  }

  /// What the clock did that was not believed, or only after a while.
  var findings: Findings {
    var findings = Findings()
    let (doubted, farthest, jumps, last) = judge.withLock {
      ($0.doubtedReadings, $0.farthest, $0.believedJumps, $0.lastJump)
    }
    if doubted > 0 {
      findings.warning(
        "clock-jump",
        "\(doubted) readings of the clock were \(JudgedClock.words(farthest)) of the time that had "
          + "passed, or less: they moved nothing",
        help: "check what sets this machine's clock; what lasts for a minute is believed")
    }
    if jumps > 0 {
      findings.warning(
        "clock-set",
        "the clock was set \(jumps) times, last \(JudgedClock.words(last)) of the time that had passed",
        help: last < 0
          ? "decisions never go back: budgets and billing periods wait until the clock is there again"
          : "budgets and billing periods went on with it")
    }
    return findings
  }

  /// `40.0 days ahead`.
  private static func words(_ seconds: Double) -> String {
    let size = seconds.magnitude
    let (number, unit) =
      size >= 86_400
      ? (size / 86_400, "days") : size >= 3600 ? (size / 3600, "hours") : (size / 60, "minutes")
    // A clock is at most 600,000 years off, and tenths of a minute of that are in range.
    let tenths = Int64(rounding: number * 10)
    return "\(tenths / 10).\(tenths % 10) \(unit) \(seconds < 0 ? "behind" : "ahead")"
  }
}
