import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// What PostHog drops data beyond.
extension AccountFacts {
  /// The limits of a paying account: in money under any of PostHog's keys, those of the next period
  /// before those of the running one because they hold longer; else in units. A product that is not
  /// subscribed to ends at its free allotment.
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
    var limits = inMoney(document, current.products, &findings)
    for item in current.usage {
      guard !limits.contains(where: { $0.meter == item.meter }) else { continue }
      let product = current.products.first { $0.meter == item.meter }
      let isPaid = product?.isSubscribed ?? true || product?.isAddOn ?? false
      if let product, !isPaid, product.unitLimit ?? product.freeAllotment != nil {
        limits.append(
          Limit(
            product: product.key, meter: item.meter, cap: .free, graceDays: 0,
            location: product.location))
      } else if let units = item.limit ?? product?.unitLimit {
        limits.append(
          Limit(
            product: product?.key ?? item.meter.id, meter: item.meter, cap: .units(units),
            graceDays: 0, location: item.location))
      }
    }
    return withTrust(limits, document["customer_trust_scores"], &findings)
  }

  private static func hasLimits(_ document: Node) -> Bool {
    ["custom_limits_usd", "next_period_custom_limits_usd"].contains {
      document[$0]?.mapping?.contains { !$0.value.isNull } ?? false
    }
  }

  private static func inMoney(
    _ document: Node, _ products: [BillingStatement.Product],
    _ findings: inout RepeatedFindings
  ) -> [Limit] {
    let running = entries(document, "custom_limits_usd", "limit_usd")
    let next = entries(document, "next_period_custom_limits_usd", "next_period_limit_usd")
    var result: [Limit] = []
    for entry in running + next {
      guard
        let amount = BillAmount(entry.value, &findings)?.cents(at: entry.value.location, &findings)
      else { continue }
      guard amount >= .zero else {
        findings.add(
          .warning, "bill-amount", "a limit of \(amount) is not one; it is left out",
          at: entry.value.location)
        continue
      }
      let product = products.first { $0.key == entry.key || $0.usageKey == entry.key }
      guard let meter = Meter(named: entry.key) ?? product?.meter else {
        findings.add(
          .warning, "unknown-series",
          "a limit is set for '\(entry.key)', which is not a known product",
          help: SeriesLabel.nearest(to: entry.key).map { "did you mean '\($0)'?" },
          at: entry.keyLocation)
        continue
      }
      if let first = result.first(where: { $0.meter == meter }) {
        let isNext = next.contains { $0.keyLocation == entry.keyLocation }
        // PostHog looks for a product's own key before that of its usage.
        guard isNext || products.contains(where: { $0.key == entry.key }) else { continue }
        if isNext, first.cap != .money(amount) {
          findings.add(
            .note, "limit-next-period",
            "the limit of \(entry.key) is \(amount) from the next period on; that one is used",
            at: entry.keyLocation)
        }
        result.removeAll { $0.meter == meter }
      }
      result.append(
        Limit(
          product: product?.key ?? entry.key, meter: meter, cap: .money(amount), graceDays: 0,
          location: entry.keyLocation))
    }
    return result
  }

  /// `{product: amount}`, or a list of objects of the organization billing API.
  private static func entries(_ document: Node, _ mapping: String, _ listed: String) -> [Node.Entry]
  {
    let items = document[BillingAnswer.limitList]?.sequence ?? []
    return (document[mapping]?.mapping ?? [])
      + items.compactMap { item in
        guard let key = item.words("key", "type"), let value = item[listed] else { return nil }
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
