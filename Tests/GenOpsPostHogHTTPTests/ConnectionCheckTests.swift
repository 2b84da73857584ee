import AsyncHTTPClient
import Foundation
import GenOpsPostHog
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsPostHogHTTP

@Suite("The connection check over real sockets")
struct ConnectionCheckTests {
  private static func answer(_ status: String, _ body: String, _ headers: String = "")
    -> LoopbackServer.Behaviour
  {
    .answer("HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  private func check(
    _ url: String, key: String = "phc_secretpart", timeout: Duration = .seconds(3600)
  ) async throws -> PostHogConnection {
    let client = HTTPClientExchange.makeClient(connectTimeout: .seconds(3600))
    let check = PostHogConnectionCheck(
      exchange: HTTPClientExchange(client: client), timeout: timeout)
    let host = try PostHogHost(url)
    let connection = await check.run(DeliveryEndpoint(host: host, key: Secret(key)))
    try await client.shutdown()
    let shown = "\(connection) \(String(reflecting: connection)) \(connection.issues)"
    #expect(!shown.contains("secretpart"))
    // Whatever is wrong is told with what would be right.
    #expect(connection.issues.allSatisfy { $0.level == .success || $0.recommendation != nil })
    #expect(connection.isGood == connection.issues.allSatisfy { $0.level == .success })
    return connection
  }

  @Test("A key that PostHog knows: one request, no event, no flags")
  func accepted() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([
      Self.answer("200 OK", #"{"flags":{},"errorsWhileComputingFlags":false,"requestId":"r"}"#)
    ])
    let connection = try await check(server.url + "/ingest")
    #expect(connection.answer == .accepted)
    #expect(connection.issues.map(\.component) == ["Connection", "API key"])
    let request = try #require(server.requests.first)
    #expect(server.requests.count == 1 && server.arrived.isEmpty)
    #expect(request.line == "POST /ingest/flags/?v=2 HTTP/1.1")
    // This is what keeps it off the bill.
    #expect(request.body["disable_flags"] == true && request.body["batch"] == nil)
    #expect(request.body["api_key"] == "phc_secretpart")
  }

  @Test(
    "What another answer means",
    arguments: [
      (
        answer("401 Unauthorized", "The provided API key is invalid or has expired."),
        PostHogConnection.Answer.keyRefused, "API key"
      ),
      (answer("404 Not Found", "<html>"), .notPostHog(status: 404), "Host"),
      (answer("200 OK", "<html>welcome</html>"), .notPostHog(status: 200), "Host"),
      (answer("200 OK", #"{"status":"Ok"}"#), .notPostHog(status: 200), "Host"),
      (
        answer("301 Moved", "", "Location: https://elsewhere.example/\r\n"),
        .notPostHog(status: 301), "Host"
      ),
      (answer("503 Busy", ""), .busy(status: 503), "Connection"),
      (answer("429 Slow", ""), .busy(status: 429), "Connection"),
    ])
  func others(
    _ behaviour: LoopbackServer.Behaviour, _ answer: PostHogConnection.Answer, _ component: String
  ) async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([behaviour])
    let connection = try await check(server.url)
    #expect(connection.answer == answer && server.requests.count == 1)
    #expect(connection.issues.last?.component == component)
  }

  @Test("Nobody there, nobody in time, no HTTP: not reachable, and why")
  func unreachable() async throws {
    let closed = try LoopbackServer(listens: false)
    defer { closed.close() }
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([.garbage, .reset, .silent])
    for (url, timeout) in [
      (closed.url, 60), (server.url, 60), (server.url, 60), (server.url, 1),
    ] {
      let connection = try await check(url, timeout: .seconds(timeout))
      guard case .unreachable(let why) = connection.answer else {
        Issue.record("\(connection.answer)")
        continue
      }
      #expect(!why.isEmpty && connection.issues.first?.issue.contains(url) == true)
    }
  }

  @Test(
    "A refused connection is told in the system's words", arguments: ["127.0.0.1", "localhost"])
  func refused(_ name: String) async throws {
    let closed = try LoopbackServer(listens: false)
    defer { closed.close() }
    let url = closed.url.replacingOccurrences(of: "127.0.0.1", with: name)
    let connection = try await check(url, timeout: .seconds(3600))
    #expect(
      connection.answer == .unreachable("Connection refused (errno \(ECONNREFUSED))"))
  }

  @Test("Without a project's key nothing is sent, least of all a personal one")
  func noKey() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    for key in ["", "phx_secretpart", "phs_secretpart"] {
      #expect(try await check(server.url, key: key).answer == .noProjectKey)
    }
    let client = HTTPClientExchange.makeClient()
    let check = PostHogConnectionCheck(exchange: HTTPClientExchange(client: client))
    let unset = AdapterSettings.read(environment: ["POSTHOG_HOST": server.url])
    #expect(await check.run(unset).answer == .noProjectKey)
    server.behave([Self.answer("200 OK", #"{"featureFlags":{}}"#)])
    let set = AdapterSettings.read(
      environment: ["POSTHOG_HOST": server.url, "POSTHOG_API_KEY": "phc_secretpart"])
    #expect(await check.run(set).isGood)
    try await client.shutdown()
    #expect(server.requests.count == 1)
  }

  @Test("A verbose check tells the address that was asked, by whom, and how long it took")
  func verbose() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([Self.answer("200 OK", #"{"flags":{}}"#)])
    let clock = TestClock()
    let exchange = HTTPClientExchange()
    let connection = await PostHogConnectionCheck(
      exchange: Later(inner: exchange, clock: clock), verbose: true, timer: DeliveryTimer(clock)
    ).run(DeliveryEndpoint(host: try PostHogHost(server.url), key: Secret("phc_secretpart")))
    try await exchange.shutdown()
    #expect(connection.isGood)
    #expect(
      connection.steps == [
        SetupStep("Connection", "looked up 127.0.0.1:\(server.port): 127.0.0.1", took: .zero),
        SetupStep(
          "Connection",
          "POST \(server.url)/flags/?v=2 by genops-swift/0.1.0, with disable_flags and phc_…",
          took: .milliseconds(70)),
      ])
  }

  /// Each answer takes 70 ms of a clock that moves by hand.
  private struct Later: HTTPExchange {
    let inner: HTTPClientExchange
    let clock: TestClock

    func send(_ request: WireRequest) async throws -> WireReply {
      clock.moved.withLock { $0 += .milliseconds(70) }
      return try await inner.send(request)
    }
  }

  private final class TestClock: Clock {
    let moved = Mutex(Duration.zero)
    struct Instant: InstantProtocol {
      var offset: Duration
      func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
      func duration(to other: Instant) -> Duration { other.offset - offset }
      static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }
    var now: Instant { Instant(offset: moved.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// Until the caller has its answer.
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
      let (ends, _) = AsyncStream<Never>.makeStream()
      for await _ in ends {}
      try Task.checkCancellation()
    }
  }

  @Test("A key of the other region gets its advice")
  func advice() {
    func text(_ host: PostHogHost) -> String {
      PostHogConnection(host: host, key: Secret("phc_x"), answer: .keyRefused).issues.last?
        .recommendation ?? ""
    }
    #expect(text(.us).contains("eu.posthog.com") && text(.eu).contains("us.posthog.com"))
  }
}
