import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Hummingbird

/// `POST /api/analytics`, as the integration guide shows it: one event of a program without a client, and at once what
/// it costs and what became of it.
struct AnalyticsHandler: Sendable {
  let configuration: GatewayConfiguration
  let accounts: Accounts
  let held: HeldBytes
  let counts: GatewayCounts
  let clock: any WallClock

  /// PostHog takes no larger event.
  private static let mostBytes = 900 << 10

  /// `{"event", "properties", "user_id"}`; without a `user_id` the event is anonymous. The project's key comes as
  /// `api_key`, as a bearer token, or from the settings of the gateway.
  func respond(to request: Request, _ path: PlainPath) async throws -> Response {
    let body = try await RequestBytes(request, most: AnalyticsHandler.mostBytes, held)
    defer { withExtendedLifetime(body) {} }
    let plain = try body.unpacked(request, most: AnalyticsHandler.mostBytes)
    guard let node = try? JSONParser.parse(plain, file: "body"),
      let name = node["event"]?.text, !name.isEmpty
    else {
      throw RequestFailure(.badRequest, "invalid_payload", "write {\"event\": \"signed up\"}")
    }
    guard let key = node["api_key"]?.text ?? request.bearerToken ?? accounts.all.first?.key,
      let account = accounts.account(of: key),
      let delivery = try account.transport.open(Lane(.batch, key: key))
    else {
      throw RequestFailure(
        .unauthorized, "authentication_error", "no project: send api_key, or set POSTHOG_API_KEY")
    }
    let event = event(name, node)
    let owner = RequestAttribution(
      configuration.attribution, key: key, path: path.written,
      header: { request.headers[HTTPField.Name($0) ?? .via] }
    ).attribution(of: event.properties)
    let uuid = event.uuid ?? EventUUID.make()
    let lane = Lane(.batch, key: key).name
    let passing = PassingEvent(event) { changed, stamp, instant in
      var outgoing = EventEncoder.server.encode(changed ?? event, stamp, uuid: uuid, at: instant)
      outgoing.lane = lane
      return outgoing
    }
    let outcomes = await account.view(owner).pass([passing]) { outgoing, isKept in
      delivery.forward(outgoing, isKept: isKept)
    }
    let verdict = CaptureHandler.Verdict(uuid: uuid, outcome: outcomes.first)
    counts.note([verdict])
    let receipt = CaptureReceipt(
      event: event, outcome: outcomes.first ?? .duplicate, isGoverned: true, sessionID: nil)
    if CaptureReply.reason(verdict) == nil { return Reply.json(.ok, receipt.json) }
    return CaptureReply.isPassing(verdict)
      ? Reply.json(.serviceUnavailable, receipt.json, retryAfter: 5)
      : Reply.json(
        HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required"), receipt.json)
  }

  private func event(_ name: String, _ node: Node) -> UsageEvent {
    var members: [JSONValue.Member] = []
    if let own = node["properties"], case .object(let all) = JSONValue(own) { members = all }
    let person = node["user_id"]?.text ?? node["distinct_id"]?.text
    if person == nil, !members.contains(where: { $0.key == "$process_person_profile" }) {
      members.append(.init("$process_person_profile", false))
    }
    return UsageEvent(
      name: name, distinctID: person ?? EventUUID.make().description, uuid: EventUUID.make(),
      timestamp: clock.now(), properties: .object(members))
  }
}
