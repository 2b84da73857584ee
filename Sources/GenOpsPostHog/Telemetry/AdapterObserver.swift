public import GenOpsMetering
public import GenOpsUnits

/// Looks on while an adapter works. Called after the adapter's lock is released, on the thread of
/// the call; an adapter without observers does not pay for them.
public protocol AdapterObserver: Sendable {
  /// A decision about one event.
  func adapter(_ adapter: PostHogAdapter, decidedOn capture: CaptureObservation)
  /// A decision about items that are not events, such as flag requests.
  func adapter(_ adapter: PostHogAdapter, recorded record: RecordObservation)
  /// A read of a feature flag. It costs nothing: the request that it was read from is told of as a
  /// ``RecordObservation``.
  func adapter(_ adapter: PostHogAdapter, read flag: FlagObservation)
}

extension AdapterObserver {
  public func adapter(_ adapter: PostHogAdapter, recorded record: RecordObservation) {}
  public func adapter(_ adapter: PostHogAdapter, read flag: FlagObservation) {}
}

/// One decision about an event.
public struct CaptureObservation: Sendable {
  public var event: UsageEvent
  public var outcome: CaptureOutcome
  /// Whose usage it is.
  public var attribution: Attribution
  /// The analytics session that it counts for.
  public var sessionID: String?
  /// How many events it stands for.
  public var weight: Double
  /// When the call came and when the decision was made, by the adapter's clock.
  public var began: Timestamp
  public var ended: Timestamp
}

/// One decision about items that are not events.
public struct RecordObservation: Sendable {
  public var usage: Usage
  public var count: Int64
  public var outcome: RecordOutcome
  public var attribution: Attribution
  public var sessionID: String?
  public var began: Timestamp
  public var ended: Timestamp
}

/// One read of a feature flag.
public struct FlagObservation: Sendable {
  public var key: String
  /// Nil when the flag does not exist or could not be had.
  public var value: FlagValue?
  public var distinctID: String
  /// Whether its definition decided it, without a request.
  public var isLocal: Bool
  /// The analytics session of the task.
  public var sessionID: String?
  /// Whose usage it is.
  public var attribution: Attribution
  /// By the clock of the adapter.
  public var at: Timestamp
}

extension PostHogAdapter {
  /// Tells the observers of a read.
  func observe(_ key: String, _ record: FlagRecord?, for context: FlagContext) {
    guard !account.observers.isEmpty else { return }
    let session = AnalyticsSession.current
    let observation = FlagObservation(
      key: key, value: record?.value, distinctID: context.distinctID,
      isLocal: record?.isLocal ?? false, sessionID: session?.id,
      attribution: session?.place(in: self).eventOwner.attribution ?? attribution,
      at: account.clock.now())
    for observer in account.observers { observer.adapter(self, read: observation) }
  }

  /// Tells the observers of a capture. Out of line: the usual adapter has none.
  @inline(never)
  func observe(
    _ event: UsageEvent, _ outcome: CaptureOutcome, session: AnalyticsSession?,
    attribution: Attribution, weight: Double, began: Timestamp
  ) {
    let observation = CaptureObservation(
      event: event, outcome: outcome, attribution: attribution, sessionID: session?.id,
      weight: weight, began: began, ended: account.clock.now())
    for observer in account.observers {
      observer.adapter(self, decidedOn: observation)
    }
  }

  @inline(never)
  func observe(
    _ usage: Usage, count: Int64, _ outcome: RecordOutcome, session: AnalyticsSession?,
    attribution: Attribution, began: Timestamp
  ) {
    let observation = RecordObservation(
      usage: usage, count: count, outcome: outcome, attribution: attribution,
      sessionID: session?.id, began: began, ended: account.clock.now())
    for observer in account.observers {
      observer.adapter(self, recorded: observation)
    }
  }
}
