import GenOpsGovernance
import GenOpsUnits
import Logging
import Synchronization

/// Writes refusals, losses and what delivery tells to swift-log: the first of a kind at once, then at most one
/// line a minute for each kind with the number since, so that a used-up budget does not fill the log of a busy
/// server, and what is left at the end. A line names the reason and one event, and no person.
final class AdapterLog: Sendable {
  private struct Line {
    var level: Logger.Level
    var message: Logger.Message
    var metadata: Logger.Metadata
  }

  private struct Kind {
    var next: Timestamp
    var unsaid: Int64 = 0
    /// The last one, without its number. Written out only when it is said: a used-up budget refuses every event.
    var line: @Sendable () -> Line
  }

  private struct State {
    /// By the reason; there are as many as reasons.
    var kinds: [String: Kind] = [:]
    var isSaidUnreachable = false
  }

  static let interval = 60.0

  private let logger: Logger
  private let state = Mutex(State())

  init(_ logger: Logger) { self.logger = logger }

  /// Someone asked not to be counted, or the application kept it back: nothing is wrong.
  private static func isWanted(_ reason: RefusalReason) -> Bool {
    reason == .optOut || reason == .beforeSend
  }

  /// Of a lease that is missing it says no end of a period: more of the budget may come within seconds.
  func refused(_ refusal: Refusal, name: String, count: Int64 = 1, at instant: Timestamp) {
    if AdapterLog.isWanted(refusal.reason) { return }
    add(count, of: "refused \(refusal.reason.id)", at: instant) {
      var metadata: Logger.Metadata = ["reason": "\(refusal.reason.id)", "event": "\(name)"]
      if let budget = refusal.budget {
        metadata["budget"] = "\(budget.name)"
        if let resetsAt = budget.resetsAt { metadata["resets_at"] = "\(resetsAt)" }
      } else if let shortage = refusal.shortage {
        metadata["why"] = "\(shortage.why)"
        if let next = shortage.next { metadata["next"] = "\(next)" }
        if case .share(let share) = shortage {
          metadata["budget"] = "\(share.budget)"
          metadata["spent"] = "\(share.spent) \(share.currency)"
          metadata["limit"] = "\(share.limit) \(share.currency)"
        }
      }
      return Line(level: .warning, message: "analytics were refused", metadata: metadata)
    }
  }

  func lost(_ count: Int64, at instant: Timestamp) {
    guard count > 0 else { return }
    add(count, of: "lost", at: instant) {
      Line(level: .error, message: "events were lost on the way to PostHog", metadata: [:])
    }
  }

  /// What a clock did that was not believed, or only after a while.
  func clock(_ findings: Findings, at instant: Timestamp) {
    for finding in findings.all {
      add(1, of: finding.code, at: instant, isCounted: false) {
        Line(
          level: .warning, message: "\(finding.message)",
          metadata: ["code": "\(finding.code)", "help": "\(finding.help ?? "")"])
      }
    }
  }

  /// PostHog is told to be down at most once a minute, and to be back only when it was told to be down.
  func heard(_ news: TransportNews, at instant: Timestamp) {
    switch news {
    case .unreachable(let failure, let waiting):
      let isSaid = add(1, of: "unreachable", at: instant, isCounted: false) {
        var metadata: Logger.Metadata = ["waiting": "\(waiting)"]
        if let failure { metadata["failure"] = "\(failure)" }
        return Line(
          level: .error, message: "PostHog cannot be reached; events wait", metadata: metadata)
      }
      if isSaid { state.withLock { $0.isSaidUnreachable = true } }
    case .reachable(let waiting):
      let wasSaid = state.withLock { state in
        defer { state.isSaidUnreachable = false }
        return state.isSaidUnreachable
      }
      if wasSaid {
        logger.notice("PostHog can be reached again", metadata: ["waiting": "\(waiting)"])
      }
    case .ended: flush()
    }
  }

  /// Says what was counted since the last line of each kind.
  func flush() {
    let left = state.withLock { state in
      state.kinds.sorted { $0.key < $1.key }.compactMap { name, kind -> (Line, Int64)? in
        guard kind.unsaid > 0 else { return nil }
        state.kinds[name]?.unsaid = 0
        return (kind.line(), kind.unsaid)
      }
    }
    for (line, count) in left { say(line, count) }
  }

  /// A finding at its severity, with its code and its help.
  static func tell(_ finding: Finding, to logger: Logger) {
    let level: Logger.Level =
      switch finding.severity {
      case .error: .error
      case .warning: .warning
      case .note: .notice
      }
    var metadata: Logger.Metadata = ["code": "\(finding.code)"]
    if let help = finding.help { metadata["help"] = "\(help)" }
    logger.log(level: level, "\(finding.message)", metadata: metadata)
  }

  /// Says how many now, unless the last line of the kind is not a minute old: then they are said with the next.
  @discardableResult
  private func add(
    _ count: Int64, of name: String, at instant: Timestamp, isCounted: Bool = true,
    _ line: @escaping @Sendable () -> Line
  ) -> Bool {
    let total: Int64? = state.withLock { state in
      var kind = state.kinds[name] ?? Kind(next: instant, line: line)
      kind.line = line
      kind.unsaid = kind.unsaid.addingClamped(count)
      defer { state.kinds[name] = kind }
      let total = kind.unsaid
      if !isCounted { kind.unsaid = 0 }
      if instant < kind.next { return nil }
      kind.unsaid = 0
      kind.next = instant.advanced(bySeconds: AdapterLog.interval)
      return total
    }
    guard let total else { return false }
    say(line(), isCounted ? total : nil)
    return true
  }

  private func say(_ line: Line, _ count: Int64?) {
    var metadata = line.metadata
    if let count { metadata["count"] = "\(count)" }
    logger.log(level: line.level, line.message, metadata: metadata)
  }
}
