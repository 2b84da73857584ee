public import GenOpsCosting
public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

/// The immutable half of an ``AdapterCore``: prices and policies, checked together once.
public struct Rules: Sendable {
  public let plan: GovernancePlan
  /// The price of each meter; nil is unknown. By ``Meter/index``.
  public let tables: [RateTable?]
  /// The day of the month (1…31) on which billing periods begin.
  public let billingAnchorDay: Int
  /// The usage at which PostHog drops, by meter; `Int64.max` without a limit.
  let limitUnits: [Int64]
  let graceDays: [Int]
  /// What does not stop the work but should be said: cliffs, odd budgets.
  public let findings: Findings

  /// - Throws: every error of the plan at once, such as a limit on a meter without a price.
  public init(plan: GovernancePlan, tables: [Meter: RateTable], billingAnchorDay: Int = 1)
    throws(FindingsError)
  {
    var findings = Findings()
    plan.validate(&findings)
    if !(1...31).contains(billingAnchorDay) {
      findings.error(
        "anchor-day", "the billing period begins on day \(billingAnchorDay)",
        help: "write a day of the month from 1 to 31")
    }
    var units = [Int64](repeating: .max, count: Meter.count)
    var grace = [Int](repeating: 0, count: Meter.count)
    for limit in plan.postHogLimits {
      if let most = limit.units(tables: tables) {
        units[limit.meter.index] = most
        grace[limit.meter.index] = limit.graceDays
      } else {
        findings.error(
          "limit-without-price",
          "the limit on '\(limit.meter.id)' cannot be turned into units: its price is unknown",
          help: "choose a price book that has it, or leave the limit out")
      }
    }
    for meter in Meter.allCases {
      if let table = tables[meter], !table.isMonotone {
        findings.warning(
          "price-cliff", "more of '\(meter.id)' can cost less: its price has a cliff",
          help: "budgets are enforced event by event there")
      }
    }
    try findings.throwIfErrors()
    self.plan = plan
    self.tables = Meter.allCases.map { tables[$0] }
    self.billingAnchorDay = billingAnchorDay
    limitUnits = units
    graceDays = grace
    self.findings = findings
  }

  /// The share of a line's items that sampling keeps.
  public func samplingRate(for line: Line) -> Double {
    plan.sampling.rate(ofClass: line.eventClass, isCritical: line.isCritical)
  }

  /// Whether every required dimension is set.
  public func isComplete(_ attribution: Attribution) -> Bool {
    (plan.requiredDimensions + plan.compliance.flatMap(\.requiredDimensions))
      .allSatisfy { attribution[$0]?.isEmpty == false }
  }

  /// Why strict mode refuses every item of `line`; nil when it does not.
  func standingRefusal(of line: Line) -> RefusalReason? {
    guard plan.mode == .strict else { return nil }
    if !isComplete(line.attribution) { return .attribution }
    if !line.isCompliant { return .compliance }
    return line.isConsentKnown ? nil : .consentUnknown
  }
}

extension Rules {
  /// The rules of an account that pays the prices of `calculator`.
  public init(plan: GovernancePlan, calculator: CostCalculator, billingAnchorDay: Int = 1)
    throws(FindingsError)
  {
    var tables: [Meter: RateTable] = [:]
    for meter in Meter.allCases { tables[meter] = calculator.table(for: meter) }
    try self.init(plan: plan, tables: tables, billingAnchorDay: billingAnchorDay)
  }
}
