import AsyncHTTPClient
import GenOpsPostHog
import GenOpsUnits
import Testing

@testable import GenOpsPostHogHTTP

@Suite("Flags over real sockets")
struct HTTPFlagsTests {
  @Test("A request goes out and its answer is read")
  func flags() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    let body = #"{"flags":{"beta":{"key":"beta","enabled":true}},"requestId":"r1"}"#
    server.behave([
      .answer("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    ])
    let client = HTTPClientExchange.makeClient()
    let flags = FeatureFlags(
      FlagConfiguration(
        endpoint: DeliveryEndpoint(host: try PostHogHost(server.url), key: Secret("phc_testkey"))),
      adapter: try PostHogAdapter(AdapterConfiguration(), transport: CountingTransport()),
      exchange: HTTPClientExchange(client: client))
    let set = await flags.flags(for: FlagContext("user-1"))
    try await client.shutdown()
    #expect(set.isOn("beta") && set.problem == nil)
    let request = try #require(server.requests.first)
    #expect(request.line == "POST /flags/?v=4 HTTP/1.1")
    #expect(request.body["distinct_id"] == "user-1" && request.body["api_key"] == "phc_testkey")
  }

  @Test("A silent server costs the time of a request and no more")
  func timeout() async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([.silent, .dripping])
    let client = HTTPClientExchange.makeClient()
    let exchange = HTTPClientExchange(client: client)
    for _ in 0..<2 {
      await #expect(throws: WireFailure.timeout) {
        _ = try await exchange.send(
          WireRequest(method: "GET", url: server.url + "/x", timeout: .milliseconds(80)))
      }
    }
    try await client.shutdown()
  }

  @Test("Errors name no key")
  func secrets() async throws {
    let closed = try LoopbackServer()
    closed.close()
    let client = HTTPClientExchange.makeClient()
    let exchange = HTTPClientExchange(client: client)
    do {
      _ = try await exchange.send(
        WireRequest(
          method: "GET", url: closed.url + "/flags/definitions?token=phc_secretpart",
          headers: [WireHeader("Authorization", "Bearer phx_secretpart")], timeout: .seconds(2)))
      Issue.record("nobody should have answered")
    } catch {
      #expect(!"\(error) \(String(reflecting: error))".contains("secretpart"))
    }
    try await client.shutdown()
  }
}
