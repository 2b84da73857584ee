import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

/// What
/// ``PostHogAdapter/capture(_:distinctID:properties:groups:isIdentified:timestamp:uuid:session:consent:)-(_,_,JSONValue,_,_,_,_,_,_)``
/// made of a name, and what became of it.
public struct CaptureReceipt: Sendable, Hashable {
  /// As it was offered, with the ids that were made for it.
  public var event: UsageEvent
  public var outcome: CaptureOutcome
  /// Whether governance was on; without it everything is sent.
  public var isGoverned: Bool
  /// The analytics session that it counts for.
  public var sessionID: String?

  /// Of an event that passed through.
  package init(event: UsageEvent, outcome: CaptureOutcome, isGoverned: Bool, sessionID: String?) {
    self.event = event
    self.outcome = outcome
    self.isGoverned = isGoverned
    self.sessionID = sessionID
  }

  public var wasSent: Bool { outcome.wasSent }

  /// The cost, as ``CaptureOutcome/get()``.
  /// - Throws: ``BudgetExceeded`` when a budget refused, ``Refusal`` for any other reason.
  @discardableResult
  public func get() throws -> Money? { try outcome.get() }

  /// The seven keys of the integration guide, then the uuid, what became of it and the session.
  public var json: JSONValue {
    var properties = 0
    if case .object(let members) = event.properties { properties = members.count }
    let cost: JSONValue =
      switch outcome {
      case .sent(let cost): cost.map { .money($0) } ?? .null
      case .sampled, .duplicate, .refused: .money(.zero)
      }
    return [
      "event_name": .string(event.name), "distinct_id": .string(event.distinctID), "cost": cost,
      "governance_applied": .bool(isGoverned), "timestamp": .string(event.timestamp.description),
      "properties_count": .integer(properties),
      "is_identified": .bool(event.processPersonProfile != false),
      "uuid": event.uuid.map { .string($0.description) } ?? .null,
      "outcome": .string(outcome.id),
      "session_id": sessionID.map { .string($0) } ?? .null,
    ]
  }
}

extension CaptureOutcome {
  /// The word in files and reports: `sent`, `sampled`, `duplicate`, or the reason of a refusal.
  public var id: String {
    switch self {
    case .sent: "sent"
    case .sampled: "sampled"
    case .duplicate: "duplicate"
    case .refused(let refusal): refusal.reason.id
    }
  }
}
