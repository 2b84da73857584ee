import GenOpsGovernance
import GenOpsUnits
import Logging
import Synchronization

/// Writes refusals and losses to swift-log: the first of a kind at once, then at most one line a minute
/// for each kind with the number since, so that a used-up budget does not fill the log of a busy
/// server. A line names the reason and one event, and no person.
final class AdapterLog: Sendable {
  private struct Kind {
    var next: Timestamp
    var unsaid: Int64 = 0
  }

  static let interval = 60.0

  private let logger: Logger
  /// By the reason; there are as many as reasons.
  private let kinds = Mutex<[String: Kind]>([:])

  init(_ logger: Logger) { self.logger = logger }

  /// Someone asked not to be counted, or the application kept it back: nothing is wrong.
  private static func isWanted(_ reason: RefusalReason) -> Bool {
    reason == .optOut || reason == .beforeSend
  }

  func refused(_ refusal: Refusal, name: String, count: Int64 = 1, at instant: Timestamp) {
    if AdapterLog.isWanted(refusal.reason) { return }
    guard let total = due("refused \(refusal.reason.id)", count, at: instant) else { return }
    var metadata: Logger.Metadata = [
      "reason": "\(refusal.reason.id)", "count": "\(total)", "event": "\(name)",
    ]
    if let budget = refusal.budget {
      metadata["budget"] = "\(budget.name)"
      metadata["resets_at"] = "\(budget.resetsAt)"
    }
    logger.warning("analytics were refused", metadata: metadata)
  }

  func lost(_ count: Int64, at instant: Timestamp) {
    guard count > 0, let total = due("lost", count, at: instant) else { return }
    logger.error("events were lost on the way to PostHog", metadata: ["count": "\(total)"])
  }

  /// How many to say now; nil while the last line of the kind is not a minute old.
  private func due(_ name: String, _ count: Int64, at instant: Timestamp) -> Int64? {
    kinds.withLock { kinds in
      var kind = kinds[name] ?? Kind(next: instant)
      kind.unsaid = kind.unsaid.addingClamped(count)
      defer { kinds[name] = kind }
      if instant < kind.next { return nil }
      let total = kind.unsaid
      kind.unsaid = 0
      kind.next = instant.advanced(bySeconds: AdapterLog.interval)
      return total
    }
  }
}
