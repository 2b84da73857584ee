public import GenOpsMetering
public import GenOpsUnits

/// The guide's volume discount analysis: what a month costs at a volume, and what would lower it.
public struct VolumeAnalysis: Sendable, Hashable {
  public var usage: MeterTotals
  /// The cost of the usage, without flat fees.
  public var projectedCost: Money
  /// Where the events stand in their tiers.
  public var events: TierPosition
  public var recommendations: [Recommendation]
  /// Of the guide's four allotments.
  public var freeTiers: [FreeTierUsage]

  /// The guide's keys: `projected_monthly_events`, `projected_monthly_cost`, `cost_per_event`,
  /// `optimization_recommendations`, `free_tier_utilization` in percent, and `volume_tiers`.
  public var json: JSONValue {
    [
      "projected_monthly_events": .integer(usage[.events]),
      "projected_monthly_cost": .money(projectedCost),
      "cost_per_event": events.averagePrice.map { .double($0) } ?? .null,
      "optimization_recommendations": .array(recommendations.map(\.json)),
      "free_tier_utilization": .object(
        SessionCost.guideKeys.compactMap { entry in
          freeTiers.first { $0.meter == entry.meter }?.percent.map {
            .init(entry.key, .double($0))
          }
        }),
      "volume_tiers": events.json,
    ]
  }
}

extension CostCalculator {
  /// What a month with `projectedMonthlyEvents` costs, all of them anonymous unless `others` says
  /// more; `others` is the month's usage of the other meters.
  public func volumeAnalysis(
    projectedMonthlyEvents: Int64, others: MeterTotals = MeterTotals()
  ) throws(CostError) -> VolumeAnalysis {
    var usage = others
    usage[.events] = projectedMonthlyEvents
    return VolumeAnalysis(
      usage: usage, projectedCost: try cost(of: usage),
      events: try position(of: projectedMonthlyEvents, on: .events),
      recommendations: try recommendations(for: usage),
      freeTiers: SessionCost.guideKeys.compactMap { freeTierUsage(of: $0.meter, in: usage) })
  }
}
