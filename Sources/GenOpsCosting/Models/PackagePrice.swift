public import GenOpsUnits

import GenOpsMetering

/// Units are sold in packages, a begun one counts whole: C(q) = ⌈q / size⌉ · price.
public struct PackagePrice: PriceModel {
  public static let name = "package"
  public static let summary = "packages of units; a begun package counts whole"
  public static let example = #"{"model": "package", "size": 1000, "price": "5.00"}"#

  /// Units to a package.
  public var size: Int64
  /// Of one package.
  public var price: Money

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    let sizeNode = keys.required("size", example: #""size": 1000"#, &findings)
    let priceNode = keys.required("price", example: #""price": "5.00""#, &findings)
    let size = sizeNode.flatMap { prices.bound($0, &findings) }
    let price = priceNode.flatMap { prices.amount($0, &findings) }
    guard let size, let price else { return nil }
    self.size = size
    self.price = price
  }

  public var table: RateTable? {
    RateTable([.init(upTo: .max, origin: 0, base: 0, unit: price.nanos, step: size)])
  }
}
