import GenOpsMetering
public import GenOpsUnits

/// The counts of a session. The cost is the sum of what its items added to the bill, so sessions
/// and the rest add up to the account.
public struct SessionTotals: Sendable, Hashable {
  /// Delivered events, billable or not.
  public var eventsCaptured: Int64 = 0
  public var identifiedEvents: Int64 = 0
  public var flagsEvaluated: Int64 = 0
  public var recordingsCreated: Int64 = 0
  public var llmEventsTracked: Int64 = 0
  public var refused: Int64 = 0
  public var sampled: Int64 = 0
  public var duplicates: Int64 = 0
  /// Sent conversions; see
  /// ``AnalyticsSession/recordConversion(_:value:currency:distinctID:properties:)-(_,_,_,_,JSONValue)``.
  public var conversions: Int64 = 0
  /// What the sent conversions were worth, in the application's currency.
  public var conversionValue = Money.zero
  public var cost = Money.zero
  /// Sent items whose cost is unknown; it is not in ``cost``.
  public var unpriced: Int64 = 0
  /// When it was closed; nil while it runs.
  public var end: Timestamp?

  public init() {}

  mutating func add(_ outcome: CaptureOutcome, _ usage: Usage, isEvent: Bool) {
    switch outcome {
    case .sampled: sampled = sampled.addingClamped(1)
    case .refused: refused = refused.addingClamped(1)
    case .duplicate: duplicates = duplicates.addingClamped(1)
    case .sent(let amount):
      if isEvent { eventsCaptured = eventsCaptured.addingClamped(1) }
      add(usage, count: 1, cost: amount)
    }
  }

  mutating func add(_ outcome: RecordOutcome, _ usage: Usage) {
    refused = refused.addingClamped(outcome.refused)
    if outcome.sent > 0 { add(usage, count: outcome.sent, cost: outcome.cost) }
  }

  mutating func addConversion(_ value: Money?) {
    conversions = conversions.addingClamped(1)
    if let value {
      conversionValue = Money(nanos: conversionValue.nanos.addingClamped(value.nanos))
    }
  }

  /// What each event cost on average, rounded to the nano-unit; nil before the first.
  public var costPerEvent: Money? {
    eventsCaptured > 0 ? Money(nanos: cost.nanos / eventsCaptured) : nil
  }

  /// What analytics cost for each conversion, rounded to the nano-unit; nil before the first.
  public var costPerConversion: Money? {
    conversions > 0 ? Money(nanos: cost.nanos / conversions) : nil
  }

  private mutating func add(_ usage: Usage, count: Int64, cost amount: Money?) {
    func units(_ meter: Meter) -> Int64 { usage[meter].multipliedClamped(count) }
    identifiedEvents = identifiedEvents.addingClamped(units(.identifiedEvents))
    flagsEvaluated = flagsEvaluated.addingClamped(units(.featureFlagRequests))
    recordingsCreated = recordingsCreated.addingClamped(units(.sessionRecordings))
    recordingsCreated = recordingsCreated.addingClamped(units(.mobileRecordings))
    llmEventsTracked = llmEventsTracked.addingClamped(units(.llmEvents))
    if let amount {
      cost = Money(nanos: cost.nanos.addingClamped(amount.nanos))
    } else {
      unpriced = unpriced.addingClamped(count)
    }
  }
}

extension Int64 {
  func multipliedClamped(_ other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
