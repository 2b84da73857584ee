public import GenOpsMetering
public import GenOpsPostHog
public import Hummingbird

/// Opens an analytics session for each request and ends it with the answer, also when the handler
/// throws.
///
/// ```swift
/// router.add(middleware: AnalyticsMiddleware(adapter))
/// router.get("signup") { _, _ in
///   GenOps.capture("signed up", distinctID: "user-1")   // counts for this request's session
///   return "welcome"
/// }
/// ```
///
/// In the handler and its child tasks `AnalyticsSession.current` is the request's session, and
/// `GenOps.currentAdapter` its adapter. Nothing here fails a request or waits for a network: what
/// governance refuses is counted in the session, and the user gets the answer all the same.
///
/// The session is the handler's: it ends before the body of an answer is streamed. What is captured
/// while a body is written belongs to no session and goes by the process's adapter.
public struct AnalyticsMiddleware<Context: RequestContext>: RouterMiddleware {
  private let choose: @Sendable (Request, Context) -> RequestAnalytics?
  private let onEnd: @Sendable (AnalyticsSession) -> Void

  /// A middleware that asks anew with each request, on the request's task and before the handler.
  ///
  /// - Parameters:
  ///   - onEnd: Told of each session that has ended, before the answer is sent: it must not block.
  ///   - choose: Whose analytics these are; nil leaves a request without a session, such as a
  /// probe.
  public init(
    onEnd: @escaping @Sendable (AnalyticsSession) -> Void = { _ in },
    choosing choose: @escaping @Sendable (Request, Context) -> RequestAnalytics?
  ) {
    self.choose = choose
    self.onEnd = onEnd
  }

  /// A middleware with one adapter for all requests.
  ///
  /// - Parameters:
  ///   - adapter: Its budgets hold over all requests, since it lives as long as the server.
  ///   - name: What the sessions are called.
  ///   - attribution: Dimensions of a request; see ``RequestAnalytics/attribution``.
  ///   - onEnd: As above.
  public init(
    _ adapter: PostHogAdapter, name: String = "web_request",
    attribution: @escaping @Sendable (Request, Context) -> Attribution = { _, _ in .none },
    onEnd: @escaping @Sendable (AnalyticsSession) -> Void = { _ in }
  ) {
    self.init(onEnd: onEnd) { request, context in
      RequestAnalytics(
        adapter, name: name, attribution: attribution(request, context))
    }
  }

  /// Hands the request on, within its session.
  /// - Throws: What the handler throws, and nothing else.
  public func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard let analytics = choose(request, context) else { return try await next(request, context) }
    var ended: AnalyticsSession?
    defer { if let ended { onEnd(ended) } }
    return try await GenOps.withAdapter(analytics.adapter) {
      try await analytics.adapter.withSession(
        analytics.name, attribution: analytics.attribution,
        attributes: analytics.attributes(of: request, context), budget: analytics.budget
      ) { session in
        ended = session
        guard let identity = analytics.identity else { return try await next(request, context) }
        return try await GenOps.withIdentity(identity) { try await next(request, context) }
      }
    }
  }
}
