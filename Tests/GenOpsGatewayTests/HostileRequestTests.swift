import Foundation
import GenOpsPostHog
import GenOpsUnits
import Synchronization
import NIOHTTP1
import Testing

@testable import GenOpsGateway

@Suite("Hostile requests")
struct HostileRequestTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var path = "/batch/"
    var headers: [(String, String)] = []
    var status: Int
    var body: @Sendable () -> [UInt8]
    var testDescription: String { name }
  }

  static let bodies: [Bad] = [
    Bad(name: "nothing", status: 400) { [] },
    Bad(name: "not JSON", status: 400) { Array("hello".utf8) },
    Bad(name: "half of JSON", status: 400) { Array(#"{"api_key":"phc_a","batch":[{"#.utf8) },
    Bad(name: "an empty batch", status: 400) { Array(#"{"api_key":"phc_a","batch":[]}"#.utf8) },
    Bad(name: "no event", status: 400) { Array(#"{"api_key":"phc_a","batch":[1,2]}"#.utf8) },
    Bad(name: "bad UTF-8", status: 400) {
      Array(#"{"api_key":"phc_a","batch":[{"event":""#.utf8) + [0xFF, 0xC3]
        + Array(#"","distinct_id":"u"}]}"#.utf8)
    },
    Bad(name: "half of a surrogate", status: 400) {
      Array(#"{"api_key":"phc_a","batch":[{"event":"\ud800","distinct_id":"u"}]}"#.utf8)
    },
    Bad(name: "an event twice the same key", status: 400) {
      Array(#"{"api_key":"phc_a","batch":[{"event":"a","event":"b","distinct_id":"u"}]}"#.utf8)
    },
    Bad(name: "brackets without end", status: 400) {
      [UInt8](repeating: UInt8(ascii: "["), count: 2_000_000)
    },
    Bad(name: "damaged gzip", headers: [("Content-Encoding", "gzip")], status: 400) {
      Array(Packing.gzip(Array("{}".utf8)).dropLast(9))
    },
    Bad(name: "an unknown encoding", headers: [("Content-Encoding", "lzma")], status: 415) {
      Array("{}".utf8)
    },
    Bad(name: "lz64 of old browsers", path: "/e/?compression=lz64", status: 415) {
      Array("N4Ig".utf8)
    },
    Bad(name: "a bomb", headers: [("Content-Encoding", "gzip")], status: 413) {
      Packing.gzip([UInt8](repeating: 32, count: 5_000_000))
    },
    Bad(name: "too large", status: 413) { [UInt8](repeating: 32, count: 2_000_000) },
    Bad(name: "an event without a person, with the key", path: "/i/v0/e/", status: 400) {
      Array(#"{"api_key":"phc_a","event":"odd","distinct_id":""}"#.utf8)
    },
    Bad(name: "no key", status: 401) {
      Array(#"{"batch":[{"event":"e","distinct_id":"u"}]}"#.utf8)
    },
    Bad(name: "a personal key", status: 401) {
      Array(#"{"api_key":"phx_1","batch":[{"event":"e","distinct_id":"u"}]}"#.utf8)
    },
    Bad(name: "a key with spaces", status: 401) {
      Array(#"{"api_key":"phc_a b","batch":[{"event":"e","distinct_id":"u"}]}"#.utf8)
    },
    Bad(name: "two projects at once", path: "/e/", status: 401) {
      Array(
        (#"[{"event":"e","properties":{"token":"phc_a","distinct_id":"u"}},"#
          + #"{"event":"e","properties":{"token":"phc_b","distinct_id":"u"}}]"#).utf8)
    },
    Bad(name: "V1 without a key", path: "/i/v1/analytics/events", status: 401) {
      Array(#"{"batch":[{"event":"e","distinct_id":"u"}]}"#.utf8)
    },
    Bad(name: "too many events", status: 413) {
      Array("[".utf8) + Array(String(repeating: "0,", count: 50_001).utf8) + Array("0]".utf8)
    },
  ]

  private static let small = GatewayFixture.Change(configure: {
    $0.limits.bodyBytes = 1_500_000
    $0.limits.unpackedBytes = 4_000_000
  })

  @Test("A body that is not as it should be has a clear status, and nothing of it goes on")
  func bodies() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(Self.small) { (gateway: GatewayAtWork) async throws in
      for bad in Self.bodies {
        let body =
          bad.name == "brackets without end" ? Array(bad.body().prefix(1_000_000)) : bad.body()
        let answer = try await gateway.send("POST", bad.path, body, headers: bad.headers)
        #expect(answer.status == bad.status, "\(bad.name): \(answer.status) \(answer.text)")
        #expect(answer.json["detail"] != nil, "\(bad.name)")
      }
      // It still works.
      #expect(try await gateway.capture(0..<1).status == 200)
      await fixture.upstream.waitForEvents(1)
    }
    #expect(fixture.upstream.kept.count == 1)
  }

  @Test("Too many bytes of bodies at once are told to come again")
  func held() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(.init(configure: { $0.limits.heldBytes = 1000 })) {
      (gateway: GatewayAtWork) async throws in
      let answer = try await gateway.post("/batch/", Events.batch(0..<100))
      #expect(answer.status == 503 && answer.headers["Retry-After"] == ["5"])
      #expect(try await gateway.capture(0..<1).status == 200)
    }
  }

  @Test("Too many unnamed projects are refused, and named ones are not")
  func keys() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(
      .init(configure: {
        $0.limits.unnamedKeys = 2
        $0.accounts[0].keys = ["phc_mine"]
      })
    ) { (gateway: GatewayAtWork) async throws in
      for (number, key) in ["phc_1", "phc_2", "phc_1", "phc_mine"].enumerated() {
        #expect(try await gateway.capture(number..<number + 1, key: key).status == 200)
      }
      #expect(try await gateway.capture(9..<10, key: "phc_3").status == 401)
    }
  }

  @Test("Metrics ask for their token")
  func metricsToken() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(.init(configure: { $0.metricsToken = Secret("t") })) {
      (gateway: GatewayAtWork) async throws in
      #expect(try await gateway.send("GET", "/metrics").status == 401)
      let read = try await gateway.send("GET", "/metrics", headers: [("Authorization", "Bearer t")])
      #expect(read.status == 200)
    }
  }

  @Test(
    "Clients that are slow, flood with headers or speak no HTTP are let go",
    arguments: [
      ("a head without end", "POST /batch/ HTTP/1.1\r\nHost: a\r\n", "-"),
      (
        "a body without end", "POST /batch/ HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{",
        "408"
      ),
      (
        "headers without end",
        "GET / HTTP/1.1\r\n" + String(repeating: "X-A: b\r\n", count: 5000) + "\r\n", "400"
      ),
      ("one long header", "GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 100_000), "400"),
      ("no HTTP", "\u{1}\u{2}SSH-2.0-nonsense\r\n\r\n", "400"),
      (
        "two lengths",
        "POST /batch/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}",
        "400"
      ),
      (
        "a length and chunks",
        "POST /batch/ HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "400"
      ),
    ])
  func slow(_ name: String, _ sent: String, _ status: String) async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(
      .init(configure: {
        // What does not wait for an end is answered however busy the machine is.
        if name == "a head without end" { $0.limits.headTime = .milliseconds(300) }
        if name == "a body without end" { $0.limits.bodyTime = .milliseconds(300) }
      })
    ) { (gateway: GatewayAtWork) async throws in
      let answer = try await RawConnection.exchange(port: gateway.port, sending: sent)
      // The connection ends by itself, with a status or without a word.
      #expect(
        status == "-" ? answer.isEmpty : answer.hasPrefix("HTTP/1.1 \(status)"),
        "\(name): \(answer.prefix(80))")
    }
  }
}
