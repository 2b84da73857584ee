public import GenOpsUnits

public import GenOpsMetering

/// PostHog's own billing limits, by product; see ``PostHogLimit``.
public struct PostHogLimitPolicy: Policy {
  public static let name = "posthog-limit"
  public static let summary = "PostHog's billing limit per product: drops data to the period's end."
  public static let example = """
    {"product_analytics": "2500 USD per month", "surveys": "2000 responses per month", \
    "session_replay": {"limit": "300 USD per month", "grace_days": 1}}
    """

  public var limits: [PostHogLimit]
  /// Meters that have no limit any longer, whatever the plan says.
  public var lifted: Set<Meter>

  /// In place of those of the same meters that the plan has.
  public init(_ limits: [PostHogLimit], lifted: Set<Meter> = []) {
    self.limits = limits
    self.lifted = lifted
  }

  /// PostHog's free plan: every product ends at its free allotment, and nothing is billed.
  public static let freePlan = PostHogLimitPolicy(
    Meter.allCases.map { PostHogLimit(meter: $0, cap: .freeAllotment) })

  /// Reads amounts or units by product, or one of the words `free` and `none` for all of them.
  public init?(_ node: Node, _ findings: inout Findings) {
    switch node.text {
    case "free":
      self = .freePlan
      return
    case "none":
      self.init([], lifted: Set(Meter.allCases))
      return
    default: self.init([])
    }
    var own = Findings()
    defer { findings.merge(own) }
    var keys = MappingReader(node, "a PostHog limit", &own)
    for entry in keys.takeRest() {
      let meter = Node.meter(named: entry.key, at: entry.keyLocation, &own)
      if let meter, PostHogLimit.followers.contains(meter) {
        own.error(
          "limit-meter", "PostHog has no limit on '\(meter.id)': it follows events",
          help: "limit product_analytics", at: entry.keyLocation)
      }
      if let meter, entry.value.text == "none" {
        lifted.insert(meter)
      } else if let limit = PostHogLimitPolicy.limit(
        entry.value, meter ?? .events, named: entry.key, &own)
      {
        limits.append(limit)
      }
    }
    if own.hasErrors { return nil }
    if limits.isEmpty, lifted.isEmpty {
      own.error(
        "limit-meter", "no product is limited", help: "write product_analytics: 2500 USD per month",
        at: node.location)
      return nil
    }
  }

  /// `name` is the product as it was written.
  private static func limit(
    _ node: Node, _ meter: Meter, named name: String, _ findings: inout Findings
  ) -> PostHogLimit? {
    var (capNode, graceDays, countsAddOns): (Node?, Int, Bool) = (node, 0, true)
    if node.text == nil {
      var keys = MappingReader(node, "the limit of '\(name)'", &findings)
      capNode = keys.required("limit", example: "limit: 2500 USD per month", &findings)
      if let days = keys.take("grace_days") {
        graceDays = days.whole("the days of grace", in: 0...31, &findings) ?? 0
      }
      if let flag = keys.take("add_ons") {
        countsAddOns = flag.flag("'add_ons'", &findings) ?? true
      }
      keys.finish(&findings)
    }
    guard let capNode, let cap = cap(capNode, meter, named: name, &findings) else { return nil }
    return PostHogLimit(meter: meter, cap: cap, graceDays: graceDays, countsAddOns: countsAddOns)
  }

  private static func cap(
    _ node: Node, _ meter: Meter, named name: String, _ findings: inout Findings
  ) -> PostHogLimit.Cap? {
    let text = node.text ?? ""
    if text == "free" { return .freeAllotment }
    if let units = units(text, of: meter) { return .units(units) }
    if let figures = try? Figures(text), let unit = figures.unit?.split(separator: " ").first,
      Figures.currency(String(unit)) == nil, figures.refusal == nil
    {
      let number = figures.low.signedText
      findings.error(
        "limit-amount", "the limit of '\(name)' is money or \(meter.unit)s, not '\(unit)'",
        help: "write: \(number) \(meter.unit)s per month, or \(number) USD per month",
        at: node.location)
      return nil
    }
    guard
      let amount = AmountPerPeriod(
        parsing: text, what: "the limit of '\(name)'", at: node.location, &findings)
    else { return nil }
    if amount.period != .month {
      findings.error(
        "limit-period", "PostHog's limits are for a billing month, not a \(amount.period.rawValue)",
        help: perMonth(amount).map { "write: \($0) \(amount.currency) per month" }
          ?? "write what a month may cost: \(name): 300 \(amount.currency) per month",
        at: node.location)
      return nil
    }
    if amount.amount < .zero {
      findings.error(
        "limit-amount", "the limit of '\(name)' is negative", help: "write 0 or more",
        at: node.location)
      return nil
    }
    return .money(amount.amount, currency: amount.currency)
  }

  /// The part of a month of a quarter or a year, in cents; nil of shorter periods, of which a month has no
  /// whole number.
  private static func perMonth(_ amount: AmountPerPeriod) -> String? {
    let months: Int64? =
      switch amount.period {
      case .year: 12
      case .quarter: 3
      case .month, .week, .day: nil
      }
    return months.map { Money(nanos: amount.amount.nanos / $0).text(decimals: 2) }
  }

  /// The units of `9M events per month`. The unit has to be said: a number alone may have lost its
  /// currency.
  private static func units(_ text: String, of meter: Meter) -> Int64? {
    guard let figures = try? Figures(text), figures.refusal == nil, let unit = figures.unit,
      names(of: meter).contains(unit),
      figures.per.count == 1, TimeUnit(figures.per[0]) == .month,
      let units = try? figures.low.whole(), units >= 0
    else { return nil }
    return units
  }

  /// What a unit is called: `mobile recordings`, `recordings`, `mobile_recordings`.
  private static func names(of meter: Meter) -> [String] {
    let short = meter.unit.split(separator: " ").last.map(String.init) ?? meter.unit
    return [meter.unit, meter.unit + "s", short, short + "s", meter.id]
  }

  public var sideEffect: String {
    limits.isEmpty
      ? "PostHog's limits are lifted" : "dark for days each month; dropped data is lost for good"
  }

  public func apply(to plan: inout GovernancePlan) {
    let named = lifted.union(limits.map(\.meter))
    plan.postHogLimits.removeAll { named.contains($0.meter) }
    plan.postHogLimits += limits
  }
}
