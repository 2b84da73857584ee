import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// Takes events: reads them, decides on each, and answers when those that are accepted are on disk.
struct CaptureHandler: Sendable {
  let configuration: GatewayConfiguration
  let accounts: Accounts
  let held: HeldBytes
  let counts: GatewayCounts
  let clock: any WallClock

  /// What became of one event of a request.
  struct Verdict: Sendable {
    /// As the client names it.
    var uuid: EventUUID?
    var outcome: CaptureOutcome?
    /// What is not an event, and why.
    var malformed: MalformedReason?
  }

  func respond(to request: Request, _ route: Route, _ path: PlainPath, _ context: GatewayContext)
    async throws -> Response
  {
    let arrived = clock.now()
    let bytes: RequestBytes?
    let plain: [UInt8]
    if request.method == .get {
      bytes = nil
      plain = try inQuery(request)
    } else {
      let body = try await RequestBytes(request, most: configuration.limits.bodyBytes, held)
      bytes = body
      plain = try body.unpacked(request, most: configuration.limits.unpackedBytes)
    }
    defer { withExtendedLifetime(bytes) {} }
    let batch: CaptureBatch
    do throws(CaptureBatch.Failure) { batch = try CaptureBatch(plain) } catch {
      throw CaptureHandler.failure(error)
    }
    let key = route == .perEvent ? request.bearerToken ?? "" : batch.token
    let verdicts = try await pass(batch, key: key, route, path, request, context, at: arrived)
    counts.note(verdicts)
    if route == .perEvent { return CaptureReply.perEvent(verdicts) }
    return CaptureReply.whole(
      verdicts, path: path.route, isBeacon: request.uri.queryParameters["beacon"] == "1")
  }

  private func pass(
    _ batch: CaptureBatch, key: String?, _ route: Route, _ path: PlainPath, _ request: Request,
    _ context: GatewayContext, at arrived: Timestamp
  ) async throws -> [Verdict] {
    // The rules of a key that only the events hold are not known yet; the first event names it.
    var scanner = EventScanner()
    var account = accounts.account(of: key)
    var attribution = RequestAttribution(
      configuration.attribution, key: key, path: path.written,
      header: { request.headers[HTTPField.Name($0) ?? .via] })
    var reading = CaptureEvent.Context(
      sentAt: route == .perEvent ? nil : batch.sentAt, token: key, arrived: arrived,
      isPerEvent: route == .perEvent,
      wantsProperties: attribution.readsProperties || account?.adapter.readsProperties != false,
      uuid: EventUUID.make)
    // A key inside the events: read with everything, then by the rules of that key.
    if key == nil { reading.wantsProperties = true }
    var verdicts: [Verdict] = []
    var events: [(place: Int, event: CaptureEvent)] = []
    var token = key
    for (place, range) in batch.events.enumerated() {
      var reason = MalformedReason.notAnEvent
      guard let event = CaptureEvent(batch, range, reading, &scanner, reason: &reason) else {
        verdicts.append(Verdict(malformed: reason))
        continue
      }
      if key == nil, let own = event.token {
        guard token == nil || token == own else {
          throw RequestFailure(.unauthorized, "multiple_tokens", "events of two projects at once")
        }
        token = own
      }
      verdicts.append(Verdict(uuid: event.hasUUID ? event.event.uuid : nil))
      events.append((place, event))
    }
    // The key may stand in what cannot be read: the reason is the answer.
    if token == nil, events.isEmpty, !verdicts.isEmpty { return verdicts }
    guard let token, !token.isEmpty, token.utf8.count <= 128, !token.hasPrefix("phx_"),
      token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      throw RequestFailure(
        .unauthorized, "authentication_error", "the request names no project: send its key, phc_…")
    }
    if key == nil {
      account = accounts.account(of: token)
      attribution = RequestAttribution(
        configuration.attribution, key: token, path: path.written,
        header: { request.headers[HTTPField.Name($0) ?? .via] })
    }
    guard let account else { throw RequestFailure(.internalServerError, "error", "no account") }
    let lane = Lane(
      route == .aiBatch ? .ai : batch.isHistorical ? .historical : .batch, key: token)
    guard let delivery = try account.transport.open(lane) else {
      throw RequestFailure(
        .unauthorized, "authentication_error",
        "too many projects use this gateway; its configuration has to name this one")
    }
    let ip =
      request.uri.queryParameters["ip"] == "0"
      ? nil : context.client(request, isBehindProxy: configuration.isBehindProxy)
    // In the order in which they came, one view of the account after the other.
    var order: [Attribution] = []
    var groups: [Attribution: [(place: Int, event: PassingEvent)]] = [:]
    for (place, event) in events {
      let owner = attribution.attribution(of: event.event.properties)
      if groups[owner] == nil { order.append(owner) }
      groups[owner, default: []].append((place, passing(event, lane, ip)))
    }
    for owner in order {
      let group = groups[owner] ?? []
      if owner == .none { counts.unattributed.add(group.count, ordering: .relaxed) }
      let outcomes = await account.view(owner).pass(group.map(\.event)) { outgoing, isKept in
        delivery.forward(outgoing, isKept: isKept)
      }
      for (one, outcome) in zip(group, outcomes) { verdicts[one.place].outcome = outcome }
    }
    return verdicts
  }

  private func passing(_ event: CaptureEvent, _ lane: Lane, _ ip: String?) -> PassingEvent {
    let name = lane.name
    let uuid = event.event.uuid ?? EventUUID.make()
    return PassingEvent(
      event.event,
      fault: event.size > lane.eventBytes ? .tooLarge : event.depth > 125 ? .tooDeep : nil
    ) { changed, stamp, instant in
      OutgoingEvent(
        uuid: uuid,
        json: event.written(changed, adding: stamp.properties(at: instant), ip: ip), lane: name)
    }
  }

  /// `GET /e/?data=…`, as pixels and very old clients send.
  private func inQuery(_ request: Request) throws -> [UInt8] {
    guard let data = request.uri.queryParameters["data"] else {
      throw RequestFailure(.badRequest, "invalid_payload", "there is no event: send it as the body")
    }
    do throws(CaptureBody.Failure) {
      return try CaptureBody.unpack(
        Array(data.utf8), compression: request.uri.queryParameters["compression"].map(String.init),
        most: configuration.limits.unpackedBytes)
    } catch { throw RequestFailure(.badRequest, "invalid_payload", "the data is not an event") }
  }

  private static func failure(_ failure: CaptureBatch.Failure) -> RequestFailure {
    switch failure {
    case .notJSON: RequestFailure(.badRequest, "invalid_payload", "the body is not JSON")
    case .noEvents: RequestFailure(.badRequest, "invalid_payload", "the body holds no event")
    case .tooMany(let most):
      RequestFailure(.contentTooLarge, "too_large", "the body holds more than \(most) events")
    }
  }
}

extension EventUUID {
  /// A version 4 UUID of the system's randomness, for an event that came without one.
  static func make() -> EventUUID {
    var source = SystemRandomNumberGenerator()
    return EventUUID(
      high: source.next() & ~0xF000 | 0x4000, low: source.next() & ~(3 << 62) | 1 << 63)
  }
}
