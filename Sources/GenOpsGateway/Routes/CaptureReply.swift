import GenOpsGovernance
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Hummingbird

/// What a client is told of its events, so that it does the right thing: nothing is sent again that was decided
/// on, and what could not be decided on now is.
enum CaptureReply {
  /// Seconds until a client should try again what could not be taken: a lease comes soon, a disk or PostHog may not.
  private static func pause(_ verdicts: [CaptureHandler.Verdict]) -> Int {
    verdicts.allSatisfy { !isPassing($0) || reason($0) == "lease-exhausted" } ? 1 : 5
  }

  /// Why an event is not sent, as files and metrics say it; nil for one that is.
  static func reason(_ verdict: CaptureHandler.Verdict) -> String? {
    if let malformed = verdict.malformed { return "malformed: \(malformed.rawValue)" }
    switch verdict.outcome {
    case .sent, .duplicate, .sampled: return nil
    case .refused(let refusal): return refusal.reason.id
    case nil: return "ledger-unavailable"
    }
  }

  /// Whether the same event may be taken a little later.
  static func isPassing(_ verdict: CaptureHandler.Verdict) -> Bool {
    if verdict.malformed != nil { return false }
    guard case .refused(let refusal) = verdict.outcome else { return verdict.outcome == nil }
    switch refusal.reason {
    case .ledgerUnavailable, .upstreamDown, .leaseExhausted, .rateLimit, .closed: return true
    default: return false
    }
  }

  /// The answer to `/batch/` and its relatives: one for all events.
  static func whole(_ verdicts: [CaptureHandler.Verdict], path: String, isBeacon: Bool) -> Response
  {
    if verdicts.allSatisfy({ $0.malformed != nil }) {
      let first = verdicts.first?.malformed?.rawValue ?? "nothing"
      return Reply.error(.badRequest, "invalid_payload", "no event can be read: \(first)")
    }
    // A client sends the whole batch again. What was taken is known by its uuid then, so nothing is sent twice;
    // without uuids it would be.
    if verdicts.contains(where: isPassing),
      verdicts.allSatisfy({ $0.uuid != nil || $0.malformed != nil })
        || verdicts.allSatisfy({ reason($0) != nil })
    {
      let why = verdicts.first(where: isPassing).flatMap(reason) ?? "overloaded"
      return Reply.error(
        .serviceUnavailable, "overloaded", "not taken now: \(why)", retryAfter: pause(verdicts))
    }
    if verdicts.allSatisfy({ reason($0) != nil }) {
      return Reply.json(
        HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required"),
        [
          "type": "quota_limited", "code": "payment_required",
          "detail": .string("refused by governance: \(said(verdicts))"), "attr": nil,
        ])
    }
    // Browsers' beacons expect nothing.
    if isBeacon { return Response(status: .noContent) }
    let isNew = path == "batch" || path.hasPrefix("i/v0")
    var members: [JSONValue.Member] = [.init("status", isNew ? "Ok" : 1)]
    let dropped = verdicts.compactMap { verdict -> JSONValue? in
      guard let reason = reason(verdict) else { return nil }
      return [
        "uuid": verdict.uuid.map { .string($0.description) } ?? .null, "reason": .string(reason),
      ]
    }
    if !dropped.isEmpty { members.append(.init("dropped", .array(dropped))) }
    return Reply.json(.ok, .object(members))
  }

  /// What refused, in words: a budget says how much is spent and when it begins again.
  private static func said(_ verdicts: [CaptureHandler.Verdict]) -> String {
    for verdict in verdicts {
      if case .refused(let refusal) = verdict.outcome { return "\(refusal)" }
    }
    return verdicts.first.flatMap(reason) ?? "nothing"
  }

  /// The answer of capture V1: a result for each event.
  static func perEvent(_ verdicts: [CaptureHandler.Verdict]) -> Response {
    var results: [JSONValue.Member] = []
    for verdict in verdicts {
      guard let uuid = verdict.uuid else { continue }
      let word = reason(verdict) == nil ? "ok" : isPassing(verdict) ? "retry" : "drop"
      var result: [JSONValue.Member] = [.init("result", .string(word))]
      if let reason = reason(verdict) { result.append(.init("details", .string(reason))) }
      results.append(.init(uuid.description, .object(result)))
    }
    if results.isEmpty {
      return Reply.error(.badRequest, "invalid_payload", "no event can be read")
    }
    if verdicts.allSatisfy({ reason($0) != nil && !isPassing($0) }) {
      return Reply.json(
        HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required"),
        [
          "type": "quota_limited", "code": "payment_required",
          "detail": .string("refused by governance: \(said(verdicts))"),
          "results": .object(results),
        ])
    }
    let needsRetry = verdicts.contains(where: isPassing)
    return Reply.json(
      .ok, ["results": .object(results)], retryAfter: needsRetry ? pause(verdicts) : nil)
  }
}
