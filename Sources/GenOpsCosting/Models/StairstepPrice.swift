public import GenOpsUnits

/// One amount for the whole period by the tier that the units reach: C(q) = price(tier of q).
public struct StairstepPrice: PriceModel {
  public static let name = "stairstep"
  public static let summary = "one amount per period by the tier that is reached"
  public static let example = #"""
    {"model": "stairstep", "tiers": [
      {"up_to": 1000, "price": "20.00"}, {"up_to": 5000, "price": "80.00"}, {"price": "150.00"}]}
    """#
  public static let canFall = true

  /// Ascending, the last unbounded; a price is that of the whole tier.
  public let tiers: [PriceTier]

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    guard let tiers = TierList(pricesUnits: false).read(&keys, prices, &findings) else {
      return nil
    }
    for tier in tiers where tier.flat != .zero {
      findings.error(
        "unknown-key", "a stairstep's price is flat already", help: "add 'flat' to the price",
        at: tier.place)
    }
    if tiers.contains(where: { $0.flat != .zero }) { return nil }
    self.tiers = tiers
  }

  public var places: [SourceLocation] { tiers.map(\.place) }

  public var table: RateTable? {
    RateTable(
      tiers.map { .init(upTo: $0.upTo, origin: 0, base: $0.price?.nanos ?? 0, unit: 0) },
      knownUpTo: tiers.knownUpTo)
  }
}
