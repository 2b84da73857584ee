import GenOpsPostHog
import GenOpsPostHogHTTP
import Testing

@Suite("A client that meets odd times and odd servers")
struct HostileServerTests {
  private func send(
    _ answer: LoopbackServer.Behaviour, timeout: Duration = .seconds(3600),
    connectTimeout: Duration = .seconds(3600),
    largestAnswer: Int = 1 << 20
  ) async throws -> WireReply {
    let server = try LoopbackServer()
    defer { server.close() }
    server.behave([answer])
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
        .answer(Self.ok), timeout: .seconds(seconds), connectTimeout: .seconds(seconds)
      ).status == 200)
  }

  @Test("No time is no answer, and nothing is asked", arguments: [0, -5, Int64.min])
  func none(_ seconds: Int64) async throws {
    let server = try LoopbackServer()
    defer { server.close() }
    let exchange = HTTPClientExchange()
    await #expect(throws: WireFailure.timeout) {
      _ = try await exchange.send(
        WireRequest(method: "GET", url: server.url, timeout: .seconds(seconds)))
    }
    try await exchange.shutdown()
    #expect(server.requests.isEmpty)
  }

  /// The server stays after a byte too many, so that the call returns by the bound or not at all.
  private static let endlessAnswers: [(LoopbackServer.Behaviour, WireBound)] = [
    (.unfinished("HTTP/1.1 200 ", repeating: "a", times: 65_536), .headBytes(65_536)),
    (
      .unfinished("HTTP/1.1 200 OK\r\nX-A: ", repeating: "a", times: 65_536), .headBytes(65_536)
    ),
    (
      .unfinished("HTTP/1.1 200 OK\r\n", repeating: "X-A: b\r\n", times: 257),
      .headers(256, bytesEach: 81_920)
    ),
    (
      .unfinished("", repeating: "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", times: 2_000),
      .headBytes(65_536)
    ),
    (
      .unfinished(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", repeating: "a", times: 131_072),
      .headBytes(65_536)
    ),
    (
      .unfinished(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
        repeating: "X-A: " + String(repeating: "b", count: 1000) + "\r\n", times: 200),
      .headBytes(65_536)
    ),
    (
      .unfinished("HTTP/1.1 500 E\r\nContent-Length: 4000000\r\n\r\n"), .bodyBytes(1 << 20)
    ),
    (
      .unfinished("HTTP/1.1 200 OK\r\n\r\n", repeating: "x", times: (1 << 20) + 1),
      .bodyBytes(1 << 20)
    ),
    (
      .unfinished(
        "HTTP/1.1 503 E\r\nTransfer-Encoding: chunked\r\n\r\n",
        repeating: "400\r\n" + String(repeating: "x", count: 1024) + "\r\n", times: 1025),
      .bodyBytes(1 << 20)
    ),
  ]

  // By number: the texts are long, and a report has the arguments of each case.
  @Test(
    "A head or a body without end is given up at its bound, which the error names",
    arguments: endlessAnswers.indices)
  func endless(number: Int) async throws {
    let (answer, bound) = Self.endlessAnswers[number]
    await #expect(throws: WireFailure.tooLarge(bound)) {
      _ = try await send(answer, timeout: .seconds(Int64.max))
    }
  }

  @Test("A long answer in small pieces is whole: only bytes that carry nothing are counted")
  func longAnswer() async throws {
    let chunks = String(repeating: "1\r\nx\r\n", count: 100_000)
    let reply = try await send(
      .answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n"))
    #expect(reply.body.count == 100_000)
  }

  @Test("What is too much is said with its bound")
  func said() {
    #expect(
      "\(WireFailure.tooLarge(.headBytes(65_536)))"
        == "the answer has a head of more than 65536 bytes")
    #expect(
      "\(WireFailure.tooLarge(.headers(256, bytesEach: 81_920)))"
        == "the answer has more than 256 headers, or one of more than 81920 bytes")
  }

  @Test("A body that calls itself gzip is not unpacked: its size is what came")
  func packed() async throws {
    let reply = try await send(
      .answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbomb"))
    #expect(reply.body == Array("bomb".utf8))
  }
}
