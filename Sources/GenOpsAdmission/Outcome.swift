public import GenOpsGovernance
public import GenOpsUnits

/// What one admission did. `sent + refused + sampled + notBillable` is the count offered.
public struct Outcome: Sendable, Hashable {
  /// Delivered and metered.
  public var sent: Int64 = 0
  public var refused: Int64 = 0
  public var sampled: Int64 = 0
  /// Delivered, on no meter.
  public var notBillable: Int64 = 0
  /// Nano-units: what the sent items cost at the margin.
  public var costNanos: Int64 = 0
  /// The raw value of ``reason``; 255 for none. An optional here costs the quiet path two stalls.
  package var reasonCode: UInt8 = 255
  /// The position in the plan of the budget that refused, or of which no lease was left; -1 for every other reason, an
  /// ``Allowance`` among them.
  public var budget: Int32 = -1
  /// How many alerts this admission added to ``AdapterCore/alerts``.
  public var alerts: Int32 = 0
  /// Whether ``cost`` is all of it: false for an unknown price or month to date, or a late event.
  public var isCostKnown = true

  public init() {}

  @inline(__always)
  init(sent: Int64, sampled: Int64, costNanos: Int64) {
    self.sent = sent
    self.sampled = sampled
    self.costNanos = costNanos
  }

  /// Why ``refused`` were.
  public var reason: RefusalReason? {
    get { RefusalReason(rawValue: reasonCode) }
    set { reasonCode = newValue?.rawValue ?? 255 }
  }

  @inlinable public var cost: Money { Money(nanos: costNanos) }
}
