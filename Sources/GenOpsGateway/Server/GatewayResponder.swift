import GenOpsLedger
import GenOpsPostHog
import GenOpsTelemetry
import GenOpsUnits
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// Leads each request to what answers it.
struct GatewayResponder: HTTPResponder {
  let configuration: GatewayConfiguration
  let accounts: Accounts
  let proxy: UpstreamProxy
  let capture: CaptureHandler
  let flags: FlagHandler
  let usage: UsageHandler
  let analytics: AnalyticsHandler
  let counts: GatewayCounts
  let held: HeldBytes

  func respond(to request: Request, context: GatewayContext) async throws -> Response {
    let path = PlainPath(request.uri.path, prefix: configuration.pathPrefix)
    let route = Route(path)
    var response: Response
    if request.method == .options {
      response = CrossOrigin.preflight(request)
    } else {
      do {
        response = try await answer(request, route, path, context)
      } catch let failure as RequestFailure {
        response = failure.response
      } catch let error as FindingsError {
        context.logger.error("\(error)", metadata: ["route": "\(route.name)"])
        response = Reply.error(.internalServerError, "error", "the gateway cannot answer this")
      }
      CrossOrigin.allow(request, &response)
    }
    // An answer to HEAD has no body; what passes through has none already.
    if request.method == .head, response.body.contentLength != nil {
      response = response.createHeadResponse()
    }
    counts.note(route, status: response.status.code)
    return response
  }

  private func answer(
    _ request: Request, _ route: Route, _ path: PlainPath, _ context: GatewayContext
  ) async throws -> Response {
    switch route {
    case .capture, .aiBatch, .perEvent:
      guard request.method == .post || request.method == .get && route == .capture else {
        return await other(request, path, context)
      }
      return try await capture.respond(to: request, route, path, context)
    case .flags, .decide:
      // A question without a body is PostHog's to answer, and is billed as any other.
      return try await flags.evaluate(request, route, path, context)
    case .definitions: return await flags.definitions(request, path, context)
    case .recordings: return try await usage.recordings(request, path, context)
    case .logs: return try await usage.logs(request, path, context)
    case .ai: return await usage.ai(request, path, context)
    case .assets:
      return await proxy.forward(request, path, to: configuration.assets, context)
    case .analytics:
      guard request.method == .post else { return await other(request, path, context) }
      return try await analytics.respond(to: request, path)
    case .health: return Reply.text(.ok, "ok\n")
    case .ready: return ready()
    case .metrics: return metrics(request)
    case .other: return await other(request, path, context)
    }
  }

  private func other(_ request: Request, _ path: PlainPath, _ context: GatewayContext) async
    -> Response
  { await proxy.forward(request, path, to: configuration.upstream, context) }

  /// Whether events can be taken: the ledger can be written.
  private func ready() -> Response {
    let failed = accounts.all.filter { !$0.ledger.isWritable }
    return failed.isEmpty
      ? Reply.text(.ok, "ready\n")
      : Reply.text(.serviceUnavailable, "the ledger cannot be written\n")
  }

  private func metrics(_ request: Request) -> Response {
    if let token = configuration.metricsToken,
      request.headers[.authorization] != "Bearer \(token.revealed)"
    {
      return Reply.error(.unauthorized, "authentication_error", "metrics ask for their token")
    }
    var samples: [MetricSample] = []
    for account in accounts.all {
      samples += account.adapter.metrics().map { sample in
        var sample = sample
        if accounts.all.count > 1 { sample.labels.append(.init("account", account.name)) }
        return sample
      }
      let counts = account.transport.counts
      let label = [MetricSample.Label("account", account.name)]
      samples += [
        MetricSample(
          "genops_gateway_delivered_events_total", .counter, help: "Events that PostHog has taken",
          labels: label, value: Double(counts.accepted)),
        MetricSample(
          "genops_gateway_lost_events_total", .counter, help: "Events that PostHog refused",
          labels: label, value: Double(counts.lost)),
        MetricSample(
          "genops_gateway_waiting_events", .gauge, help: "Events that wait to be delivered",
          labels: label, value: Double(account.transport.held)),
      ]
    }
    samples += counts.samples
    samples.append(
      MetricSample(
        "genops_gateway_held_bytes", .gauge, help: "Bytes of bodies that are held now",
        value: Double(held.count)))
    return Reply.text(.ok, PrometheusText.render(samples), type: PrometheusText.contentType)
  }
}
