public import GenOpsUnits

/// A percentage of what the units are worth: C(q) = q · worth · percent. For meters that count
/// money, such as credits of one cent.
public struct PercentagePrice: PriceModel {
  public static let name = "percentage"
  public static let summary = "a percentage of what each unit is worth"
  public static let example = #"{"model": "percentage", "percent": "2.5%", "worth": "0.01"}"#

  public var percent: Percent
  /// Of one unit.
  public var worth: Money

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    let percentNode = keys.required("percent", example: #""percent": "2.5%""#, &findings)
    let worthNode = keys.required("worth", example: #""worth": "0.01""#, &findings)
    let percent = percentNode.flatMap { prices.percent($0, &findings) }
    let worth = worthNode.flatMap { prices.unitPrice($0, &findings) }
    guard let percent, let worth, let worthNode else { return nil }
    let value = Money(nanos: worth.nanosPerUnit)
    guard let price = percent.exactly(of: value), price.isExact else {
      findings.error(
        "price-text", "\(percent) of \(value) is finer than 0.000000001",
        help: "round one of the two", at: worthNode.location)
      return nil
    }
    self.percent = percent
    self.worth = value
  }

  public var table: RateTable? {
    guard let price = percent.of(worth) else { return nil }
    return RateTable([.init(upTo: .max, origin: 0, base: 0, unit: price.nanos)])
  }
}
