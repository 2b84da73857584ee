import GenOpsAdmission
public import GenOpsMetering
public import GenOpsUnits

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
