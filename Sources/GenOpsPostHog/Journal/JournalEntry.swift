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
  /// The event as it is sent, written once: what a spool stores and gives back.
  public var outgoing: OutgoingEvent
  /// What the budgets were charged for it: its cost, or what it was judged at where that is unknown.
  public var charged: Money

  /// `at` is the instant of the decision. Without `outgoing` the event is written as a server
  /// application writes it; without `charged` the budgets were charged its cost.
  public init(
    event: UsageEvent, stamp: GovernanceStamp, usage: Usage, eventClass: String, at: Timestamp,
    outgoing: OutgoingEvent? = nil, charged: Money? = nil
  ) {
    self.charged = charged ?? stamp.cost ?? .zero
    self.outgoing =
      outgoing
      ?? EventEncoder.server.encode(event, stamp, uuid: event.uuid ?? .random(), at: at)
    self.event = event
    self.stamp = stamp
    self.usage = usage
    self.eventClass = eventClass
    self.at = at
  }
}
