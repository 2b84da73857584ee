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

/// A ``UsageClass`` in one core. Ids count from 0 in the order of registration.
public struct UsageClassID: Sendable, Hashable {
  @usableFromInline package let number: Int32

  package init(number: Int32) { self.number = number }

  @inlinable
  public var index: Int { Int(number) }
}

/// What became of the items of a usage class. `offered = refused + sampled + notBillable + sent`.
public struct UsageClassTally: Sendable, Hashable, BitwiseCopyable {
  public var refused: Int64 = 0
  /// The part of ``refused`` that PostHog's own limit dropped.
  public var dropped: Int64 = 0
  public var sampled: Int64 = 0
  /// Delivered, on no meter.
  public var notBillable: Int64 = 0
  /// Delivered and metered.
  public var sent: Int64 = 0
  /// The part of ``sent`` that came after its billing period closed: not priced, on no meter.
  public var late: Int64 = 0
  /// The part of ``sent`` whose price was not fully known; what is known of it is in ``cost``.
  public var unpriced: Int64 = 0
  /// Units sent on the first meter of each item: events for events, requests for flag polls.
  public var units: Int64 = 0
  /// Nano-units of currency, marginal.
  public var cost: Int64 = 0

  public init() {}

  /// Adds the counts of another usage class.
  public mutating func add(_ other: UsageClassTally) {
    refused &+= other.refused
    dropped &+= other.dropped
    sampled &+= other.sampled
    notBillable &+= other.notBillable
    sent &+= other.sent
    late &+= other.late
    unpriced &+= other.unpriced
    units &+= other.units
    cost &+= other.cost
  }

  /// Everything that came.
  public var offered: Int64 { refused + sampled + notBillable + sent }
}
