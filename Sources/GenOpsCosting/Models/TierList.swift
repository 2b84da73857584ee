import GenOpsUnits
import GenOpsMetering

/// Reads `tiers:` of a rate: ascending, without gap or overlap, the last one without end.
struct TierList {
  /// Whether a tier's price is that of one unit, so that it is divided where a list is per 1,000.
  var pricesUnits = true

  /// Each is walked for each of its own edges, and no list of prices has a thousand.
  private static let most = 1000

  /// Nil with a finding for every tier that is wrong.
  func read(_ keys: inout MappingReader, _ prices: PriceReader, _ findings: inout Findings)
    -> [PriceTier]?
  {
    let example = #""tiers": [{"up_to": 1000000, "price": "0"}, {"price": "0.00005"}]"#
    guard let node = keys.required("tiers", example: example, &findings) else { return nil }
    guard let items = node.sequence, !items.isEmpty else {
      findings.error(
        "wrong-type", "tiers is a list with at least one tier", help: example, at: node.location)
      return nil
    }
    guard items.count <= TierList.most else {
      findings.error(
        "too-large", "there are \(items.count) tiers; at most \(TierList.most) are read",
        help: "is a tier's price per unit?", at: node.location)
      return nil
    }
    var tiers: [PriceTier] = []
    var isValid = true
    for (index, item) in items.enumerated() {
      let isLast = index == items.count - 1
      if let tier = tier(item, after: tiers.last, isLast: isLast, prices, &findings) {
        tiers.append(tier)
      } else {
        isValid = false
      }
    }
    return isValid ? tiers : nil
  }

  private func tier(
    _ item: Node, after previous: PriceTier?, isLast: Bool, _ prices: PriceReader,
    _ findings: inout Findings
  ) -> PriceTier? {
    var keys = MappingReader(item, "a tier", &findings)
    let from = keys.take("from")
    let bound = keys.take("up_to")
    let priceNode = keys.required("price", example: #""price": "0.00005""#, &findings)
    let isUnknown = isLast && previous != nil && priceNode?.text == "unknown"
    let price = isUnknown ? nil : priceNode.flatMap { self.price($0, prices, &findings) }
    let flatNode = keys.take("flat")
    let flat = flatNode.map { prices.amount($0, &findings) } ?? .zero
    keys.finish(&findings)
    if let from { checkStart(from, after: previous, prices, &findings) }
    let upTo = self.bound(bound, item, after: previous, isLast: isLast, prices, &findings)
    guard price != nil || isUnknown, let upTo, let flat, let priceNode else { return nil }
    return PriceTier(upTo: upTo, price: price, flat: flat, place: priceNode.location)
  }

  private func price(_ node: Node, _ prices: PriceReader, _ findings: inout Findings) -> Money? {
    guard pricesUnits else { return prices.amount(node, &findings) }
    return prices.unitPrice(node, &findings).map { Money(nanos: $0.nanosPerUnit) }
  }

  /// `from` says again where the tier above ended; a book that writes it is held to it.
  private func checkStart(
    _ node: Node, after previous: PriceTier?, _ prices: PriceReader, _ findings: inout Findings
  ) {
    let next = (previous?.upTo ?? 0) / prices.per + 1
    guard let text = node.text, let start = try? QuantityText.parse(text) else {
      findings.error(
        "tier-bound", "from is the number of the tier's first unit",
        help: "write \(next), or leave it out", at: node.location)
      return
    }
    if start == next || (previous == nil && start == 0) { return }
    let isGap = start > next
    findings.error(
      isGap ? "tier-gap" : "tier-overlap",
      isGap
        ? "the units \(next) to \(start - 1) are in no tier"
        : "the units \(start) to \(next - 1) are in two tiers",
      help: "write \"from\": \(next), or leave it out", at: node.location)
  }

  private func bound(
    _ bound: Node?, _ item: Node, after previous: PriceTier?, isLast: Bool, _ prices: PriceReader,
    _ findings: inout Findings
  ) -> Int64? {
    switch (bound, isLast) {
    case (let bound?, false):
      guard let upTo = prices.bound(bound, &findings) else { return nil }
      if upTo > previous?.upTo ?? 0 { return upTo }
      let least = (previous?.upTo ?? 0) / prices.per
      findings.error(
        "tier-order", "this tier ends at or before the one above it",
        help: "up_to counts from the start of the period; it must be above \(least)",
        at: bound.location)
    case (let bound?, true):
      let after = bound.text.map { " after \($0)" } ?? ""
      findings.error(
        "tier-unbounded", "the last tier ends, so the price\(after) is not said",
        help: #"add a last tier without up_to: {"price": "…"}, or {"price": "unknown"}"#,
        at: bound.location)
    case (nil, false):
      findings.error(
        "tier-order", "only the last tier may have no up_to; the tiers below it have no units",
        help: "give it the number of its last unit", at: item.location)
    case (nil, true): return .max
    }
    return nil
  }
}
