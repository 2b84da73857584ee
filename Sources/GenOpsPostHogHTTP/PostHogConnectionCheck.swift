public import GenOpsPostHog

import GenOpsUnits

/// Asks a PostHog whether it is there and whether it knows the project's key.
///
/// ```swift
/// let check = PostHogConnectionCheck(exchange: HTTPClientExchange(client: client))
/// for issue in await check.run(settings).issues { print(issue.issue, issue.recommendation ?? "") }
/// ```
///
/// It sends one request for feature flags with `disable_flags`. PostHog then looks the key up and
/// evaluates nothing, and records no use: the request is not billed. No event is ever sent.
/// `/batch/` could not tell, because it takes any key of the right form. Source: PostHog,
/// `rust/feature-flags/src/handler` at 00aebe9c (`authentication.rs`, `mod.rs`). What stands there
/// was not tried against the live service.
public struct PostHogConnectionCheck: Sendable {
  private let exchange: any HTTPExchange
  private let timeout: Duration
  private let isVerbose: Bool
  private let timer: DeliveryTimer

  /// - Parameters:
  ///   - exchange: Sends the request.
  ///   - timeout: The longest time for it.
  ///   - verbose: Whether ``PostHogConnection/steps`` tells what was asked and how long it took. The host's
  ///     name is then looked up besides.
  ///   - timer: Measures that.
  public init(
    exchange: any HTTPExchange, timeout: Duration = .seconds(5), verbose: Bool = false,
    timer: DeliveryTimer = .system
  ) {
    self.exchange = exchange
    self.timeout = timeout
    isVerbose = verbose
    self.timer = timer
  }

  /// Checks the host and key of settings, such as those of the environment.
  public func run(_ settings: AdapterSettings) async -> PostHogConnection {
    guard let key = settings.apiKey else {
      return PostHogConnection(host: settings.host, key: Secret(""), answer: .noProjectKey)
    }
    return await run(DeliveryEndpoint(host: settings.host, key: key))
  }

  /// Checks one endpoint.
  public func run(_ endpoint: DeliveryEndpoint) async -> PostHogConnection {
    var steps: [SetupStep] = []
    func result(_ answer: PostHogConnection.Answer) -> PostHogConnection {
      PostHogConnection(host: endpoint.host, key: endpoint.key, answer: answer, steps: steps)
    }
    // A personal key opens the whole account, and has no business on this way.
    let key = endpoint.key.revealed
    guard !key.isEmpty, !key.hasPrefix("phx_"), !key.hasPrefix("phs_") else {
      return result(.noProjectKey)
    }
    if isVerbose { steps.append(await lookUp(endpoint.host)) }
    let request = request(endpoint)
    let began = timer.elapsed()
    let answer: PostHogConnection.Answer
    do {
      answer = judge(try await exchange.send(request))
    } catch {
      answer = .unreachable(redacted("\(error)", endpoint.key))
    }
    if isVerbose {
      steps.append(
        SetupStep(
          "Connection",
          "\(request.method) \(request.url) by \(SetupReport.client), with disable_flags and \(endpoint.key)",
          took: timer.elapsed() - began))
    }
    return result(answer)
  }

  private func lookUp(_ host: PostHogHost) async -> SetupStep {
    let began = timer.elapsed()
    let address = await HostAddress.lookUp(host, within: timeout, timer)
    return SetupStep(
      "Connection", "looked up \(host.authority): \(address)", took: timer.elapsed() - began)
  }

  private func request(_ endpoint: DeliveryEndpoint) -> WireRequest {
    // Versions of PostHog that do not know `disable_flags` ask for a distinct id.
    let body: JSONValue = [
      "api_key": .string(endpoint.key.revealed), "distinct_id": "genops-connection-check",
      "disable_flags": true, "geoip_disable": true,
    ]
    return WireRequest(
      method: "POST", url: endpoint.host.url("/flags/?v=2"),
      headers: [
        WireHeader("User-Agent", "genops-swift/\(EventEncoder.version)"),
        WireHeader("Content-Type", "application/json"),
      ],
      body: Array(body.description.utf8), timeout: timeout)
  }

  private func judge(_ reply: WireReply) -> PostHogConnection.Answer {
    switch reply.status {
    case 200..<300:
      let body = (try? JSONParser.parse(reply.body, file: "answer")).map { JSONValue($0) }
      let isPostHog = body?["flags"] != nil || body?["featureFlags"] != nil
      return isPostHog ? .accepted : .notPostHog(status: reply.status)
    case 401: return .keyRefused
    case 408, 429, 500..<600: return .busy(status: reply.status)
    default: return .notPostHog(status: reply.status)
    }
  }

  /// No client that we know writes a key into an error; another one might.
  private func redacted(_ text: String, _ key: Secret) -> String {
    String(text.replacing(key.revealed, with: key.description).prefix(300))
  }
}
