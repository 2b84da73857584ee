public import GenOpsMetering
public import GenOpsUnits

/// The cost of one session, or of any span of usage, by the five meters the integration guide
/// knows.
public struct SessionCost: Sendable, Hashable {
  /// The usage that was priced.
  public var usage: MeterTotals
  /// By meter, in the guide's order; a meter the book has no price for is not listed.
  public var charges: [Charge]
  public var totalCost: Money
  /// Before and during the span; the allotments belong to the billing period.
  public var freeTierUsage: [FreeTierUsage]

  /// The part of `meter`; nil when its price is unknown.
  public subscript(meter: Meter) -> Money? { charges.first { $0.meter == meter }?.amount }

  /// Total cost over events, to the nearest nano-unit; nil without events.
  public var costPerEvent: Money? {
    let events = usage[.events]
    guard events > 0 else { return nil }
    let (quotient, remainder) = totalCost.nanos.quotientAndRemainder(dividingBy: events)
    return Money(nanos: quotient + (remainder >= events - remainder ? 1 : 0))
  }

  /// The guide's names of its meters, in its order.
  public static let guideKeys: [(key: String, meter: Meter)] = [
    ("events", .events), ("identified_events", .identifiedEvents),
    ("feature_flags", .featureFlagRequests), ("session_recordings", .sessionRecordings),
    ("llm_analytics", .llmEvents),
  ]

  /// The guide's `PostHogEventCost`: `total_cost`, `cost_breakdown`, `cost_per_event`,
  /// `free_tier_usage` and the counts. Amounts are decimal strings; unknown ones are null.
  public var json: JSONValue {
    [
      "event_count": .integer(usage[.events]),
      "identified_events": .integer(usage[.identifiedEvents]),
      "feature_flag_requests": .integer(usage[.featureFlagRequests]),
      "session_recordings": .integer(usage[.sessionRecordings]),
      "llm_events": .integer(usage[.llmEvents]),
      "total_cost": .money(totalCost),
      "cost_breakdown": .object(
        SessionCost.guideKeys.map { entry in
          .init(entry.key, self[entry.meter].map { .money($0) } ?? .null)
        }),
      "cost_per_event": costPerEvent.map { .money($0) } ?? .null,
      "free_tier_usage": .object(
        SessionCost.guideKeys.compactMap { entry in
          freeTierUsage.first { $0.meter == entry.meter }.map { .init(entry.key, $0.json) }
        }),
    ]
  }
}
