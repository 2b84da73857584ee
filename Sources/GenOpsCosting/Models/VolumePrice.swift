public import GenOpsUnits

/// All units at the price of the tier that their number reaches: C(q) = flat + q · price(tier of
/// q).
///
/// Where a tier is cheaper than the one below it, one more unit can cost less in all: a cliff.
public struct VolumePrice: PriceModel {
  public static let name = "volume"
  public static let summary = "all units at the price of the tier they reach; can have cliffs"
  public static let example = #"""
    {"model": "volume", "tiers": [
      {"up_to": 1000, "price": "0.10"}, {"up_to": 5000, "price": "0.08"}, {"price": "0.05"}]}
    """#
  public static let canFall = true

  /// Ascending, the last unbounded.
  public let tiers: [PriceTier]

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    guard let tiers = TierList().read(&keys, prices, &findings) else { return nil }
    self.tiers = tiers
  }

  public var places: [SourceLocation] { tiers.map(\.place) }

  public var table: RateTable? {
    for tier in tiers where tier.upTo < .max {
      let (cost, a) = tier.upTo.multipliedReportingOverflow(by: tier.price?.nanos ?? 0)
      if a || cost.addingReportingOverflow(tier.flat.nanos).overflow { return nil }
    }
    return RateTable(
      tiers.map {
        .init(upTo: $0.upTo, origin: 0, base: $0.flat.nanos, unit: $0.price?.nanos ?? 0)
      }, knownUpTo: tiers.knownUpTo)
  }
}
