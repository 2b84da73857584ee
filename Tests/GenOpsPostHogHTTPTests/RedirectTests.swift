import AsyncHTTPClient
import GenOpsPostHog
import GenOpsUnits
import Testing

@testable import GenOpsPostHogHTTP

/// Where a request ends that a server sends on to another host.
@Suite("Redirects over real sockets")
struct RedirectTests {
  /// Sends one event to a server that sends it on to another name.
  private func findings(_ client: HTTPClient) async throws -> (codes: [String], asked: Int) {
    let (first, second) = (try LoopbackServer(), try LoopbackServer())
    defer {
      first.close()
      second.close()
    }
    first.behave([
      .answer(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://localhost:\(second.port)/batch/\r\n"
          + "Content-Length: 0\r\n\r\n")
    ])
    let delivery = try HTTPDeliveryTests().delivery([first.url], client: client)
    await withTaskGroup { group in
      group.addTask { await delivery.run() }
      HTTPDeliveryTests().send(0..<1, to: delivery)
      await delivery.flush()
      delivery.shutDown()
      await group.waitForAll()
    }
    try await client.shutdown()
    let codes = delivery.findings.all.map(\.code).filter { $0.hasPrefix("redirect") }
    return (codes, second.requests.count)
  }

  @Test("The house's client follows none, and delivery names where it led")
  func own() async throws {
    let (codes, asked) = try await findings(HTTPClientExchange.makeClient())
    #expect(codes == ["redirect-not-followed"] && asked == 0)
  }

  @Test("A client that follows them is found out by who answered")
  func other() async throws {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .follow(max: 3, allowCycles: false)
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let (codes, asked) = try await findings(client)
    #expect(codes == ["redirect-followed"] && asked == 1)
  }
}
