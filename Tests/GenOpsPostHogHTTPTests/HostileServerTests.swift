import GenOpsPostHog
import GenOpsPostHogHTTP
import Testing

@Suite("A client that meets odd times and odd servers")
struct HostileServerTests {
  private func send(
    _ answer: String, timeout: Duration = .seconds(60), connectTimeout: Duration = .seconds(60),
    largestAnswer: Int = 1 << 20
  ) async throws -> WireReply {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([.answer(answer)])
    let exchange = HTTPClientExchange(
      connectTimeout: connectTimeout, largestAnswer: largestAnswer)
    let reply: Result<WireReply, any Error>
    do {
      reply = .success(
        try await exchange.send(WireRequest(method: "GET", url: server.url, timeout: timeout)))
    } catch { reply = .failure(error) }
    try await exchange.shutdown()
    return try reply.get()
  }

  private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

  @Test("Times beyond every clock are as good as none", arguments: [10_000_000_000, Int64.max])
  func long(_ seconds: Int64) async throws {
    #expect(
      try await send(
        Self.ok, timeout: .seconds(seconds), connectTimeout: .seconds(seconds)
      ).status == 200)
  }

  @Test("A body that calls itself gzip is not unpacked: its size is what came")
  func packed() async throws {
    let reply = try await send(
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbomb")
    #expect(reply.body == Array("bomb".utf8))
  }
}
