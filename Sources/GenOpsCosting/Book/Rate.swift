public import GenOpsMetering
public import GenOpsUnits

/// The price of one meter in a price book.
public struct Rate: Sendable, Hashable {
  public var meter: Meter
  /// PostHog's product key, such as `enhanced_persons`; the name an opt-in rate is chosen by.
  public var product: String
  /// PostHog's plan key, such as `paid-20240404`; its digits are the day the prices were made.
  public var plan: String?
  /// The meter with which this one comes, without being chosen.
  public var includedWith: Meter?
  /// Whether it is billed only for those who chose the add-on.
  public var isOptIn: Bool
  /// Whether it is no longer sold: usage alone does not show that somebody still pays for it.
  public var isLegacy: Bool
  /// How many units of the meter one unit of the published price list is.
  public var per: Int64
  /// What the published price list counts, when that is not the meter's unit: "GB".
  public var perUnit: String?
  /// The name of the price model.
  public var model: String
  /// The cost per period, per unit of the meter.
  public var table: RateTable
  /// Where the price of each segment of ``table`` stands in the book's file; empty for a rate made
  /// in memory.
  public var places: [SourceLocation]

  /// A compiled rate: `table` has the prices, `model` only names the kind that made it.
  public init(
    meter: Meter, product: String, plan: String? = nil, includedWith: Meter? = nil,
    isOptIn: Bool = false, isLegacy: Bool = false, per: Int64 = 1, perUnit: String? = nil,
    model: String,
    table: RateTable, places: [SourceLocation] = []
  ) {
    self.meter = meter
    self.product = product
    self.plan = plan
    self.includedWith = includedWith
    self.isOptIn = isOptIn
    self.isLegacy = isLegacy
    self.per = per
    self.perUnit = perUnit
    self.model = model
    self.table = table
    self.places = places
  }
}
