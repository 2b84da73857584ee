import GenOpsMetering

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
