public import GenOpsMetering

import GenOpsUnits

/// Something that would lower a bill, as a change of the usage it is made for.
///
/// One is added by a line in ``all``. Its saving is never estimated: the changed usage is priced
/// again.
public struct SavingIdea: Sendable {
  /// The guide's `optimization_type`.
  public var name: String
  /// What to do, one sentence.
  public var advice: String
  /// What else it changes: every idea has a price of its own.
  public var sideEffect: String
  /// The usage afterwards.
  public var change: @Sendable (MeterTotals) -> MeterTotals
  /// Opt-in products that are given up.
  public var droppedAddOns: Set<String> = []

  public static let all: [SavingIdea] = [
    SavingIdea(
      name: "anonymous_events",
      advice: "Send half of the identified events without a person profile",
      sideEffect: "no profile and no person properties on those events",
      change: { halved($0, [.identifiedEvents]) }),
    SavingIdea(
      name: "event_sampling", advice: "Keep the events of half of the users",
      sideEffect: "half of the events are lost; counts double their variance",
      change: { halved($0, [.events, .identifiedEvents, .groupEvents]) }),
    SavingIdea(
      name: "recording_sampling", advice: "Record every second session",
      sideEffect: "half of the recordings are missing when somebody looks for one",
      change: { halved($0, [.sessionRecordings, .mobileRecordings]) }),
    SavingIdea(
      name: "flag_requests", advice: "Ask for feature flags half as often, by polling every 60 s",
      sideEffect: "flags change up to 30 s later on servers",
      change: { halved($0, [.featureFlagRequests]) }),
    SavingIdea(
      name: "ai_sampling", advice: "Trace every second AI call",
      sideEffect: "half of the AI traces and their costs are not seen",
      change: { halved($0, [.llmEvents]) }),
    SavingIdea(
      name: "group_analytics", advice: "Give up group analytics",
      sideEffect: "no reports by company or other groups",
      change: { $0 }, droppedAddOns: ["group_analytics"]),
  ]

  /// Half of each, the odd unit kept.
  private static func halved(_ totals: MeterTotals, _ meters: [Meter]) -> MeterTotals {
    var result = totals
    for meter in meters { result[meter] -= result[meter] / 2 }
    return result
  }
}
