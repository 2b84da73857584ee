package import GenOpsMetering
package import GenOpsPostHog
package import GenOpsUnits

/// What the adapter made of one recorded event.
package struct RecordedDecision: Sendable, Hashable {
  package var event: UsageEvent
  package var outcome: CaptureOutcome

  package init(event: UsageEvent, outcome: CaptureOutcome) {
    self.event = event
    self.outcome = outcome
  }

  /// A line of a decision trace: `uuid`, `event`, `distinct_id` and `timestamp` of the event, its
  /// `outcome` by ``CaptureOutcome/id``, and its `cost` as decimal text, null where it is unknown.
  /// A refusal by a budget names it.
  package var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("uuid", event.uuid.map { .string($0.description) } ?? .null),
      .init("event", .string(event.name)), .init("distinct_id", .string(event.distinctID)),
      .init("timestamp", .string(event.timestamp.description)),
      .init("outcome", .string(outcome.id)),
    ]
    switch outcome {
    case .sent(let cost): members.append(.init("cost", cost.map { .money($0) } ?? .null))
    case .refused(let refusal):
      members.append(.init("cost", .money(.zero)))
      if let budget = refusal.budget { members.append(.init("budget", .string(budget.name))) }
    case .sampled, .duplicate: members.append(.init("cost", .money(.zero)))
    }
    return .object(members)
  }

  /// What is in every trace, and in no recording: the outcome right behind the timestamp.
  package static let mark = "Z\",\"outcome\":\""

  /// The trace as JSON lines.
  package static func text(_ decisions: [RecordedDecision]) -> String {
    decisions.map { $0.json.description + "\n" }.joined()
  }
}
