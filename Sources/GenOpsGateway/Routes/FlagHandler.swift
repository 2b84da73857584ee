import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import HTTPTypes
import Hummingbird

/// Flags: each request that PostHog bills is counted before it is made, and one that the budget has no room for is
/// answered as PostHog answers over a quota.
struct FlagHandler: Sendable {
  let configuration: GatewayConfiguration
  let accounts: Accounts
  let held: HeldBytes
  let proxy: UpstreamProxy

  /// A body with a person's properties.
  private static let mostBytes = 2 << 20

  /// `/flags/` and `/decide/`.
  func evaluate(
    _ request: Request, _ route: Route, _ path: PlainPath, _ context: GatewayContext
  ) async throws -> Response {
    let body = try await RequestBytes(request, most: FlagHandler.mostBytes, held)
    defer { withExtendedLifetime(body) {} }
    // What cannot be read counts all the same: PostHog may be able to.
    let plain = try? body.unpacked(request, most: configuration.limits.unpackedBytes)
    let node = plain.flatMap { try? JSONParser.parse($0, file: "body") }
    let key = node?["token"]?.text ?? node?["api_key"]?.text
    let isFree = node?["disable_flags"]?.text == "true"
    if !isFree, let refusal = await refusal(.flagRequest, key, request, path) {
      return FlagHandler.limited(request, route, refusal)
    }
    return await proxy.forward(
      request, path, to: configuration.upstream, context, body: body.bytes)
  }

  /// Definitions for local evaluation: billed as ten requests, with or without changes.
  func definitions(_ request: Request, _ path: PlainPath, _ context: GatewayContext) async
    -> Response
  {
    let key = request.uri.queryParameters["token"].map(String.init)
    if let refusal = await refusal(.localEvaluationPoll, key, request, path) {
      return Reply.json(
        HTTPResponse.Status(code: 402, reasonPhrase: "Payment Required"),
        [
          "type": "quota_limited", "code": "payment_required",
          "detail": .string("refused by governance: \(refusal)"),
        ])
    }
    return await proxy.forward(request, path, to: configuration.upstream, context)
  }

  /// Counts a request; nil where it may be made.
  private func refusal(_ usage: Usage, _ key: String?, _ request: Request, _ path: PlainPath) async
    -> String?
  {
    guard let account = accounts.account(of: key) else { return "no account" }
    let owner = RequestAttribution(
      configuration.attribution, key: key, path: path.written,
      header: { request.headers[HTTPField.Name($0) ?? .via] }
    ).attribution(of: .null)
    guard
      let outcome = await account.record(
        usage, className: "feature_flag", by: account.view(owner))
    else { return "the gateway ends" }
    return outcome.sent > 0 ? nil : outcome.refusal.map { "\($0)" } ?? "refused"
  }

  /// PostHog's own answer over a quota: no flags, and why.
  private static func limited(_ request: Request, _ route: Route, _ refusal: String) -> Response {
    let version = request.uri.queryParameters["v"].flatMap { Int($0) } ?? 1
    var members: [JSONValue.Member] = []
    if route == .flags, version >= 2 {
      members.append(.init("flags", [:]))
    } else {
      let isList = route == .decide && version == 1
      members.append(.init("featureFlags", isList ? [] : [:]))
      members.append(.init("featureFlagPayloads", [:]))
    }
    members += [
      .init("errorsWhileComputingFlags", false), .init("quotaLimited", ["feature_flags"]),
      .init("requestId", .string(EventUUID.make().description)),
    ]
    return Reply.json(.ok, .object(members))
  }
}
