import AsyncHTTPClient
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import GenOpsPostHogHTTP

@Suite("Delivery over real sockets")
struct HTTPDeliveryTests {
  func delivery(
    _ urls: [String], client: HTTPClient, _ change: (inout DeliveryConfiguration) -> Void = { _ in }
  ) throws -> EventDelivery {
    var configuration = DeliveryConfiguration(
      endpoints: try urls.map {
        DeliveryEndpoint(host: try PostHogHost($0), key: Secret("phc_testkey"))
      }, requestTimeout: .seconds(3600))
    configuration.limits.firstBackoff = .milliseconds(5)
    configuration.limits.longestBackoff = .milliseconds(20)
    // Other tests may keep the machine busy for longer than the usual intervals, which would cut batches.
    configuration.limits.flushInterval = .seconds(86_400)
    configuration.limits.drainTimeout = .seconds(3_600)
    change(&configuration)
    return try EventDelivery(configuration, exchange: HTTPClientExchange(client: client))
  }

  func send(_ numbers: Range<Int>, to delivery: EventDelivery) {
    let stamp = GovernanceStamp(owner: EventOwner(.none), cost: nil, weight: 1)
    for number in numbers {
      delivery.enqueue(
        UsageEvent(
          name: "viewed", distinctID: "user-\(number)",
          uuid: EventUUID(high: 5, low: UInt64(number)), timestamp: SystemClock().now(),
          properties: ["plan": "pro", "text": "Grüße 🎉"]), stamp)
    }
  }

  /// A client and a delivery that run while `body` does.
  func running(
    _ urls: [String], _ change: (inout DeliveryConfiguration) -> Void = { _ in },
    _ body: (EventDelivery) async -> Void
  ) async throws -> DeliveryCounts {
    let client = HTTPClientExchange.makeClient(connectTimeout: .seconds(3600))
    let delivery = try delivery(urls, client: client, change)
    await withTaskGroup { group in
      group.addTask { await delivery.run() }
      await body(delivery)
      delivery.shutDown()
      await group.waitForAll()
    }
    try await client.shutdown()
    return delivery.counts
  }

  @Test("A burst of 1,000 arrives in ten gzip requests")
  func burst() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    let counts = try await running([server.url + "/ingest"]) { delivery in
      send(0..<1000, to: delivery)
      await delivery.flush()
    }
    #expect(counts.accepted == 1000 && server.arrived.count == 1000)
    #expect(server.requests.count == 10)
    let first = try #require(server.requests.first)
    #expect(first.line == "POST /ingest/batch/ HTTP/1.1")
    #expect(first.headers["content-encoding"] == "gzip")
    #expect(first.headers["content-type"] == "application/json")
    #expect(first.wireBytes < 6000)
    guard case .array(let events)? = first.body["batch"] else { return }
    #expect(events[0]["properties"]?["text"] == "Grüße 🎉")
    #expect(first.body["api_key"] == "phc_testkey")
  }

  @Test("What arrives is the request that delivery made", arguments: CaptureProtocol.allCases)
  func arrives(_ capture: CaptureProtocol) async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    let results = (0..<UInt64(3)).map {
      JSONValue.Member("\(EventUUID(high: 5, low: $0))", ["result": "ok"])
    }
    let answer = JSONValue.object([.init("results", .object(results))]).description
    server.behave([
      .answer("HTTP/1.1 200 OK\r\nContent-Length: \(answer.utf8.count)\r\n\r\n\(answer)")
    ])
    let client = HTTPClientExchange.makeClient(connectTimeout: .seconds(3600))
    let made = Keeping(HTTPClientExchange(client: client))
    var configuration = DeliveryConfiguration(
      endpoints: [DeliveryEndpoint(host: try PostHogHost(server.url), key: Secret("phc_testkey"))],
      captureProtocol: capture, requestTimeout: .seconds(3600))
    configuration.limits.flushInterval = .seconds(86_400)
    let delivery = try EventDelivery(configuration, exchange: made)
    await withTaskGroup { group in
      group.addTask { await delivery.run() }
      send(0..<3, to: delivery)
      await delivery.flush()
      delivery.shutDown()
      await group.waitForAll()
    }
    try await client.shutdown()
    let (sent, got) = (try #require(made.requests.first), try #require(server.requests.first))
    #expect(delivery.counts.accepted == 3 && server.requests.count == 1)
    #expect(got.line == "POST \(sent.url.dropFirst(server.url.count)) HTTP/1.1")
    #expect(try got.body == JSONValue(JSONParser.parse(sent.body, file: "sent")))
    for header in sent.headers { #expect(got.headers[header.name.lowercased()] == header.value) }
  }

  /// Keeps the requests that go to another exchange.
  private final class Keeping: HTTPExchange {
    private let inner: any HTTPExchange
    private let kept = Mutex<[WireRequest]>([])
    init(_ inner: any HTTPExchange) { self.inner = inner }
    var requests: [WireRequest] { kept.withLock { $0 } }
    func send(_ request: WireRequest) async throws -> WireReply {
      kept.withLock { $0.append(request) }
      return try await inner.send(request)
    }
  }

  @Test(
    "Whatever goes wrong on the wire, each event arrives, and a copy only where the answer got lost",
    arguments: [
      (LoopbackServer.Behaviour.garbage, 1...1), (.halfClosed, 1...1), (.reset, 1...1),
      (.takenAndClosed, 2...2),
      (.answer("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"), 1...1),
      (.answer("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 4\r\n\r\nbusy"), 1...1),
      (.answer("HTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\n"), 1...1),
      // Only time tells that no answer comes; a machine that is busy for longer makes copies.
      (.silent, 1...99), (.dripping, 1...99),
    ])
  func faults(_ behaviour: LoopbackServer.Behaviour, _ arrivals: ClosedRange<Int>) async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([behaviour])
    let timeout: Duration = arrivals.upperBound > 2 ? .seconds(1) : .seconds(3600)
    let counts = try await running([server.url]) {
      $0.requestTimeout = timeout
    } _: { delivery in
      send(0..<50, to: delivery)
      await delivery.flush()
    }
    #expect(counts.accepted == 50 && counts.lost == 0 && counts.failures >= 1)
    #expect(server.arrived.count == 50)
    #expect(server.arrived.values.allSatisfy(arrivals.contains))
  }

  @Test("A redirect is not followed: its events are lost and told")
  func redirect() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([
      .answer(
        "HTTP/1.1 301 Moved\r\nLocation: \(server.url)/other\r\nContent-Length: 0\r\n\r\n")
    ])
    let counts = try await running([server.url]) { delivery in
      send(0..<3, to: delivery)
      await delivery.flush()
    }
    #expect(counts.losses == [.rejected(status: 301): 3] && server.requests.count == 1)
  }

  @Test("Nobody listens: the second endpoint takes over with the same uuids")
  func failover() async throws {
    let closed = try LoopbackServer(listens: false)
    defer { closed.close() }
    let server = try LoopbackServer()
    defer { server.close() }
    let counts = try await running([closed.url, server.url]) { delivery in
      send(0..<120, to: delivery)
      await delivery.flush()
    }
    #expect(counts.accepted == 120 && counts.failovers >= 1)
    #expect(server.arrived.count == 120 && server.arrived.values.allSatisfy { $0 == 1 })
  }

  @Test("A refused connection is told as such, and not tried until the time is up")
  func refused() async throws {
    let closed = try LoopbackServer(listens: false)
    defer { closed.close() }
    let client = HTTPClientExchange.makeClient(connectTimeout: .seconds(600))
    let exchange = HTTPClientExchange(client: client)
    let failure = await #expect(throws: WireFailure.self) {
      _ = try await exchange.send(
        WireRequest(method: "GET", url: closed.url + "/x", timeout: .seconds(600)))
    }
    // A client that tries again by itself needs the ten minutes of a request.
    #expect(failure != .timeout)
    try await client.shutdown()
  }

  @Test("As a service it drains when the application shuts down")
  func service() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    let client = HTTPClientExchange.makeClient()
    let delivery = try delivery([server.url], client: client) {
      $0.limits.flushInterval = .seconds(3600)
    }
    let group = ServiceGroup(
      services: [PostHogService(delivery)], gracefulShutdownSignals: [],
      logger: Logger(label: "test"))
    await withTaskGroup { tasks in
      tasks.addTask { try? await group.run() }
      send(0..<7, to: delivery)
      await group.triggerGracefulShutdown()
      await tasks.waitForAll()
    }
    try await client.shutdown()
    #expect(server.arrived.count == 7 && delivery.counts.accepted == 7)
  }

  @Test("Gzip of anything is what went in")
  func gzip() throws {
    var random: UInt64 = 1
    for size in [0, 1, 100, 70_000] {
      let bytes = (0..<size).map { _ -> UInt8 in
        random = random &* 6_364_136_223_846_793_005 &+ 1
        return UInt8(truncatingIfNeeded: random >> 60)
      }
      let packed = try #require(Gzip.compress(bytes))
      #expect(packed.prefix(2) == [0x1F, 0x8B] && gunzip(packed) == bytes)
    }
  }
}
