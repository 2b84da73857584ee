import GenOpsMetering
public import GenOpsUnits

/// How events travel to PostHog.
public enum CaptureProtocol: String, Sendable, Hashable, CaseIterable {
  /// `POST /batch/`: what every PostHog server understands. It does not say when it drops events
  /// over a quota.
  case batch
  /// `POST /i/v1/analytics/events`: newer, with a result for every event.
  case perEvent = "per-event"

  /// The request for a batch.
  public func request(
    _ batch: Batch, to endpoint: DeliveryEndpoint, isHistorical: Bool, at wall: Timestamp
  ) -> WireRequest {
    switch self {
    case .batch: batchRequest(batch, endpoint, isHistorical, wall)
    case .perEvent: perEventRequest(batch, endpoint, isHistorical, wall)
    }
  }

  private var userAgent: String { "genops-swift/\(EventEncoder.version)" }

  private func batchRequest(
    _ batch: Batch, _ endpoint: DeliveryEndpoint, _ isHistorical: Bool, _ wall: Timestamp
  ) -> WireRequest {
    var body = "{\"batch\":["
    body += batch.events.map(\.json).joined(separator: ",")
    body += "],\"historical_migration\":\(isHistorical),\"sent_at\":\"\(wall)\",\"api_key\":"
    body += JSONValue.string(endpoint.key.revealed).description + "}"
    return WireRequest(
      method: "POST", url: endpoint.host.url("/batch/"),
      headers: [
        WireHeader("User-Agent", userAgent), WireHeader("Content-Type", "application/json"),
      ],
      body: Array(body.utf8), mayCompress: true)
  }

  private func perEventRequest(
    _ batch: Batch, _ endpoint: DeliveryEndpoint, _ isHistorical: Bool, _ wall: Timestamp
  ) -> WireRequest {
    var body = "{\"created_at\":\"\(batch.created)\",\"batch\":["
    body += batch.events.map { PerEventForm.of($0).description }.joined(separator: ",")
    body += isHistorical ? "],\"historical_migration\":true}" : "]}"
    return WireRequest(
      method: "POST", url: endpoint.host.url("/i/v1/analytics/events"),
      headers: [
        WireHeader("User-Agent", userAgent), WireHeader("Content-Type", "application/json"),
        WireHeader("Authorization", "Bearer \(endpoint.key.revealed)"),
        WireHeader("PostHog-Sdk-Info", userAgent),
        WireHeader("PostHog-Attempt", "\(batch.attempt)"),
        WireHeader("PostHog-Request-Id", batch.requestID.description),
        WireHeader("PostHog-Request-Timestamp", wall.description),
      ],
      body: Array(body.utf8), mayCompress: true)
  }

  /// What an answer means. `wall` is for a `Retry-After` that names a date.
  public func reply(_ answer: WireReply, at wall: Timestamp) -> DeliveryReply {
    let retryAfter = RetryAfter.parse(answer.header("Retry-After"), at: wall)
    let isSuccess = (200..<300).contains(answer.status)
    guard isSuccess else {
      // In front of the new endpoint a proxy may stand that does not know it yet.
      if self == .perEvent, answer.status == 404 { return .broken("answered 404") }
      return .answered(status: answer.status, retryAfter: retryAfter)
    }
    let body = try? JSONValue(JSONParser.parse(answer.body, file: "answer"))
    switch self {
    case .batch:
      // Any body is fine; some of PostHog's versions tell in it whose events they dropped. A word
      // that we do not know names no product of an event.
      var limited: Set<CaptureQuota> = []
      if case .array(let words)? = body?["quota_limited"] {
        limited = Set(words.compactMap { $0.string.flatMap(CaptureQuota.init(rawValue:)) })
      }
      return .answered(status: answer.status, retryAfter: retryAfter, quotaLimited: limited)
    case .perEvent:
      guard case .object(let members)? = body?["results"] else {
        return .broken("answered \(answer.status) without results")
      }
      var results: [EventUUID: EventResult] = [:]
      for member in members {
        guard let uuid = EventUUID(member.key), let word = member.value["result"]?.string,
          let result = EventResult(rawValue: word)
        else { continue }
        results[uuid] = result
      }
      return .results(results)
    }
  }
}

/// `Retry-After`: seconds, or a date as HTTP writes it (RFC 9110, section 10.2.3).
enum RetryAfter {
  static func parse(_ text: String?, at wall: Timestamp) -> Duration? {
    guard let text = text?.trimmingSpaces, !text.isEmpty else { return nil }
    // By the grammar of numbers: `nan`, `0x10`, `0,5` and `-1` say nothing.
    if let number = try? Numeral(text) {
      // Beyond this the limit applies anyway, and a Duration would overflow.
      return .seconds(min(number.approximate, 1e9))
    }
    let words = text.split(separator: " ")
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])),
      let day = Int(words[1]), let year = Int(words[3]),
      let midnight = CalendarDay(year: year, month: month + 1, day: day),
      let date = Timestamp("\(midnight)T\(words[4])Z")
    else { return nil }
    return .microseconds(max(0, date.microseconds.subtractingClamped(wall.microseconds)))
  }
}

extension String {
  var trimmingSpaces: String {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
