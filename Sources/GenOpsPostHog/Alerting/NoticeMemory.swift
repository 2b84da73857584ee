public import GenOpsUnits

/// Remembers which messages were posted, over restarts of a process: it raises the alerts of the running budget
/// periods again when it begins.
///
/// A ledger's account is one. Whoever posts asks first, posts, and notes it then. So a message is posted at least
/// once: a process that is killed between the two posts it again, and so may two that raise it in the same moment, each
/// time under the same id, by which a receiver drops repetitions.
public protocol NoticeMemory: Sendable {
  /// Whether the message `key` was posted. A key is the id of a notice with recipient and step.
  /// - Throws: When it cannot be read; the message is posted then.
  func wasPosted(_ key: String) throws -> Bool

  /// Notes that the message `key` was posted.
  ///
  /// - Parameters:
  ///   - key: As for ``wasPosted(_:)``.
  ///   - instant: When.
  ///   - end: When it expires. A budget period's alerts are not raised after the period has ended.
  /// - Throws: When it cannot be written.
  func notePosted(_ key: String, at instant: Timestamp, until end: Timestamp) throws
}
