import Foundation
import GenOpsAdmission
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHog

/// A call of `client-calls.json`, and how a program makes it with the adapter.
struct ClientCall: CustomTestStringConvertible {
  let json: JSONValue
  /// What `/flags` answers.
  let answer: JSONValue
  let name: String

  var testDescription: String { name }

  /// All calls.
  static func all() throws -> [ClientCall] {
    let file = try Sample.json("client-calls")
    return (file["calls"]?.items ?? []).map { json in
      ClientCall(
        json: json, answer: file["answers"]?[json["answer"]?.string ?? "flags"] ?? .null,
        name: json["name"]?.string ?? "?")
    }
  }

  /// Who sends anything: `both` unless the call says otherwise.
  var sends: String { json["sends"]?.string ?? "both" }

  /// Makes the call with an adapter of its own, and returns the requests.
  func requests(_ capture: CaptureProtocol, at clock: ManualClock) async throws -> [WireRequest] {
    let server = Server(answer)
    let endpoint = DeliveryEndpoint(host: .us, key: Secret("phc_testkey"))
    let delivery = try EventDelivery(
      DeliveryConfiguration(
        endpoints: [endpoint], captureProtocol: capture,
        isHistorical: json["historical"]?.bool ?? false),
      exchange: server, clock: clock, timer: ManualTime().timer)
    let adapter = try PostHogAdapter(
      AdapterConfiguration(attribution: Attribution(team: "growth"), opening: .nothing),
      transport: delivery, clock: clock)
    if let properties = json["super"] { adapter.register(try self.properties(properties)) }
    let flags = FeatureFlags(
      FlagConfiguration(endpoint: endpoint), adapter: adapter, exchange: server, clock: clock,
      timer: ManualTime().timer)
    try await withThrowingTaskGroup { group in
      group.addTask { await delivery.run() }
      if let context = json["context"] {
        let identity = RequestIdentity(
          distinctID: context["distinct_id"]?.string, sessionID: context["session_id"]?.string,
          properties: try properties(context["tags"] ?? [:]))
        try await GenOps.withIdentity(identity) { try await make(adapter, flags) }
      } else {
        try await make(adapter, flags)
      }
      await delivery.flush(timeout: nil)
      delivery.shutDown()
      try await group.waitForAll()
    }
    return server.requests
  }

  private func properties(_ json: JSONValue) throws -> EventProperties {
    EventProperties(try ClientValue(json))
  }

  private func make(_ adapter: PostHogAdapter, _ flags: FeatureFlags) async throws {
    let person = ClientValue.text(json["distinct_id"])
    let properties = try properties(json["properties"] ?? [:])
    let groups = (json["groups"]?.members ?? []).reduce(into: [String: String]()) {
      $0[$1.key] = $1.value.string
    }
    switch json["call"]?.string ?? "capture" {
    case "capture":
      adapter.capture(
        try #require(json["event"]?.string), distinctID: person, properties: properties,
        groups: groups, isIdentified: json["identified"]?.bool,
        timestamp: json["timestamp"]?.string.flatMap { Timestamp($0) },
        uuid: json["uuid"]?.string.flatMap { EventUUID($0) })
    case "set": adapter.set(properties, for: try #require(person))
    case "set_once": adapter.setOnce(properties, for: try #require(person))
    case "identify":
      adapter.identify(
        try #require(person), anonymousID: json["anonymous_id"]?.string, set: properties,
        setOnce: try self.properties(json["once"] ?? [:]))
    case "alias": adapter.alias(try #require(json["alias"]?.string), of: try #require(person))
    case "group":
      let group = try #require(groups.first)
      adapter.group(group.key, group.value, set: properties, distinctID: person)
    case "exception":
      adapter.captureException(
        PaymentError(), distinctID: person, properties: properties, groups: groups)
    case "ai": adapter.capture(try generation(), distinctID: person)
    case "flags":
      let set = await flags.flags(for: FlagContext(try #require(person), groups: groups))
      for key in json["read"]?.items ?? [] { _ = set.value(key.string ?? "") }
      if let event = json["event"]?.string {
        adapter.capture(
          event, distinctID: person,
          properties: .object(properties.json.members + set.properties))
      }
    default: Issue.record("client-calls.json: there is no such call")
    }
  }

  private func generation() throws -> AIGeneration {
    let all = json["properties"]
    func number(_ name: String) -> Double? {
      if case .number(let text)? = all?[name] { Double(text) } else { nil }
    }
    return AIGeneration(
      model: try #require(all?["$ai_model"]?.string),
      provider: try #require(all?["$ai_provider"]?.string),
      inputTokens: all?["$ai_input_tokens"]?.wholeNumber,
      outputTokens: all?["$ai_output_tokens"]?.wholeNumber, latency: number("$ai_latency"),
      traceID: all?["$ai_trace_id"]?.string, modelCost: number("$ai_total_cost_usd"),
      httpStatus: all?["$ai_http_status"]?.wholeNumber)
  }

  /// PostHog for one call: accepts what comes and keeps it.
  private final class Server: HTTPExchange {
    private let answer: JSONValue
    private let kept = Mutex<[WireRequest]>([])

    init(_ answer: JSONValue) { self.answer = answer }

    var requests: [WireRequest] { kept.withLock { $0 } }

    func send(_ request: WireRequest) async throws -> WireReply {
      kept.withLock { $0.append(request) }
      var reply = answer
      if !request.url.contains("/flags/") {
        let results = (request.json["batch"]?.items ?? []).compactMap { event in
          event["uuid"]?.string.map { JSONValue.Member($0, ["result": "ok"]) }
        }
        reply = ["results": .object(results)]
      }
      return WireReply(status: 200, body: Array(reply.description.utf8))
    }
  }
}
