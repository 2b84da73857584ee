import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// Reads one answer of PostHog's `GET /api/billing/`.
///
/// Keys used: `billing_period`, `current_total_amount_usd`, `usage_summary`, `products` with
/// `tiers` and `addons`, `custom_limits_usd`, `discount_percent`, `discount_amount_usd`. Source of
/// the shape: PostHog's `ee/api/billing.py` and its fixture `mocks/fixtures/_billing.tsx`.
enum BillingAnswer {
  static func recognizes(_ document: Node) -> Bool {
    document["billing_period"] != nil || document["usage_summary"] != nil
      || document["products"] != nil
  }

  /// Nil, with a finding, when the answer does not say its period.
  static func read(_ document: Node, _ findings: inout RepeatedFindings)
    -> BillingStatement.CurrentPeriod?
  {
    guard let (start, end) = period(document, &findings) else { return nil }
    var result = BillingStatement.CurrentPeriod(
      start: start, end: end, usage: [], products: [], limits: [], addOns: [])
    result.amount = amount(document["current_total_amount_usd"], &findings)
    result.products = products(document["products"], &findings)
    result.usage = usage(document["usage_summary"], result.products, &findings)
    result.limits = limits(document["custom_limits_usd"], result.products, &findings)
    for product in result.products
    where product.isAddOn && product.isSubscribed && product.meter == nil {
      if let amount = product.amount, amount != .zero {
        result.addOns.append(.init(product: product.key, meter: nil, amount: amount))
      }
    }
    if let percent = document["discount_percent"]?.text.flatMap(Double.init), percent != 0 {
      result.discountPercent = percent
    }
    if let off = amount(document["discount_amount_usd"], &findings), off != .zero {
      result.discountAmount = off
    }
    checkTotal(result, document, &findings)
    return result
  }

  private static func period(_ document: Node, _ findings: inout RepeatedFindings) -> (
    CalendarDay, CalendarDay
  )? {
    let period = document["billing_period"]
    guard let startNode = period?["current_period_start"], let start = instant(startNode),
      let endNode = period?["current_period_end"], let end = instant(endNode),
      start.day < end.day
    else {
      findings.add(
        .error, "bill-period", "the answer does not say its billing period",
        help: "expected billing_period: {current_period_start, current_period_end} with times",
        at: period?.location ?? document.location)
      return nil
    }
    // Some answers name the last second of the period instead of the first of the next.
    let last = end.microseconds - Timestamp(startOf: end.day).microseconds
    let closes = last >= Timestamp.microsecondsPerDay - 60_000_000
    return (start.day, closes ? end.day.advanced(by: 1) : end.day)
  }

  private static func instant(_ node: Node) -> Timestamp? { node.text.flatMap { Timestamp($0) } }

  private static func amount(_ node: Node?, _ findings: inout RepeatedFindings) -> Money? {
    guard let node, let amount = BillAmount(node, &findings) else { return nil }
    return amount.cents(at: node.location, &findings)
  }

  private static func products(_ node: Node?, _ findings: inout RepeatedFindings)
    -> [BillingStatement.Product]
  {
    var result: [BillingStatement.Product] = []
    for item in node?.sequence ?? [] {
      let addOns = item["addons"]?.sequence ?? []
      result.append(product(item, isAddOn: false, &findings))
      for addOn in addOns { result.append(product(addOn, isAddOn: true, &findings)) }
    }
    return result
  }

  private static func product(
    _ item: Node, isAddOn: Bool, _ findings: inout RepeatedFindings
  ) -> BillingStatement.Product {
    let key = item["type"]?.text ?? item["usage_key"]?.text ?? item["name"]?.text ?? ""
    let usageKey = item["usage_key"].flatMap { $0.isNull ? nil : $0.text }
    let meter = Meter(named: key) ?? usageKey.flatMap { Meter(named: $0) }
    // The amount of a product includes its add-ons, which stand by themselves in the list.
    let own = item["current_amount_usd_before_addons"].flatMap { $0.isNull ? nil : $0 }
    var amount = self.amount(own ?? item["current_amount_usd"], &findings)
    let subscribed = item["subscribed"]?.text == "true"
    if amount == nil, isAddOn, subscribed, meter == nil {
      amount = self.amount(item["unit_amount_usd"], &findings)
    }
    let units = item["current_usage"].flatMap { whole($0, &findings) }
    if meter == nil, let units, units != 0 {
      findings.add(
        .warning, "unknown-series", "no meter is called '\(key)'; its \(units) units are left out",
        help: SeriesLabel.nearest(to: key).map { "did you mean '\($0)'?" }, at: item.location)
    }
    return BillingStatement.Product(
      key: key, name: item["name"]?.text ?? key, meter: meter, isAddOn: isAddOn,
      isSubscribed: subscribed, units: units, amount: amount,
      tiers: (item["tiers"]?.sequence ?? []).compactMap { tier($0, &findings) })
  }

  private static func tier(_ node: Node, _ findings: inout RepeatedFindings)
    -> BillingStatement.Tier?
  {
    guard let price = node["unit_amount_usd"], let unit = BillAmount(price, &findings) else {
      return nil
    }
    return BillingStatement.Tier(
      upTo: node["up_to"].flatMap { whole($0, &findings) },
      unitPrice: UnitPrice(nanosPerUnit: unit.money.nanos),
      flat: node["flat_amount_usd"].flatMap { BillAmount($0, &findings)?.money } ?? .zero)
  }

  /// `usage_summary` first; a product's `current_usage` where the summary is silent.
  private static func usage(
    _ summary: Node?, _ products: [BillingStatement.Product],
    _ findings: inout RepeatedFindings
  ) -> [BillingStatement.MeterUsage] {
    var result: [BillingStatement.MeterUsage] = []
    for entry in summary?.mapping ?? [] where entry.value.mapping != nil {
      guard let meter = Meter(named: entry.key) else {
        if let units = entry.value["usage"].flatMap({ whole($0, &findings) }), units != 0 {
          findings.add(
            .warning, "unknown-series",
            "no meter is called '\(entry.key)'; its \(units) units are left out",
            help: SeriesLabel.nearest(to: entry.key).map { "did you mean '\($0)'?" },
            at: entry.keyLocation)
        }
        continue
      }
      guard let node = entry.value["usage"], let units = whole(node, &findings) else { continue }
      result.append(
        .init(
          meter: meter, units: units, limit: entry.value["limit"].flatMap { whole($0, &findings) },
          location: entry.keyLocation))
    }
    let place = summary?.location ?? SourceLocation(file: "", line: 1, column: 1)
    for product in products {
      guard let meter = product.meter, let units = product.units,
        !result.contains(where: { $0.meter == meter })
      else { continue }
      result.append(.init(meter: meter, units: units, limit: nil, location: place))
    }
    return result
  }

  private static func limits(
    _ node: Node?, _ products: [BillingStatement.Product], _ findings: inout RepeatedFindings
  ) -> [BillingStatement.ProductAmount] {
    (node?.mapping ?? []).compactMap { entry in
      guard let amount = BillAmount(entry.value, &findings) else { return nil }
      let meter = Meter(named: entry.key)
      if meter == nil, !products.contains(where: { $0.key == entry.key }) {
        findings.add(
          .warning, "unknown-series",
          "a limit is set for '\(entry.key)', which is not a known product",
          at: entry.keyLocation)
      }
      return .init(
        product: entry.key, meter: meter,
        amount: amount.cents(at: entry.value.location, &findings))
    }
  }

  /// A whole number of units. A fraction is rounded: PostHog's megabytes are not whole.
  private static func whole(_ node: Node, _ findings: inout RepeatedFindings) -> Int64? {
    if node.isNull { return nil }
    if let text = node.text, let exact = Int64(text), exact >= 0 { return exact }
    if let text = node.text, case .units(let value) = UnitsText(text) {
      return Int64(rounding: value)
    }
    findings.add(
      .warning, "bill-units",
      "'\((node.text ?? node.kindName).prefix(40))' is not a number of units", at: node.location)
    return nil
  }

  private static func checkTotal(
    _ period: BillingStatement.CurrentPeriod, _ document: Node,
    _ findings: inout RepeatedFindings
  ) {
    guard let total = period.amount, period.products.contains(where: { $0.amount != nil }) else {
      return
    }
    var sum = Money.zero
    for product in period.products {
      guard let next = try? sum.adding(product.amount ?? .zero) else { return }
      sum = next
    }
    let discounted = period.discountPercent != nil || period.discountAmount != nil
    if (total.approximate - sum.approximate).magnitude > 0.02 + total.approximate * 0.001,
      !discounted
    {
      findings.add(
        .warning, "bill-total", "the bill says \(total) but its products sum to \(sum)",
        help: "is the answer cut or edited?",
        at: document["current_total_amount_usd"]?.location ?? document.location)
    }
  }
}
