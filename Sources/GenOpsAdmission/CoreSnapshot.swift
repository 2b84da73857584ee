public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

/// Everything a core knows, as a value: two cores that decided alike have equal snapshots.
public struct CoreSnapshot: Sendable, Hashable {
  /// A meter in one billing period.
  public struct MeterUsage: Sendable, Hashable {
    public var meter: Meter
    public var isCurrent: Bool
    public var usage: Int64
    /// What it would be had no budget refused.
    public var offered: Int64
    /// Which segment of its table it has come to.
    public var segment: Int
    /// The instant from which PostHog drops; nil while its limit is not reached.
    public var dropsFrom: Timestamp?
  }

  /// A budget in its present window.
  public struct BudgetStanding: Sendable, Hashable {
    public var window: BudgetWindow
    public var alertsRaised: Int
  }

  public var now: Timestamp
  public var billingPeriod: BillingPeriod
  public var meters: [MeterUsage]
  public var totals: [MeterTotal]
  public var budgets: [BudgetStanding]
  /// By ``UsageClassID``, like ``registeredClasses``.
  public var usageClasses: [UsageClassTally]
  public var registeredClasses: [UsageClass]
  /// Those of owners that were idle for a month and are no longer told apart, by team.
  public var retired: [String?: UsageClassTally]
  /// Sorted, as those of one instant have no order.
  public var alerts: [Alert]
  public var closedWindows: [BudgetWindow]
  public var futureDated: Int64
  public var overflowed: Bool
}

extension AdapterCore {
  /// The whole state. Slow: for tests and for showing.
  public func snapshot() -> CoreSnapshot {
    CoreSnapshot(
      now: now, billingPeriod: billingPeriod,
      meters: (0..<meters.count).map { position in
        let meter = position % Meter.count
        let state = meters[position]
        let isCurrent = position < Meter.count
        let from = limits[meter].from
        let stage = Int(isCurrent ? clock.stage : clock.previousStage)
        return CoreSnapshot.MeterUsage(
          meter: Meter.allCases[meter], isCurrent: isCurrent, usage: state.usage,
          offered: state.flags.contains(.diverged) ? offered[position].usage : state.usage,
          segment: Int(state.segment) - Int(freshMeters[stage * Meter.count + meter].segment),
          dropsFrom: isCurrent && from != .max ? Timestamp(microseconds: from) : nil)
      },
      totals: (0..<meterCount).map { total($0) },
      budgets: (0..<budgets.count).map {
        CoreSnapshot.BudgetStanding(
          window: window(of: $0),
          alertsRaised: Int(windows[$0].nextAlert - budgetRules[$0].firstAlert))
      },
      usageClasses: (0..<usageClasses.count).map { usageClasses[$0].tally },
      registeredClasses: registeredClasses, retired: retired,
      alerts: alerts.sorted(), closedWindows: closedWindows, futureDated: futureDated,
      overflowed: overflowed)
  }
}
