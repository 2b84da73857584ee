public import GenOpsUnits

/// The same price for every unit: C(q) = q · price.
public struct PerUnitPrice: PriceModel {
  public static let name = "per-unit"
  public static let summary = "the same price for every unit"
  public static let example = #"{"model": "per-unit", "price": "0.000198"}"#

  /// The price of one unit of the meter.
  public var price: UnitPrice

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    guard let node = keys.required("price", example: #""price": "0.000198""#, &findings),
      let price = prices.unitPrice(node, &findings)
    else { return nil }
    self.price = price
  }

  public var table: RateTable? {
    RateTable([.init(upTo: .max, origin: 0, base: 0, unit: price.nanosPerUnit)])
  }
}
