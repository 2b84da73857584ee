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

  @Test("No time is no answer", arguments: [0, -5, Int64.min])
  func none(_ seconds: Int64) async throws {
    await #expect(throws: WireFailure.timeout) {
      _ = try await send(Self.ok, timeout: .seconds(seconds))
    }
  }

  @Test("Heads and bodies without measure are given up, and are no answer")
  func endless() async throws {
    let line = "X-A: " + String(repeating: "a", count: 1000) + "\r\n"
    let heads = "HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 2000)
    let body =
      "HTTP/1.1 500 E\r\nContent-Length: 4000000\r\n\r\n" + String(repeating: "x", count: 4_000_000)
    for answer in [heads, "HTTP/1.1 200 " + String(repeating: "a", count: 2_000_000), body] {
      let error = await #expect(throws: WireFailure.self) { _ = try await send(answer) }
      #expect(error != .timeout)
    }
  }

  @Test("A body that calls itself gzip is not unpacked: its size is what came")
  func packed() async throws {
    let reply = try await send(
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbomb")
    #expect(reply.body == Array("bomb".utf8))
  }
}
