public import GenOpsCosting
public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

/// The immutable half of an ``AdapterCore``: prices and policies, checked together once.
public struct Rules: Sendable {
  public let plan: GovernancePlan
  /// The price of each meter; nil is unknown. By `Meter.index`.
  public let tables: [RateTable?]
  /// Prices that take over later, in the order of their days.
  public let priceChanges: [PriceChange]
  /// The day of the month (1…31) on which billing periods begin.
  public let billingAnchorDay: Int
  /// The usage at which PostHog drops, by stage of the prices then meter; `Int64.max` without a
  /// limit.
  let limitUnits: [Int64]
  let graceDays: [Int]
  /// What does not stop the work but should be said: cliffs, odd budgets.
  public let findings: Findings
  /// Whether more never costs less, on any meter.
  let areCostsMonotone: Bool

  /// Other prices from the first instant of a day on. Usage of the billing period that runs goes on
  /// through the new tiers: what was used before costs what it cost, what follows costs
  /// C(before + more) − C(before) of the new table. So a change to the same prices changes nothing.
  public struct PriceChange: Sendable, Hashable {
    public var from: CalendarDay
    /// By `Meter.index`; nil is unknown.
    public var tables: [RateTable?]

    /// `tables` has an entry for each meter, by `Meter.index`.
    public init(from: CalendarDay, tables: [RateTable?]) {
      self.from = from
      self.tables = tables
    }
  }

  /// - Throws: every error of the plan at once, such as a limit on a meter without a price.
  public init(
    plan: GovernancePlan, tables: [Meter: RateTable], priceChanges: [PriceChange] = [],
    billingAnchorDay: Int = 1
  ) throws(FindingsError) {
    var findings = Findings()
    plan.validate(&findings)
    if !(1...31).contains(billingAnchorDay) {
      findings.error(
        "anchor-day", "the billing period begins on day \(billingAnchorDay)",
        help: "write a day of the month from 1 to 31")
    }
    let changes = priceChanges.sorted { $0.from < $1.from }
    let stages = [tables] + changes.map { Rules.byMeter($0.tables) }
    var units = [Int64](repeating: .max, count: Meter.count * stages.count)
    var grace = [Int](repeating: 0, count: Meter.count)
    for (stage, tables) in stages.enumerated() {
      for limit in plan.postHogLimits {
        if let most = limit.units(tables: tables) {
          units[stage * Meter.count + limit.meter.index] = most
          grace[limit.meter.index] = limit.graceDays
          continue
        }
        // The free plan covers whatever there is; a limit that somebody set is meant.
        if limit.cap == .freeAllotment { continue }
        findings.error(
          "limit-without-price",
          "the limit on '\(limit.meter.id)' cannot be turned into units: its price is unknown",
          help: "choose a price book that has it, or leave the limit out")
      }
    }
    var areCostsMonotone = true
    for meter in Meter.allCases {
      if stages.contains(where: { $0[meter]?.isMonotone == false }) {
        areCostsMonotone = false
        findings.warning(
          "price-cliff", "more of '\(meter.id)' can cost less: its price has a cliff",
          help: "budgets are enforced event by event there")
      }
    }
    self.areCostsMonotone = areCostsMonotone
    try findings.throwIfErrors()
    self.plan = plan.withAlertThresholds
    // Beyond the free allotment lies the buffer, which the free plan does not bill either.
    let unbilled = Set(plan.postHogLimits.filter { $0.cap == .freeAllotment }.map(\.meter.index))
    func billed(_ tables: [RateTable?]) -> [RateTable?] {
      tables.enumerated().map { $1 == nil || !unbilled.contains($0) ? $1 : .free }
    }
    self.tables = billed(Meter.allCases.map { tables[$0] })
    self.priceChanges = changes.map { .init(from: $0.from, tables: billed($0.tables)) }
    self.billingAnchorDay = billingAnchorDay
    limitUnits = units
    graceDays = grace
    self.findings = findings
  }

  /// By stage of the prices: the first, then each change's.
  var stages: [[RateTable?]] { [tables] + priceChanges.map(\.tables) }

  /// The prices of one stage, by `Meter.index`; nil is unknown.
  func tables(inStage stage: Int) -> [RateTable?] {
    stage == 0 ? tables : priceChanges[stage - 1].tables
  }

  /// Whether the price of a meter depends on no usage before, in any of these stages.
  func isFlat(_ meter: Int, inStages stages: ClosedRange<Int>) -> Bool {
    stages.allSatisfy { tables(inStage: $0)[meter]?.isFlat == true }
  }

  /// The stages of the prices of a billing period that is at `stage` and ends before the day `end`.
  func stages(from stage: Int, before end: CalendarDay) -> ClosedRange<Int> {
    stage...max(stage, self.stage(on: end.advanced(by: -1)))
  }

  /// The stage of the prices in force on `day`.
  func stage(on day: CalendarDay) -> Int { priceChanges.count { $0.from <= day } }

  private static func byMeter(_ tables: [RateTable?]) -> [Meter: RateTable] {
    var result: [Meter: RateTable] = [:]
    for (meter, table) in zip(Meter.allCases, tables) { result[meter] = table }
    return result
  }

  /// The share of a usage class's items that sampling keeps.
  public func samplingRate(for usageClass: UsageClass) -> Double {
    plan.sampling.rate(ofClass: usageClass.eventClass, isCritical: usageClass.isCritical)
  }

  /// Whether anything is ever refused by a budget of the account or of a part of it.
  var enforcesSomewhere: Bool {
    plan.mode != .advisory || plan.scopedModes.contains { $0.mode != .advisory }
  }

  /// Whether every required dimension is set.
  public func isComplete(_ attribution: Attribution) -> Bool {
    (plan.requiredDimensions + plan.compliance.flatMap(\.requiredDimensions))
      .allSatisfy { attribution[$0]?.isEmpty == false }
  }

  /// Why strict mode refuses every item of `usageClass`; nil when it does not.
  func standingRefusal(of usageClass: UsageClass) -> RefusalReason? {
    guard plan.mode(for: usageClass.attribution) == .strict else { return nil }
    if !isComplete(usageClass.attribution) { return .attribution }
    if !usageClass.isCompliant { return .compliance }
    return usageClass.isConsentKnown ? nil : .consentUnknown
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
