import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// The products of a billing answer with their add-ons, flat: each stands by itself with its own
/// amount.
enum BillingProducts {
  static func read(_ document: Node, _ findings: inout RepeatedFindings)
    -> [BillingStatement.Product]
  {
    var result: [BillingStatement.Product] = []
    for item in document["products"]?.sequence ?? [] {
      let addOns = (item["addons"]?.sequence ?? []).map { product($0, isAddOn: true, &findings) }
      var main = product(item, isAddOn: false, &findings)
      // Without an amount of its own, a product's is the whole with its add-ons.
      if item.words("current_amount_usd_before_addons") == nil, let whole = main.amount {
        let rest = addOns.reduce(whole.nanos) { $0.subtractingClamped(($1.amount ?? .zero).nanos) }
        main.amount = Money(nanos: max(0, rest))
      }
      result.append(main)
      result += addOns
    }
    return result
  }

  private static func product(
    _ item: Node, isAddOn: Bool, _ findings: inout RepeatedFindings
  ) -> BillingStatement.Product {
    let key = item.words("type", "key", "usage_key", "name") ?? ""
    let usageKey = item.words("usage_key")
    let meter = Meter(named: key) ?? usageKey.flatMap { Meter(named: $0) }
    let units = item["current_usage"].flatMap { BillingAnswer.whole($0, &findings) }
    let own = item.words("current_amount_usd_before_addons") != nil
    let amount = BillingAnswer.amount(
      item[own ? "current_amount_usd_before_addons" : "current_amount_usd"], &findings)
    if meter == nil, let units, units != 0 {
      let cost = amount.flatMap { $0 > .zero ? ", which cost \($0) so far," : nil } ?? ""
      findings.add(
        .warning, "unknown-series",
        "no meter is called '\(key)'; its \(units) units\(cost) are left out",
        help: SeriesLabel.nearest(to: key).map { "did you mean '\($0)'?" }
          ?? (cost.isEmpty
            ? nil : "if a month of it has a price, add it under prices: as one of the add_ons"),
        at: item.location)
    }
    return BillingStatement.Product(
      key: key, usageKey: usageKey, name: item.words("name") ?? key, meter: meter,
      isAddOn: isAddOn || item.words("kind") == "addon",
      isSubscribed: item.words("subscribed").map { $0 == "true" },
      isIncluded: item.words("included_with_main_product") == "true", units: units,
      amount: amount,
      fee: meter == nil ? BillingAnswer.amount(item["unit_amount_usd"], &findings) : nil,
      freeAllotment: item["free_allocation"].flatMap { BillingAnswer.whole($0, &findings) },
      unitLimit: item["usage_limit"].flatMap { BillingAnswer.whole($0, &findings) },
      tiers: (item["tiers"]?.sequence ?? []).compactMap { tier($0, &findings) },
      location: item.location)
  }

  private static func tier(_ node: Node, _ findings: inout RepeatedFindings)
    -> BillingStatement.Tier?
  {
    guard let price = node["unit_amount_usd"], let unit = BillAmount(price, &findings) else {
      return nil
    }
    return BillingStatement.Tier(
      upTo: node["up_to"].flatMap { BillingAnswer.whole($0, &findings) },
      unitPrice: UnitPrice(nanosPerUnit: unit.money.nanos),
      flat: node["flat_amount_usd"].flatMap { BillAmount($0, &findings)?.money } ?? .zero)
  }
}
