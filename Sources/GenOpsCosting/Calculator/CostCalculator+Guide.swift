public import GenOpsMetering
public import GenOpsUnits

/// The calculator under the names of the GenOps integration guide.
///
/// Two corrections to the guide: identified events are a *part* of all events, so their price comes
/// on top of the base price, once; and a count beyond the last tier is as good as any other.
extension CostCalculator {
  /// The cost of `eventCount` events of a fresh period, all of them identified or none.
  public func calculateEventCost(eventCount: Int64, isIdentified: Bool = false) throws(CostError)
    -> Money
  {
    var totals = MeterTotals([.events: eventCount])
    if isIdentified { totals[.identifiedEvents] = eventCount }
    return try cost(of: totals)
  }

  /// The cost of `requestCount` feature flag requests of a fresh period.
  public func calculateFeatureFlagCost(requestCount: Int64) throws(CostError) -> Money {
    try cost(of: requestCount, on: .featureFlagRequests)
  }

  /// The cost of `recordingCount` web session recordings of a fresh period.
  public func calculateSessionRecordingCost(recordingCount: Int64) throws(CostError) -> Money {
    try cost(of: recordingCount, on: .sessionRecordings)
  }

  /// The cost of `eventCount` AI events of a fresh period.
  public func calculateLLMAnalyticsCost(eventCount: Int64) throws(CostError) -> Money {
    try cost(of: eventCount, on: .llmEvents)
  }

  /// The cost of a session or any other span. `identifiedEvents` are a part of `eventCount`.
  /// `opening` is what was used in the same period before: with it the result is what the span
  /// added, without it the span is a whole period.
  public func calculateSessionCost(
    eventCount: Int64 = 0, identifiedEvents: Int64 = 0, featureFlagRequests: Int64 = 0,
    sessionRecordings: Int64 = 0, llmEvents: Int64 = 0, after opening: MeterTotals = MeterTotals()
  ) throws(CostError) -> SessionCost {
    let usage = MeterTotals([
      .events: eventCount, .identifiedEvents: identifiedEvents,
      .featureFlagRequests: featureFlagRequests, .sessionRecordings: sessionRecordings,
      .llmEvents: llmEvents,
    ])
    var charges: [Charge] = []
    for (_, meter) in SessionCost.guideKeys {
      guard table(for: meter) != nil else {
        if usage[meter] == 0 { continue }
        throw .unknownPrice(meter, book: book.id)
      }
      if usage[meter] < 0 { throw .negativeUsage(meter, units: usage[meter]) }
      let amount = try cost(of: MeterTotals([meter: usage[meter]]), after: opening)
      charges.append(Charge(meter: meter, units: usage[meter], amount: amount))
    }
    let total = try cost(of: usage, after: opening)
    let sum = usage + opening
    return SessionCost(
      usage: usage, charges: charges, totalCost: total,
      freeTierUsage: SessionCost.guideKeys.compactMap { freeTierUsage(of: $0.meter, in: sum) })
  }

  /// The same under the short names of the guide's scenarios: `events`, `flags`, `recordings`,
  /// `llm`.
  public func calculateSessionCost(
    events: Int64, flags: Int64 = 0, recordings: Int64 = 0, llm: Int64 = 0
  ) throws(CostError) -> SessionCost {
    try calculateSessionCost(
      eventCount: events, featureFlagRequests: flags, sessionRecordings: recordings, llmEvents: llm)
  }
}
