package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsUnits

/// An event that another client made and that passes through: it goes on in the bytes that it came in, with
/// governance's properties added.
package struct PassingEvent: Sendable {
  /// What is decided on. It has a uuid.
  package var event: UsageEvent
  /// Writes it once it is decided on: as it came where the first argument is nil, else with what governance
  /// changed. The instant is that of the decision.
  package var write: @Sendable (UsageEvent?, GovernanceStamp, Timestamp) -> OutgoingEvent
  /// Why it is refused whatever the plan says, such as for its size; nil for most.
  package var fault: RefusalReason?

  /// `event` has a uuid, which `write` writes too.
  package init(
    _ event: UsageEvent, fault: RefusalReason? = nil,
    write: @escaping @Sendable (UsageEvent?, GovernanceStamp, Timestamp) -> OutgoingEvent
  ) {
    self.event = event
    self.fault = fault
    self.write = write
  }
}
