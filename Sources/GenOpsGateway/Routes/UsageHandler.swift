import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Hummingbird
import NIOPosix

/// Requests that are metered as PostHog bills them and go on as they came: recordings, logs, AI events in parts.
struct UsageHandler: Sendable {
  let configuration: GatewayConfiguration
  let accounts: Accounts
  let held: HeldBytes
  let proxy: UpstreamProxy
  let clock: any WallClock

  /// `/s/`: a session is one recording. Snapshots of sessions that are refused are left out.
  func recordings(_ request: Request, _ path: PlainPath, _ context: GatewayContext) async throws
    -> Response
  {
    let body = try await RequestBytes(request, most: configuration.limits.recordingBytes, held)
    defer { withExtendedLifetime(body) {} }
    let plain = try body.unpacked(request, most: configuration.limits.unpackedBytes)
    let batch: CaptureBatch
    do throws(CaptureBatch.Failure) { batch = try CaptureBatch(plain) } catch {
      throw RequestFailure(.badRequest, "invalid_payload", "the body holds no snapshots")
    }
    var scanner = EventScanner()
    let reading = CaptureEvent.Context(
      sentAt: batch.sentAt, token: batch.token, arrived: clock.now(), wantsProperties: false,
      uuid: { EventUUID(high: 0, low: 0) })
    var kept: [Range<Int>] = []
    var known: [String: Bool] = [:]
    for range in batch.events {
      var reason = MalformedReason.notAnEvent
      guard let event = CaptureEvent(batch, range, reading, &scanner, reason: &reason),
        let session = event.event.sessionID
      else {
        // PostHog decides what it makes of it.
        kept.append(range)
        continue
      }
      if known[session] == nil {
        known[session] = await mayRecord(event, session, request, path)
      }
      if known[session] == true { kept.append(range) }
    }
    if kept.isEmpty { return Reply.json(.ok, ["status": 1, "quota_limited": ["recordings"]]) }
    if kept.count == batch.events.count {
      return await proxy.forward(
        request, path, to: configuration.upstream, context, body: body.bytes)
    }
    return await proxy.forward(
      request, path, to: configuration.upstream, context, body: batch.holding(kept),
      isRepacked: true)
  }

  private func mayRecord(
    _ event: CaptureEvent, _ session: String, _ request: Request, _ path: PlainPath
  ) async -> Bool {
    guard let account = accounts.account(of: event.token) else { return false }
    let today = clock.now().day
    if account.recordings.contains(session, on: today) { return true }
    let view = view(of: account, key: event.token, request, path)
    let (isMobile, person) = (event.event.isMobileSnapshot, event.event.distinctID)
    // The journal makes its caller wait for the disk.
    let outcome = try? await NIOThreadPool.singleton.runIfActive {
      view.startRecording(session, isMobile: isMobile, distinctID: person, session: nil)
    }
    switch outcome {
    case .sent, .duplicate:
      account.recordings.insert(session, on: today)
      return true
    case .sampled, .refused, nil: return false
    }
  }

  /// `/i/v1/logs`: by the megabyte.
  func logs(_ request: Request, _ path: PlainPath, _ context: GatewayContext) async throws
    -> Response
  {
    let body = try await RequestBytes(request, most: configuration.limits.bodyBytes, held)
    defer { withExtendedLifetime(body) {} }
    let plain = try? body.unpacked(request, most: configuration.limits.unpackedBytes)
    let key = request.uri.queryParameters["token"].map(String.init) ?? request.bearerToken
    guard let account = accounts.account(of: key) else {
      throw RequestFailure(.internalServerError, "error", "no account")
    }
    let full = account.logs.add(plain?.count ?? body.bytes.count)
    if full > 0,
      let refusal = await refusal(
        Usage(.logsMB, full), "logs", account, view(of: account, key: key, request, path))
    {
      return refusal
    }
    return await proxy.forward(
      request, path, to: configuration.upstream, context, body: body.bytes)
  }

  /// `/i/v0/ai`: one event, whose parts pass through.
  func ai(_ request: Request, _ path: PlainPath, _ context: GatewayContext) async -> Response {
    let key = request.bearerToken
    if let account = accounts.account(of: key),
      let refusal = await refusal(
        Usage(.llmEvents), "ai", account, view(of: account, key: key, request, path))
    {
      return refusal
    }
    return await proxy.forward(request, path, to: configuration.upstream, context)
  }

  private func refusal(
    _ usage: Usage, _ className: String, _ account: BillingAccount, _ view: PostHogAdapter
  ) async -> Response? {
    guard let outcome = await account.record(usage, className: className, by: view) else {
      return Reply.overloaded("the gateway ends")
    }
    if outcome.sent > 0 { return nil }
    return Reply.error(
      HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required"), "payment_required",
      "refused by governance: \(outcome.refusal.map { "\($0)" } ?? "")")
  }

  private func view(
    of account: BillingAccount, key: String?, _ request: Request, _ path: PlainPath
  ) -> PostHogAdapter {
    account.view(
      RequestAttribution(
        configuration.attribution, key: key, path: path.written,
        header: { request.headers[HTTPField.Name($0) ?? .via] }
      ).attribution(of: .null))
  }
}
