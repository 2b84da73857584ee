import GenOpsCosting
import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// Reads one answer of PostHog's `GET /api/billing/`, or the answers of its organization billing API
/// that say the same in parts.
///
/// Keys used: `billing_period`, `current_total_amount_usd` (`…_after_discount`), `usage_summary` (a
/// mapping by usage key, or a list), `products` with `tiers` and `addons`, and those of
/// ``AccountFacts``. Sources of the shape: PostHog's `ee/api/billing.py`, its organization billing API
/// and its fixture `mocks/fixtures/_billing.tsx`.
enum BillingAnswer {
  static func recognizes(_ document: Node) -> Bool {
    let keys = [
      "billing_period", "usage_summary", "products", "has_active_subscription",
      "custom_limits_usd",
    ]
    return keys.contains { document[$0] != nil } || listName(document) != nil
  }

  /// The key under which the limits of the organization billing API are kept.
  static let limitList = "limits"

  /// The organization billing API lists products and limits under `results`, as series are: what the
  /// list is of, nil for series.
  static func listName(_ document: Node) -> String? {
    let items = document["results"]?.sequence?.filter { $0["dates"] == nil } ?? []
    if items.contains(where: { $0["limit_usd"] != nil }) { return limitList }
    return items.contains { $0["kind"] != nil } ? "products" : nil
  }

  /// Nil, with a finding, when the answer holds nothing, or a period that is none.
  static func read(_ document: Node, _ findings: inout RepeatedFindings)
    -> BillingStatement.CurrentPeriod?
  {
    let place = document["billing_period"]
    let period = place.flatMap(BillingPeriod.init(answer:))
    let isSilent =
      place.map { node in
        node.isNull || (node.words("current_period_start", "current_period_end") == nil)
      } ?? true
    var result = BillingStatement.CurrentPeriod(period: period)
    if period == nil, !isSilent {
      addPeriodError(at: place?.location ?? document.location, &findings)
      return nil
    }
    result.amount = amount(document["current_total_amount_usd"], &findings)
    result.amountDue = amount(document["current_total_amount_usd_after_discount"], &findings)
    result.products = BillingProducts.read(document, &findings)
    result.usage = usage(document["usage_summary"], result.products, &findings)
    guard period != nil || !result.usage.isEmpty || !result.products.isEmpty else {
      addPeriodError(at: place?.location ?? document.location, &findings)
      return nil
    }
    result.account = AccountFacts(document, result, &findings)
    if period == nil {
      findings.add(
        .note, "bill-period",
        "the answer does not say its billing period\(result.account.isFree ? ": the plan is free" : "")",
        help:
          "usage is counted by calendar month; write billing_day if a period begins on another day",
        at: place?.location ?? document.location)
    } else if result.isYearly {
      let proven = yearlyText(result.account.yearlyTiers)
      findings.add(
        .warning, "bill-yearly",
        "the billing period is a year, and tiers, free units and fees count by the month here"
          + (proven ?? ""),
        help: proven == nil
          ? "hold the year against the contract: its tiers may be those of a year"
          : "write a twelfth of each bound under prices: to come close",
        at: place?.location ?? document.location)
    }
    checkTotal(result, document, &findings)
    return result
  }

  /// Which amounts show that tiers count once a year, and what that keeps from being said; nil where none
  /// does.
  private static func yearlyText(_ meters: [Meter]) -> String? {
    guard let first = meters.first else { return nil }
    let who =
      meters.count == 1
      ? "the amount of \(first.id) shows that its tiers count"
      : "the amounts of \(meters.map(\.id).joined(separator: ", ")) show that their tiers count"
    return
      "; \(who) once a year: no headline and no amount to ask for rests on a forecast at prices that are "
      + "not written for a month"
  }

  private static func addPeriodError(
    at location: SourceLocation, _ findings: inout RepeatedFindings
  ) {
    findings.add(
      .error, "bill-period", "the answer does not say its billing period",
      help: "expected billing_period: {current_period_start, current_period_end} with times",
      at: location)
  }

  /// An amount in cents; nil where there is none.
  static func amount(_ node: Node?, _ findings: inout RepeatedFindings) -> Money? {
    guard let node, let amount = BillAmount(node, &findings) else { return nil }
    return amount.cents(at: node.location, &findings)
  }

  /// `usage_summary` first; a product's `current_usage` where the summary is silent.
  private static func usage(
    _ summary: Node?, _ products: [BillingStatement.Product],
    _ findings: inout RepeatedFindings
  ) -> [BillingStatement.MeterUsage] {
    var result: [BillingStatement.MeterUsage] = []
    let named = (summary?.mapping ?? []).map { ($0.key, $0.value, $0.keyLocation) }
    let listed = (summary?.sequence ?? []).compactMap { item in
      item.words("usage_key", "key", "type", "product", "kind", "name").map {
        ($0, item, item.location)
      }
    }
    for (name, value, place) in named + listed where value.mapping != nil {
      let units = (value["usage"] ?? value["current_usage"]).flatMap { whole($0, &findings) }
      guard let meter = Meter(named: name) else {
        // A product that goes by this name is told with its cost.
        let isTold = products.contains { ($0.usageKey ?? $0.key) == name && $0.units ?? 0 != 0 }
        if let units, units != 0, !isTold {
          findings.add(
            .warning, "unknown-series",
            "no meter is called '\(name)'; its \(units) units are left out",
            help: SeriesLabel.nearest(to: name).map { "did you mean '\($0)'?" }, at: place)
        }
        continue
      }
      // The same object may stand under two names of one meter.
      guard let units, !result.contains(where: { $0.meter == meter }) else { continue }
      result.append(
        .init(
          meter: meter, units: units,
          limit: (value["limit"] ?? value["usage_limit"]).flatMap { whole($0, &findings) },
          location: place))
    }
    for product in products {
      guard let meter = product.meter, let units = product.units,
        !result.contains(where: { $0.meter == meter })
      else { continue }
      result.append(
        .init(meter: meter, units: units, limit: product.unitLimit, location: product.location))
    }
    return result
  }

  /// A whole number of units. A fraction is rounded: PostHog's megabytes are not whole.
  static func whole(_ node: Node, _ findings: inout RepeatedFindings) -> Int64? {
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
    // Some answers have the discount in the total.
    let isDiscounted = !period.account.terms.isEmpty && total < sum
    if (total.approximate - sum.approximate).magnitude > 0.02 + total.approximate * 0.001,
      !isDiscounted
    {
      findings.add(
        .warning, "bill-total", "the bill says \(total) but its products sum to \(sum)",
        help: "is the answer cut or edited?",
        at: document["current_total_amount_usd"]?.location ?? document.location)
    }
  }
}

extension Node {
  /// The first text that is written under one of these keys; nil where all are missing or null.
  func words(_ keys: String...) -> String? {
    for key in keys {
      if let value = self[key], !value.isNull, let text = value.text, !text.isEmpty { return text }
    }
    return nil
  }
}
