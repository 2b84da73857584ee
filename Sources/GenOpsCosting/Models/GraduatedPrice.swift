public import GenOpsUnits

/// Tiers like an income tax: each unit costs the price of the tier its number falls in, so reaching
/// a cheaper tier never lowers what the earlier units cost. This is how PostHog bills.
///
/// `up_to` is the number of the tier's last unit, counted from the start of the period; `flat` is
/// owed once when the tier is reached.
public struct GraduatedPrice: PriceModel {
  public static let name = "graduated"
  public static let summary =
    "each unit at the price of its tier; up_to is cumulative and inclusive"
  public static let example = #"""
    {"model": "graduated", "tiers": [
      {"up_to": 1000000, "price": "0"}, {"up_to": 2000000, "price": "0.00005"}, {"price": "0.000009"}]}
    """#

  /// Ascending, the last unbounded.
  public let tiers: [PriceTier]

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    guard let tiers = TierList().read(&keys, prices, &findings) else { return nil }
    self.tiers = tiers
  }

  public var places: [SourceLocation] { tiers.map(\.place) }

  public var table: RateTable? {
    var segments: [RateTable.Segment] = []
    var origin: Int64 = 0
    var reached: Int64 = 0
    for tier in tiers {
      let (base, a) = reached.addingReportingOverflow(tier.flat.nanos)
      let unit = tier.price?.nanos ?? 0
      segments.append(.init(upTo: tier.upTo, origin: origin, base: base, unit: unit))
      if tier.upTo == .max { return a ? nil : RateTable(segments, knownUpTo: tiers.knownUpTo) }
      let (cost, b) = (tier.upTo - origin).multipliedReportingOverflow(by: unit)
      let (sum, c) = base.addingReportingOverflow(cost)
      if a || b || c { return nil }
      origin = tier.upTo
      reached = sum
    }
    return nil
  }
}
