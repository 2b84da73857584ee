public import GenOpsUnits

internal import GenOpsMetering

/// Tiers like an income tax: each unit costs the price of the tier its number falls in, so reaching
/// a cheaper tier never lowers what the earlier units cost. This is how PostHog bills.
///
/// `up_to` is the number of the tier's last unit, counted from the start of the period.
public struct GraduatedPrice: PriceModel {
  public static let name = "graduated"
  public static let summary =
    "each unit at the price of its tier; up_to is cumulative and inclusive"
  public static let example = #"""
    {"model": "graduated", "tiers": [
      {"up_to": 1000000, "price": "0"}, {"up_to": 2000000, "price": "0.00005"}, {"price": "0.000009"}]}
    """#

  /// A run of units with one price.
  public struct Tier: Sendable, Hashable {
    /// The last unit of the tier; `Int64.max` in the last one.
    public var upTo: Int64
    public var price: UnitPrice

    public init(upTo: Int64, price: UnitPrice) {
      self.upTo = upTo
      self.price = price
    }
  }

  /// Ascending in ``Tier/upTo``, the last unbounded.
  public let tiers: [Tier]

  public init?(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings) {
    let example = #""tiers": [{"up_to": 1000000, "price": "0"}, {"price": "0.00005"}]"#
    guard let node = keys.required("tiers", example: example, &findings) else { return nil }
    guard let items = node.sequence, !items.isEmpty else {
      findings.error(
        "wrong-type", "tiers is a list with at least one tier", help: example, at: node.location)
      return nil
    }
    var tiers: [Tier] = []
    var isValid = true
    for (index, item) in items.enumerated() {
      let isLast = index == items.count - 1
      if let tier = Self.tier(item, after: tiers.last, isLast: isLast, prices, &findings) {
        tiers.append(tier)
      } else {
        isValid = false
      }
    }
    guard isValid else { return nil }
    self.tiers = tiers
  }

  private static func tier(
    _ item: Node, after previous: Tier?, isLast: Bool, _ prices: PriceReader,
    _ findings: inout Findings
  ) -> Tier? {
    var keys = MappingReader(item, "a tier", &findings)
    let bound = keys.take("up_to")
    let price = keys.required("price", example: #""price": "0.00005""#, &findings).flatMap {
      prices.unitPrice($0, &findings)
    }
    keys.finish(&findings)
    var upTo: Int64? = .max
    switch (bound, isLast) {
    case (let bound?, false):
      upTo = prices.bound(bound, &findings)
      if let last = upTo, last <= previous?.upTo ?? 0 {
        let least = (previous?.upTo ?? 0) / prices.per
        findings.error(
          "tier-order", "this tier ends at or before the one above it",
          help: "up_to counts from the start of the period; it must be above \(least)",
          at: bound.location)
        upTo = nil
      }
    case (let bound?, true):
      let after = bound.text.map { " after \($0)" } ?? ""
      findings.error(
        "tier-unbounded", "the last tier ends, so the price\(after) is unknown",
        help: #"add a last tier without up_to: {"price": "…"}"#, at: bound.location)
      upTo = nil
    case (nil, false):
      findings.error(
        "tier-order", "only the last tier may have no up_to; the tiers below it have no units",
        help: "give it the number of its last unit", at: item.location)
      upTo = nil
    case (nil, true): break
    }
    guard let price, let upTo else { return nil }
    return Tier(upTo: upTo, price: price)
  }

  public var table: RateTable? {
    var segments: [RateTable.Segment] = []
    var origin: Int64 = 0
    var base: Int64 = 0
    for tier in tiers {
      segments.append(
        .init(upTo: tier.upTo, origin: origin, base: base, unit: tier.price.nanosPerUnit))
      if tier.upTo == .max { break }
      let (cost, a) = (tier.upTo - origin).multipliedReportingOverflow(by: tier.price.nanosPerUnit)
      let (sum, b) = base.addingReportingOverflow(cost)
      if a || b { return nil }
      origin = tier.upTo
      base = sum
    }
    return RateTable(segments)
  }
}
