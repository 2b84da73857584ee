import GenOpsCosting
import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// What PostHog drops data beyond.
extension AccountFacts {
  /// The limits of a paying account. Set in money under any of PostHog's keys, they are those of the
  /// next period before those of the running one because they hold longer; PostHog acts on units, so
  /// those of the answer stand for the running period's money. A product that is not subscribed to ends
  /// at its free allotment.
  static func limits(
    _ document: Node, _ current: BillingStatement.CurrentPeriod,
    _ findings: inout RepeatedFindings
  ) -> [Limit] {
    if document.words("never_drop_data") == "true" {
      if hasLimits(document) {
        findings.add(
          .note, "limits-off", "PostHog never drops data of this account, whatever its limits say",
          at: document["never_drop_data"]?.location)
      }
      return []
    }
    var (limits, changed) = inMoney(document, current, &findings)
    for item in current.usage {
      let product = current.products.first { $0.meter == item.meter }
      let isPaid = product?.isSubscribed ?? true || product?.isAddOn ?? false
      let units = unitLimit(item, product)
      if let index = limits.firstIndex(where: { $0.meter == item.meter }) {
        guard let units, !changed.contains(item.meter), product?.isSubscribed != false,
          units != product?.freeAllotment
            ?? PriceBook.standard.rate(of: item.meter)?.table.freeUnits,
          case .money(let amount) = limits[index].cap
        else { continue }
        limits[index].cap = .units(units)
        limits[index].amount = amount
      } else if let product, !isPaid, product.unitLimit ?? product.freeAllotment != nil {
        limits.append(
          Limit(
            product: product.key, meter: item.meter, cap: .free, graceDays: 0,
            location: product.location))
      } else if let units, !changed.contains(item.meter) {
        limits.append(
          Limit(
            product: product?.key ?? item.meter.id, meter: item.meter, cap: .units(units),
            graceDays: 0, location: item.location))
      }
    }
    return withTrust(limits, document["customer_trust_scores"], &findings)
  }

  /// The units at which PostHog drops data in the running period.
  private static func unitLimit(
    _ item: BillingStatement.MeterUsage?, _ product: BillingStatement.Product?
  ) -> Int64? { item?.limit ?? product?.unitLimit }

  private static func hasLimits(_ document: Node) -> Bool {
    ["custom_limits_usd", "next_period_custom_limits_usd"].contains {
      document[$0]?.mapping?.contains { !$0.value.isNull } ?? false
    }
  }

  /// The limits in money, and the meters whose limit is another one, or none, from the next period on.
  private static func inMoney(
    _ document: Node, _ current: BillingStatement.CurrentPeriod,
    _ findings: inout RepeatedFindings
  ) -> (limits: [Limit], changed: Set<Meter>) {
    let running = entries(document, "custom_limits_usd", "limit_usd")
    let next = entries(document, "next_period_custom_limits_usd", "next_period_limit_usd")
    var result: [Limit] = []
    var changed: Set<Meter> = []
    for (index, entry) in (running + next).enumerated() {
      let isNext = index >= running.count
      let product = current.products.first { $0.key == entry.key || $0.usageKey == entry.key }
      let known = Meter(named: entry.key) ?? product?.meter
      let standing = result.first { $0.meter == known }
      if isNext, entry.value.isNull, let meter = known {
        let item = current.usage.first { $0.meter == meter }
        if standing != nil || unitLimit(item, product) != nil {
          changed.insert(meter)
          findings.add(
            .note, "limit-next-period",
            "the limit of \(entry.key) ends with the running period: none is used",
            at: entry.keyLocation)
        }
        result.removeAll { $0.meter == meter }
        continue
      }
      guard
        let amount = BillAmount(entry.value, &findings)?.cents(at: entry.value.location, &findings)
      else { continue }
      guard amount >= .zero else {
        findings.add(
          .warning, "bill-amount", "a limit of \(amount) is not one; it is left out",
          at: entry.value.location)
        continue
      }
      guard let meter = known else {
        findings.add(
          .warning, "unknown-series",
          "a limit is set for '\(entry.key)', which is not a known product",
          help: SeriesLabel.nearest(to: entry.key).map { "did you mean '\($0)'?" },
          at: entry.keyLocation)
        continue
      }
      // PostHog looks for a product's own key before that of its usage.
      let isOwn = current.products.contains { $0.key == entry.key }
      if standing != nil, !isOwn, !isNext || changed.contains(meter) { continue }
      if isNext {
        if standing?.cap == .money(amount) { continue }
        changed.insert(meter)
        findings.add(
          .note, "limit-next-period",
          "the limit of \(entry.key) "
            + (standing == nil
              ? "begins with the next period, at \(amount): it is used throughout"
              : "is \(amount) from the next period on; that one is used"),
          at: entry.keyLocation)
      }
      result.removeAll { $0.meter == meter }
      result.append(
        Limit(
          product: product?.key ?? entry.key, meter: meter, cap: .money(amount), graceDays: 0,
          location: entry.keyLocation))
    }
    return (result, changed)
  }

  /// `{product: amount}`, or a list of objects of the organization billing API.
  private static func entries(_ document: Node, _ mapping: String, _ listed: String) -> [Node.Entry]
  {
    let items = document[BillingAnswer.limitList]?.sequence ?? []
    return (document[mapping]?.mapping ?? [])
      + items.compactMap { item in
        // In the list every product has every key, so a null says nothing.
        guard let key = item.words("key", "type"), let value = item[listed], !value.isNull
        else { return nil }
        return Node.Entry(key: key, keyLocation: item.location, value: value)
      }
  }

  /// Days of grace by PostHog's trust score: 7 is one day, 10 is three, 15 is for ever. Source:
  /// PostHog's `ee/billing/quota_limiting.py`.
  private static func withTrust(
    _ limits: [Limit], _ scores: Node?, _ findings: inout RepeatedFindings
  ) -> [Limit] {
    limits.compactMap { limit in
      let entry = scores?.mapping?.first { Meter(named: $0.key) == limit.meter }
      guard let entry, let score = entry.value.text.flatMap(Double.init) else { return limit }
      var limit = limit
      switch score {
      case ..<7: return limit
      case ..<10: limit.graceDays = 1
      case ..<15: limit.graceDays = 3
      default:
        findings.add(
          .note, "limits-off",
          "PostHog does not drop data of \(limit.product) by its limit: the account is trusted",
          at: entry.keyLocation)
        return nil
      }
      return limit
    }
  }
}
