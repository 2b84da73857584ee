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
  /// How much of a billing period passes.
  public enum Cap: Sendable, Hashable {
    /// What this amount pays for.
    case money(Money, currency: String)
    /// So many units: the form in which PostHog enforces every limit.
    case units(Int64)
    /// The product's free allotment, and nothing is billed: PostHog's free plan.
    case freeAllotment
  }

  /// The product's meter. Meters that only accompany it, such as identified events, follow it.
  public var meter: Meter
  public var cap: Cap
  /// Full days after the day of crossing in which data still flows: 0, 1 or 3 by PostHog's trust
  /// score.
  public var graceDays: Int
  /// Whether the limit in units is found with the prices of the subscribed add-ons added, as
  /// PostHog's billing page does (`convertAmountToUsage` in its frontend).
  public var countsAddOns: Bool

  /// `cap` is for one billing period; `graceDays` are full days after the one on which it is
  /// reached.
  public init(meter: Meter, cap: Cap, graceDays: Int = 0, countsAddOns: Bool = true) {
    self.meter = meter
    self.cap = cap
    self.graceDays = graceDays
    self.countsAddOns = countsAddOns
  }

  /// A limit in money; `currency` is an ISO 4217 code and must be the price book's.
  public init(
    meter: Meter, amount: Money, currency: String = "USD", graceDays: Int = 0,
    countsAddOns: Bool = true
  ) {
    self.init(
      meter: meter, cap: .money(amount, currency: currency), graceDays: graceDays,
      countsAddOns: countsAddOns)
  }

  /// The currency of a limit in money; nil for others.
  public var currency: String? {
    if case .money(_, let currency) = cap { currency } else { nil }
  }

  /// Meters that PostHog does not limit by themselves: they follow events.
  public static let followers: [Meter] = [.identifiedEvents, .groupEvents]

  /// Units beyond the limit that still pass.
  public var buffer: Int64 { meter == .sessionRecordings ? 1000 : 0 }

  /// The usage of a billing period at which data is dropped, with the buffer; nil when it depends on
  /// a price that is not known.
  public func units(tables: [Meter: RateTable]) -> Int64? {
    switch cap {
    case .money(let amount, _): return units(for: amount, tables)
    case .units(let units): return units.addingClamped(buffer)
    case .freeAllotment:
      guard let free = tables[meter]?.freeUnits else { return nil }
      // What has no allotment of its own comes with another product or is not in the free plan.
      let isLimited = free > 0 && free < Int64.max / 2 && !PostHogLimit.followers.contains(meter)
      return isLimited ? free + buffer : Int64.max / 2
    }
  }

  /// The limit at list prices for an account with `discount`: PostHog counts what is paid, so its
  /// amount pays for more (`convertAmountToUsage` in its frontend). Nil where everything is taken off,
  /// since nothing then reaches the limit.
  public func atListPrice(_ discount: Percent?) -> PostHogLimit? {
    guard let discount, case .money(let amount, let currency) = cap else { return self }
    let whole = Int128(100) * Int128(Money.nanosPerUnit)
    let rest = whole - Int128(discount.nanos)
    guard rest > 0 else { return nil }
    var limit = self
    // An amount has 64 bits and a whole 37, so the product fits 128.
    let nanos = Int64(clamping: Int128(amount.nanos) * whole / rest)
    limit.cap = .money(Money(nanos: nanos), currency: currency)
    return limit
  }

  /// The most units that `amount` pays for, and the buffer.
  ///
  /// Found by bisection on the tables' own cost; prices must not be negative. A limit
  /// of 0 leaves the free allotment; what is free throughout is never limited.
  private func units(for amount: Money, _ tables: [Meter: RateTable]) -> Int64? {
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
