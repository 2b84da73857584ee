public import GenOpsMetering

/// What a group of items has in common that no instant changes: whom they belong to, their class,
/// and what is known about them. The core interns it once and calls it by a ``UsageClassID``.
public struct UsageClass: Sendable, Hashable {
  public var attribution: Attribution
  /// The name of the event class, the key of sampling rates and of the loss by class.
  public var eventClass: String
  /// Critical items are never sampled and may use the reserve of a budget in strict mode.
  public var isCritical: Bool
  /// False when consent is needed and not known: strict mode refuses.
  public var isConsentKnown: Bool
  /// False when a compliance rule forbids sending: strict mode refuses.
  public var isCompliant: Bool

  /// What a decision about its items depends on, besides what they use.
  public init(
    attribution: Attribution = .none, eventClass: String = "other", isCritical: Bool = false,
    isConsentKnown: Bool = true, isCompliant: Bool = true
  ) {
    self.attribution = attribution
    self.eventClass = eventClass
    self.isCritical = isCritical
    self.isConsentKnown = isConsentKnown
    self.isCompliant = isCompliant
  }
}
