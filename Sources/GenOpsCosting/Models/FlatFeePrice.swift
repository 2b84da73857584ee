public import GenOpsUnits

/// One amount per billing period, owed from the first unit: C(0) = 0, C(q) = fee.
public struct FlatFeePrice: PriceModel {
  public static let name = "flat-fee"
  public static let summary = "one amount per billing period from the first unit on"
  public static let example = #"{"model": "flat-fee", "price": "250.00"}"#

  /// The amount per period.
  public var fee: Money

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    guard let node = keys.required("price", example: #""price": "250.00""#, &findings),
      let fee = prices.amount(node, &findings)
    else { return nil }
    self.fee = fee
  }

  public var table: RateTable? {
    RateTable([.init(upTo: .max, origin: 0, base: fee.nanos, unit: 0)])
  }
}
