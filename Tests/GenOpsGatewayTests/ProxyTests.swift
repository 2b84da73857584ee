import GenOpsUnits
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import Testing

@testable import GenOpsGateway

@Suite("What passes through")
struct ProxyTests {
  @Test("Method, path, query, headers, bytes and status pass untouched, both ways")
  func untouched() async throws {
    let fixture = try GatewayFixture()
    fixture.upstream.answer { kept in
      kept.uri.hasPrefix("/api/projects")
        ? Response(
          status: .init(code: 418), headers: [.eTag: "\"1\"", .contentType: "x/y"],
          body: ResponseBody(byteBuffer: ByteBuffer(bytes: [0, 255, 10]))) : nil
    }
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let body = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
      let answer = try await gateway.send(
        "PATCH", "/api/projects/1/things%20x?a=b&c=%2F", body,
        headers: [("X-Own", "1"), ("Authorization", "Bearer phx_1"), ("If-None-Match", "\"0\"")])
      #expect(answer.status == 418 && answer.bytes == [0, 255, 10])
      #expect(answer.headers["ETag"] == ["\"1\""])
      let kept = fixture.upstream.kept[0]
      #expect(kept.method == "PATCH" && kept.uri == "/api/projects/1/things%20x?a=b&c=%2F")
      #expect(kept.body == body)
      #expect(kept.headers[.init("X-Own") ?? .via] == "1")
      #expect(kept.headers[.authorization] == "Bearer phx_1")
      #expect(kept.headers[.ifNoneMatch] == "\"0\"")
      #expect(kept.headers[.xForwardedFor] == "127.0.0.1")
    }
  }

  @Test("A client cannot say that it comes from elsewhere, unless a proxy stands before")
  func forwardedFor() async throws {
    for (isBehindProxy, expected) in [(false, "127.0.0.1"), (true, "8.8.8.8, 127.0.0.1")] {
      let fixture = try GatewayFixture()
      var change = GatewayFixture.Change()
      change.configure = { $0.isBehindProxy = isBehindProxy }
      try await fixture.run(change) { (gateway: GatewayAtWork) async throws in
        _ = try await gateway.send(
          "GET", "/static/array.js", headers: [("X-Forwarded-For", "8.8.8.8")])
        #expect(fixture.upstream.kept[0].headers[.xForwardedFor] == expected)
        _ = try await gateway.post(
          "/batch/", Events.batch(1..<2), headers: [("X-Forwarded-For", "9.9.9.9, 8.8.8.8")])
        await fixture.upstream.waitForEvents(1)
        let ip = fixture.upstream.events[0]["properties"]?["$ip"]
        #expect(ip == .string(isBehindProxy ? "8.8.8.8" : "127.0.0.1"))
      }
    }
  }

  @Test("An address that the client hides stays hidden")
  func hiddenAddress() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let event: JSONValue = [
        "event": "e", "distinct_id": "u", "uuid": .string(Events.uuid(1)),
        "properties": ["$geoip_disable": true],
      ]
      _ = try await gateway.post("/batch/", ["api_key": "phc_a", "batch": [event]])
      await fixture.upstream.waitForEvents(1)
      #expect(fixture.upstream.events[0]["properties"]?["$ip"] == nil)
    }
  }

  @Test("Browsers of another origin may ask and send")
  func crossOrigin() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let asked = try await gateway.send(
        "OPTIONS", "/e/",
        headers: [
          ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST"),
          ("Access-Control-Request-Headers", "content-type,x-own"),
        ])
      #expect(asked.status == 204)
      #expect(asked.headers["Access-Control-Allow-Origin"] == ["https://shop.example"])
      #expect(asked.headers["Access-Control-Allow-Headers"] == ["content-type,x-own"])
      let sent = try await gateway.post(
        "/e/", Events.batch(1..<2), headers: [("Origin", "https://shop.example")])
      #expect(sent.status == 200)
      #expect(sent.headers["Access-Control-Allow-Origin"] == ["https://shop.example"])
      let beacon = try await gateway.post(
        "/e/?beacon=1", Events.batch(2..<3), headers: [("Origin", "https://shop.example")])
      #expect(beacon.status == 204)
    }
  }

  @Test("A PostHog that cannot be reached is 502; events are taken all the same")
  func unreachable() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run(.init(isUpstreamUp: false)) { (gateway: GatewayAtWork) async throws in
      #expect(try await gateway.send("GET", "/array/phc_a/config").status == 502)
      #expect(
        try await gateway.post("/flags/?v=2", ["token": "phc_a", "distinct_id": "u"]).status == 502)
      #expect(try await gateway.capture(0..<3).status == 200)
      #expect(try await gateway.send("GET", "/health").status == 200)
      #expect(try await gateway.send("GET", "/ready").status == 200)
    }
  }
}
