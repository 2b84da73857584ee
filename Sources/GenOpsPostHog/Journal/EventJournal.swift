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

  /// Takes in an event that was refused.
  func refuse(
    _ event: UsageEvent, _ refusal: Refusal, attribution: Attribution, at instant: Timestamp)
}

/// A sent event.
public struct JournalEntry: Sendable {
  public var event: UsageEvent
  public var stamp: GovernanceStamp
  public var usage: Usage
  /// The name of the event class.
  public var eventClass: String
  /// When it was decided.
  public var at: Timestamp

  /// `at` is the instant of the decision.
  public init(
    event: UsageEvent, stamp: GovernanceStamp, usage: Usage, eventClass: String, at: Timestamp
  ) {
    self.event = event
    self.stamp = stamp
    self.usage = usage
    self.eventClass = eventClass
    self.at = at
  }
}

/// Whether people agreed to be tracked.
public protocol ConsentRegistry: Sendable {
  /// Whether `distinctID` agreed to `purpose`; nil when nothing is known. Looked up for every event
  /// that does not say it itself, so it must not wait.
  func consent(of distinctID: String, for purpose: String) -> Bool?
}
