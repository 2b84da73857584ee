public import GenOpsAdmission
public import GenOpsMetering
public import GenOpsUnits

/// Writes down what was decided: the spool of events on their way, the usage ledger, the audit log.
///
/// Called after the adapter's lock is released, on the thread that captures, for every event that
/// is sent or refused.
public protocol EventJournal: Sendable {
  /// Whether what is accepted now could be written.
  var isWritable: Bool { get }

  /// Takes in a sent event before it is handed to the transport. Returns when it is as safe as the
  /// journal promises.
  ///
  /// - Parameters:
  ///   - entry: The event and what governance knows of it.
  ///   - use: What this process used of its leases by now, to be written together with the event,
  ///     so that after a crash both are known or neither.
  /// - Throws: When it could not be written. The event then counts as not accepted.
  func accept(_ entry: JournalEntry, use: () -> LeaseUse?) throws

  /// Takes in usage that is not an event, such as flag requests, before it is made.
  ///
  /// - Parameters:
  ///   - usage: What one item uses.
  ///   - outcome: How many there are.
  ///   - attribution: Whom they belong to.
  ///   - instant: When it was decided.
  ///   - use: As for ``accept(_:use:)``.
  /// - Throws: When it could not be written. The items then count as refused.
  func count(
    _ usage: Usage, _ outcome: RecordOutcome, attribution: Attribution, at instant: Timestamp,
    use: () -> LeaseUse?) throws

  /// Takes in sent events together, before any of them is handed on. It returns at once, and nothing waits
  /// for a disk; the receipt says when all of them, and what came before them, is as safe as the journal
  /// promises. Without events it is a receipt for what came before.
  ///
  /// - Parameters:
  ///   - entries: In the order of the decisions.
  ///   - use: As for ``accept(_:use:)``; asked on another thread, and more than once.
  /// - Returns: What says when they are written.
  func begin(_ entries: [JournalEntry], use: @escaping @Sendable () -> LeaseUse?) -> JournalReceipt

  /// Takes in an event that was refused.
  func refuse(
    _ event: UsageEvent, _ refusal: Refusal, attribution: Attribution, at instant: Timestamp)
}
