import GenOpsPostHog
import Synchronization

/// The newest alerts of an account, for the dashboard. A process that starts again raises those of the running periods
/// again, so none of them is lost with it.
final class RecentAlerts: Sendable {
  private static let most = 100
  private let notices = Mutex<[AlertNotice]>([])

  /// Newest first.
  var latest: [AlertNotice] { notices.withLock { $0.reversed() } }

  /// Notes one; the same fact is noted once, as it was told last.
  func add(_ notice: AlertNotice) {
    notices.withLock { notices in
      notices.removeAll { $0.id == notice.id }
      if notices.count >= RecentAlerts.most { notices.removeFirst() }
      notices.append(notice)
    }
  }
}
