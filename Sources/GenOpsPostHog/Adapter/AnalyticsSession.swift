public import GenOpsMetering
public import GenOpsUnits

import Synchronization

/// A named span of work whose usage and cost are counted apart. Made by
/// ``PostHogAdapter/withSession(_:attribution:_:)``, which ends it even when the body throws.
public final class AnalyticsSession: Sendable {
  /// The session of the task that is running; nil outside of one.
  @TaskLocal public static var current: AnalyticsSession?

  /// A random UUID.
  public let id: String
  public let name: String
  public let attribution: Attribution
  public let start: Timestamp
  let owner: Int
  let eventOwner: EventOwner
  private let totals = Mutex(SessionTotals())

  init(id: String, name: String, attribution: Attribution, owner: Int, start: Timestamp) {
    self.id = id
    self.name = name
    self.attribution = attribution
    self.owner = owner
    eventOwner = EventOwner(attribution)
    self.start = start
  }

  /// What was counted so far.
  public var summary: SessionTotals { totals.withLock { $0 } }

  public var isClosed: Bool { totals.withLock { $0.end != nil } }

  func close(at instant: Timestamp) {
    totals.withLock { if $0.end == nil { $0.end = instant } }
  }

  /// Counts an outcome. A closed session counts nothing more, so that its sum stays what was
  /// reported.
  func note(_ outcome: CaptureOutcome, _ usage: Usage) {
    totals.withLock { if $0.end == nil { $0.add(outcome, usage) } }
  }

  func note(_ outcome: RecordOutcome, _ usage: Usage) {
    totals.withLock { if $0.end == nil { $0.add(outcome, usage) } }
  }
}

/// The counts of a session. The cost is the sum of what its items added to the bill, so sessions and
/// the rest add up to the account.
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
  public var cost = Money.zero
  /// Sent items whose cost is unknown; it is not in ``cost``.
  public var unpriced: Int64 = 0
  /// When it was closed; nil while it runs.
  public var end: Timestamp?

  public init() {}

  mutating func add(_ outcome: CaptureOutcome, _ usage: Usage) {
    switch outcome {
    case .sampled: sampled = sampled.addingClamped(1)
    case .refused: refused = refused.addingClamped(1)
    case .duplicate: duplicates = duplicates.addingClamped(1)
    case .sent(let amount):
      eventsCaptured = eventsCaptured.addingClamped(1)
      add(usage, count: 1, cost: amount)
    }
  }

  mutating func add(_ outcome: RecordOutcome, _ usage: Usage) {
    refused = refused.addingClamped(outcome.refused)
    if outcome.sent > 0 { add(usage, count: outcome.sent, cost: outcome.cost) }
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

extension PostHogAdapter {
  /// Runs `body` in a new session. What it captures without naming a session counts for this one,
  /// in child tasks too.
  public func withSession<Result>(
    _ name: String, attribution: Attribution = .none,
    _ body: (AnalyticsSession) throws -> Result
  ) rethrows -> Result {
    let session = open(name, attribution)
    defer { close(session) }
    return try AnalyticsSession.$current.withValue(session) { try body(session) }
  }

  /// The same for a body that waits.
  public func withSession<Result>(
    _ name: String, attribution: Attribution = .none,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (AnalyticsSession) async throws -> Result
  ) async rethrows -> Result {
    let session = open(name, attribution)
    defer { close(session) }
    return try await AnalyticsSession.$current.withValue(session) { try await body(session) }
  }

  private func open(_ name: String, _ attribution: Attribution) -> AnalyticsSession {
    let full = attribution.filling(from: self.attribution)
    let owner = account.state.withLock { state in
      state.activeSessions += 1
      return state.owner(full)
    }
    return AnalyticsSession(
      id: EventUUID.random().description, name: name, attribution: full, owner: owner,
      start: account.clock.now())
  }

  private func close(_ session: AnalyticsSession) {
    session.close(at: account.clock.now())
    account.state.withLock { $0.activeSessions -= 1 }
  }
}

extension EventUUID {
  /// A version 4 UUID of the system's randomness. Session ids decide nothing, so results do not
  /// depend on it.
  static func random() -> EventUUID {
    var source = SystemRandomNumberGenerator()
    return EventUUID(
      high: source.next() & ~0xF000 | 0x4000, low: source.next() & ~(3 << 62) | 1 << 63)
  }
}
