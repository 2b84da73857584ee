public import GenOpsUnits

import GenOpsMetering

/// PostHog's own billing limits, by product; see ``PostHogLimit``.
public struct PostHogLimitPolicy: Policy {
  public static let name = "posthog-limit"
  public static let summary = "PostHog's billing limit per product: drops data to the period's end."
  public static let example = """
    {"product_analytics": "2500 USD per month", \
    "session_replay": {"limit": "300 USD per month", "grace_days": 1}}
    """

  public var limits: [PostHogLimit]

  /// Added to the limits that the plan has.
  public init(_ limits: [PostHogLimit]) { self.limits = limits }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    limits = []
    var keys = MappingReader(node, "a PostHog limit", &own)
    for entry in keys.takeRest() {
      let meter = Node.meter(named: entry.key, at: entry.keyLocation, &own)
      if let meter, [.identifiedEvents, .groupEvents].contains(meter) {
        own.error(
          "limit-meter", "PostHog has no limit on '\(meter.id)': it follows events",
          help: "limit product_analytics", at: entry.keyLocation)
      }
      if let limit = PostHogLimitPolicy.limit(entry.value, meter ?? .events, &own) {
        limits.append(limit)
      }
    }
    if own.hasErrors { return nil }
    if limits.isEmpty {
      own.error(
        "limit-meter", "no product is limited", help: "write product_analytics: 2500 USD per month",
        at: node.location)
      return nil
    }
  }

  private static func limit(_ node: Node, _ meter: Meter, _ findings: inout Findings)
    -> PostHogLimit?
  {
    var (amountNode, graceDays, countsAddOns): (Node?, Int, Bool) = (node, 0, true)
    if node.text == nil {
      var keys = MappingReader(node, "the limit of '\(meter.id)'", &findings)
      amountNode = keys.required("limit", example: "limit: 2500 USD per month", &findings)
      if let days = keys.take("grace_days") {
        graceDays = days.whole("the days of grace", in: 0...31, &findings) ?? 0
      }
      if let flag = keys.take("add_ons") {
        countsAddOns = flag.flag("'add_ons'", &findings) ?? true
      }
      keys.finish(&findings)
    }
    guard let amountNode,
      let amount = AmountPerPeriod(
        parsing: amountNode.text ?? "", what: "the limit of '\(meter.id)'",
        at: amountNode.location, &findings)
    else { return nil }
    if amount.period != .month {
      findings.error(
        "limit-period", "PostHog's limits are for a billing month, not a \(amount.period.rawValue)",
        help: "write: \(amount.amount) \(amount.currency) per month", at: amountNode.location)
      return nil
    }
    if amount.amount < .zero {
      findings.error(
        "limit-amount", "the limit of '\(meter.id)' is negative", help: "write 0 or more",
        at: amountNode.location)
      return nil
    }
    return PostHogLimit(
      meter: meter, amount: amount.amount, currency: amount.currency, graceDays: graceDays,
      countsAddOns: countsAddOns)
  }

  public var sideEffect: String { "dark for days each month; dropped data is lost for good" }

  public func apply(to plan: inout GovernancePlan) { plan.postHogLimits += limits }
}
