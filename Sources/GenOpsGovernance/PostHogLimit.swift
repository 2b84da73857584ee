public import GenOpsCosting
public import GenOpsMetering
public import GenOpsUnits

/// PostHog's own billing limit on one product: what is beyond it is dropped until the billing
/// period ends, and lost for good.
///
/// Sources: PostHog documentation, "Billing limits and alerts"; `ee/billing/quota_limiting.py`
/// (limited when usage reaches limit + buffer; buffer 1,000 for recordings; days of grace by trust
/// score); `rust/capture` quota limiters (`$exception`, `$ai_*` and surveys have limits of their
/// own and pass the one on events). These are separate meters here, so they pass by construction.
public struct PostHogLimit: Sendable, Hashable {
  /// The product's meter. Meters that only accompany it, such as identified events, follow it.
  public var meter: Meter
  /// In each billing period.
  public var amount: Money
  /// ISO 4217 code; must be the price book's.
  public var currency: String
  /// Full days after the day of crossing in which data still flows: 0, 1 or 3 by PostHog's trust
  /// score.
  public var graceDays: Int
  /// Whether the limit in units is found with the prices of the subscribed add-ons added, as
  /// PostHog's billing page does (`convertAmountToUsage` in its frontend).
  public var countsAddOns: Bool

  /// `amount` is for one billing period; `graceDays` are full days after the one on which it is
  /// reached.
  public init(
    meter: Meter, amount: Money, currency: String = "USD", graceDays: Int = 0,
    countsAddOns: Bool = true
  ) {
    self.meter = meter
    self.amount = amount
    self.currency = currency
    self.graceDays = graceDays
    self.countsAddOns = countsAddOns
  }

  /// Units beyond the limit that still pass.
  public var buffer: Int64 { meter == .sessionRecordings ? 1000 : 0 }

  /// The usage of a billing period at which data is dropped: the most units that the amount pays
  /// for, and the buffer. Nil when the meter has no price.
  ///
  /// Found by bisection on the tables' own cost; prices must not be negative. A limit
  /// of 0 leaves the free allotment; what is free throughout is never limited.
  public func units(tables: [Meter: RateTable]) -> Int64? {
    guard let own = tables[meter] else { return nil }
    var all = [own]
    if countsAddOns, meter == .events {
      all += [Meter.identifiedEvents, .groupEvents].compactMap { tables[$0] }
    }
    func fits(_ units: Int64) -> Bool {
      var sum: Int64 = 0
      for table in all {
        guard let cost = table.cost(of: units) else { return false }
        let (next, overflow) = sum.addingReportingOverflow(cost.nanos)
        if overflow { return false }
        sum = next
      }
      return sum <= amount.nanos
    }
    if fits(Int64.max / 2) { return Int64.max / 2 }
    var (low, high): (Int64, Int64) = (0, Int64.max / 2)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low + buffer
  }
}
