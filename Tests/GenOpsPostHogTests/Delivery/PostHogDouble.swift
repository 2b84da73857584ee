import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization

/// PostHog's servers as the protocol describes them, in this process. What it answers is scripted;
/// without a script it accepts. It remembers requests, and which events it has accepted how often.
final class PostHogDouble: HTTPExchange {
  struct Failed: Error, CustomStringConvertible {
    var description: String
  }

  enum Answer: Sendable {
    case reply(WireReply)
    /// The answer never arrives, though the events did.
    case lost
    case refused
    /// For the endpoint V1: a word per event, in order; `ok` for the rest.
    case words([String])
    case status(Int, retryAfter: String? = nil, body: String = "")
  }

  private struct State {
    var answers: [String: [Answer]] = [:]
    var requests: [WireRequest] = []
    var arrived: [EventUUID: Int] = [:]
    var watchers: [(count: Int, done: CheckedContinuation<Void, Never>)] = []
    var always: [String: Answer] = [:]
  }

  private let state = Mutex(State())

  /// The next answers for requests to a host; after them it accepts again.
  func script(_ answers: [Answer], host: String = "us.i.posthog.com") {
    state.withLock { $0.answers[host, default: []] += answers }
  }

  /// The answer whenever nothing is scripted; nil accepts.
  func always(_ answer: Answer?, host: String = "us.i.posthog.com") {
    state.withLock { $0.always[host] = answer }
  }

  var requests: [WireRequest] { state.withLock { $0.requests } }
  var bodies: [JSONValue] { requests.map { $0.json } }
  /// The members of all batches in their very bytes, in order.
  var events: [OutgoingEvent] {
    requests.flatMap { request -> [OutgoingEvent] in
      guard case .array(let members)? = request.json["batch"] else { return [] }
      return members.map { member in
        let uuid = member["uuid"]?.string.flatMap { EventUUID($0) }
        return OutgoingEvent(uuid: uuid ?? EventUUID(high: 3, low: 22), json: member.description)
      }
    }
  }
  /// How often each event has arrived.
  var arrived: [EventUUID: Int] { state.withLock { $0.arrived } }

  /// Waits until there were `count` requests.
  func received(_ count: Int) async {
    await withCheckedContinuation { done in
      let isThere = state.withLock { state in
        if state.requests.count >= count { return true }
        state.watchers.append((count, done))
        return false
      }
      if isThere { done.resume() }
    }
  }

  func send(_ request: WireRequest) async throws -> WireReply {
    let host = String(request.url.dropFirst(8).prefix { $0 != "/" })
    let (answer, done) = state.withLock { state in
      state.requests.append(request)
      let count = state.requests.count
      let done = state.watchers.filter { $0.count <= count }.map(\.done)
      state.watchers.removeAll { $0.count <= count }
      var answer = state.always[host]
      if state.answers[host]?.isEmpty == false { answer = state.answers[host]?.removeFirst() }
      return (answer, done)
    }
    defer { for watcher in done { watcher.resume() } }
    switch answer {
    case .reply(let reply): return reply
    case .refused: throw Failed(description: "connection refused")
    case .lost:
      accept(request, words: [])
      throw Failed(description: "connection reset")
    case .status(let status, let retryAfter, let body):
      if (200..<300).contains(status) { accept(request, words: []) }
      let headers = retryAfter.map { [WireHeader("retry-after", $0)] } ?? []
      return WireReply(status: status, headers: headers, body: Array(body.utf8))
    case .words(let words): return accept(request, words: words)
    case nil: return accept(request, words: [])
    }
  }

  @discardableResult
  private func accept(_ request: WireRequest, words: [String]) -> WireReply {
    guard case .array(let events)? = request.json["batch"] else {
      return WireReply(status: 400, body: Array(#"{"type":"validation_error"}"#.utf8))
    }
    var results: [JSONValue.Member] = []
    state.withLock { state in
      for (index, event) in events.enumerated() {
        guard let text = event["uuid"]?.string, let uuid = EventUUID(text) else { continue }
        let word = index < words.count ? words[index] : "ok"
        if word == "ok" || word == "warning" { state.arrived[uuid, default: 0] += 1 }
        results.append(.init(text, ["result": .string(word)]))
      }
    }
    let body: JSONValue =
      request.url.hasSuffix("/i/v1/analytics/events")
      ? ["results": .object(results)] : ["status": "Ok"]
    return WireReply(status: 200, body: Array(body.description.utf8))
  }
}

extension WireRequest {
  var json: JSONValue { (try? JSONValue(JSONParser.parse(body, file: "request"))) ?? .null }
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
