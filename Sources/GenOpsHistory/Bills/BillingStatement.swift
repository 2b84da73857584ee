package import GenOpsMetering
package import GenOpsUnits

/// What PostHog says it billed, and how far the current period has come.
///
/// Read from answers of `/api/billing/` and `/api/billing/spend/`, in one file or several, in any
/// order. Amounts are exact; see ``BillAmount`` for the one place where a number is rounded.
package struct BillingStatement: Sendable {
  /// The period that runs; nil without an answer of `/api/billing/`.
  package var current: CurrentPeriod?
  /// Billed periods, the oldest first. The last may be incomplete.
  package var periods: [BilledPeriod]
  /// The day of the month on which a period begins (1…31); nil when the file does not say it.
  package var anchorDay: Int?
  package var findings: Findings

  package init(
    current: CurrentPeriod? = nil, periods: [BilledPeriod] = [], anchorDay: Int? = nil,
    findings: Findings = Findings()
  ) {
    self.current = current
    self.periods = periods
    self.anchorDay = anchorDay
    self.findings = findings
  }

  /// The billed periods of several files, oldest first: a period that stands in two is one, and the
  /// file that is named later says what it cost.
  package static func periods(of statements: [BillingStatement]) -> [BilledPeriod] {
    var result: [BilledPeriod] = []
    for period in statements.flatMap(\.periods) {
      if let index = result.firstIndex(where: { $0.start == period.start }) {
        // A part of a period says less than the whole of it.
        if period.isComplete || !result[index].isComplete { result[index] = period }
      } else {
        result.append(period)
      }
    }
    return result.sorted { $0.start < $1.start }
  }

  /// An amount for one product.
  package struct ProductAmount: Sendable, Hashable {
    /// PostHog's key or label: `product_analytics`, `boost`.
    package var product: String
    /// Nil for fees, and for products without a meter of ours.
    package var meter: Meter?
    package var amount: Money

    package init(product: String, meter: Meter?, amount: Money) {
      self.product = product
      self.meter = meter
      self.amount = amount
    }
  }

  /// What one period cost.
  package struct BilledPeriod: Sendable, Hashable {
    package var start: CalendarDay
    /// The first day that is no longer in the period.
    package var end: CalendarDay
    package var total: Money
    /// In the order of the file; empty when only the total is known.
    package var products: [ProductAmount]
    /// Whether every day of the period is in the file.
    package var isComplete: Bool
    /// Whether a line without a meter, such as the Boost fee, is in the total. PostHog's spend
    /// series may leave flat fees out.
    package var includesFees: Bool { products.contains { $0.meter == nil && $0.amount != .zero } }

    package init(
      start: CalendarDay, end: CalendarDay, total: Money, products: [ProductAmount],
      isComplete: Bool
    ) {
      self.start = start
      self.end = end
      self.total = total
      self.products = products
      self.isComplete = isComplete
    }

    /// The amount billed for `meter`; nil when the bill has no line for it.
    package subscript(meter: Meter) -> Money? {
      products.first { $0.meter == meter }?.amount
    }
  }

  /// The running period as `/api/billing/` shows it.
  package struct CurrentPeriod: Sendable {
    /// Its days; nil where the answer does not say them, as for accounts that never paid.
    package var period: BillingPeriod?
    /// Units used so far, of the meters the answer names.
    package var usage: [MeterUsage] = []
    /// The amount so far, before discounts; nil when the answer does not say it.
    package var amount: Money?
    /// What of it is to be paid after discounts and credits; nil when the answer does not say it.
    package var amountDue: Money?
    package var products: [Product] = []
    package var account = AccountFacts()

    package init(period: BillingPeriod? = nil) { self.period = period }

    /// Whether the period is longer than a month: PostHog's annual interval.
    package var isYearly: Bool { period.map { $0.start.distance(to: $0.end) > 45 } ?? false }

    /// Whether `other` says what holds now: it is of a later period, or further in the same one.
    package func isOlder(than other: CurrentPeriod) -> Bool {
      func place(_ answer: CurrentPeriod) -> (CalendarDay, Double) {
        (
          answer.period?.start ?? CalendarDay(number: .min),
          answer.usage.reduce(0) { $0 + Double($1.units) }
        )
      }
      return place(self) < place(other)
    }

    /// The units used so far, for a calculator's opening balance.
    package var openingUsage: MeterTotals {
      var totals = MeterTotals()
      for item in usage { totals[item.meter] = item.units }
      return totals
    }

    /// The units of `meter` so far; nil when the answer does not name it.
    package func units(of meter: Meter) -> Int64? {
      usage.first { $0.meter == meter }?.units
    }
  }

  /// The usage of one meter so far.
  package struct MeterUsage: Sendable, Hashable {
    package var meter: Meter
    package var units: Int64
    /// The units at which PostHog drops data; nil without a limit.
    package var limit: Int64?
    /// Where the answer says it.
    package var location: SourceLocation
  }

  /// One product or add-on of the answer.
  package struct Product: Sendable {
    package var key: String
    /// The name that its usage goes by; nil for what is not counted.
    package var usageKey: String?
    package var name: String
    package var meter: Meter?
    package var isAddOn: Bool
    /// Nil where the answer does not say it.
    package var isSubscribed: Bool?
    /// Whether it comes with its product and is not bought by itself.
    package var isIncluded: Bool
    package var units: Int64?
    /// The amount so far, without the product's add-ons; nil where the answer does not say it.
    package var amount: Money?
    /// The fee of a product that is not counted.
    package var fee: Money?
    /// Units that the free plan has.
    package var freeAllotment: Int64?
    /// The units at which PostHog drops data.
    package var unitLimit: Int64?
    /// The prices the customer has, which may differ from the published ones.
    package var tiers: [Tier]
    package var location: SourceLocation

    /// Whether the amount so far is `cost`, of which PostHog rounds each tier to cents; false where the answer
    /// does not say the amount.
    package func isBilled(_ cost: Money) -> Bool {
      guard let amount else { return false }
      return cost.nanos.subtractingClamped(amount.nanos).magnitude
        <= 5_000_000 * UInt64(max(1, tiers.count))
    }
  }

  /// A step of a product's prices.
  package struct Tier: Sendable, Hashable {
    /// Up to and including; nil in the last.
    package var upTo: Int64?
    package var unitPrice: UnitPrice
    package var flat: Money
  }
}

extension [BillingStatement.Tier] {
  /// What `units` of one period cost at these tiers; nil without tiers, and where it passes 64 bits.
  func cost(of units: Int64) -> Money? {
    if isEmpty { return nil }
    var sum = Money.zero
    var from: Int64 = 0
    for tier in self where from < units {
      // A bill may name its tiers in any order; one that ends below where it begins has no units.
      let end = Swift.max(from, Swift.min(units, tier.upTo ?? .max))
      let (cost, overflow) = (end - from).multipliedReportingOverflow(
        by: tier.unitPrice.nanosPerUnit)
      guard !overflow, let next = try? sum.adding(Money(nanos: cost)).adding(tier.flat) else {
        return nil
      }
      sum = next
      from = end
    }
    return sum
  }
}
