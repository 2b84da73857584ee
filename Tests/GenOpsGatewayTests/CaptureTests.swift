import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsGateway

@Suite("Events through the gateway")
struct CaptureTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var name: String
    var path: String
    var headers: [(String, String)] = []
    var body: @Sendable () -> [UInt8]
    var testDescription: String { name }
  }

  private static let one = Events.event(1).description
  private static let bare =
    #"{"event":"$pageview","properties":{"token":"phc_a","distinct_id":"user-1","number":1,"#
    + #""$process_person_profile":false},"uuid":"\#(Events.uuid(1))","offset":2000}"#
  private static let envelope = Events.batch(1..<2).description

  static let everyShape: [Shape] = [
    Shape(name: "batch", path: "/batch/") { Array(envelope.utf8) },
    Shape(name: "batch without slash", path: "/batch") { Array(envelope.utf8) },
    Shape(name: "sentAt of old clients", path: "/batch/") {
      Array(envelope.replacingOccurrences(of: "sent_at", with: "sentAt").utf8)
    },
    Shape(name: "gzip by header", path: "/batch/", headers: [("Content-Encoding", "gzip")]) {
      Packing.gzip(Array(envelope.utf8))
    },
    Shape(name: "deflate by header", path: "/batch/", headers: [("Content-Encoding", "deflate")]) {
      Packing.zlib(Array(envelope.utf8))
    },
    Shape(name: "gzip by query", path: "/e/?compression=gzip-js&ver=1.2&_=1") {
      Packing.gzip(Array(envelope.utf8))
    },
    Shape(
      name: "gzip as text/plain without a word", path: "/e/",
      headers: [("Content-Type", "text/plain")]
    ) { Packing.gzip(Array(envelope.utf8)) },
    Shape(name: "base64", path: "/e/?compression=base64") {
      Array(Data(envelope.utf8).base64EncodedString().utf8)
    },
    Shape(
      name: "a form of base64", path: "/e/?compression=base64",
      headers: [("Content-Type", "application/x-www-form-urlencoded")]
    ) {
      let text = Data(bare.utf8).base64EncodedString()
      let escaped = text.replacingOccurrences(of: "=", with: "%3D")
        .replacingOccurrences(of: "/", with: "%2F")
      return Array("data=\(escaped)".utf8)
    },
    Shape(name: "one event", path: "/capture/") { Array(bare.utf8) },
    Shape(name: "an array", path: "/i/v0/e/") { Array("[\(bare)]".utf8) },
    Shape(name: "track", path: "/track/") { Array(bare.utf8) },
    Shape(name: "engage", path: "/engage") { Array(bare.utf8) },
  ]

  @Test("Every shape and compression of PostHog's clients arrives", arguments: everyShape)
  func arrives(_ shape: Shape) async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let answer = try await gateway.send("POST", shape.path, shape.body(), headers: shape.headers)
      #expect(answer.status == 200, "\(answer.text)")
      await fixture.upstream.waitForEvents(1)
      let kept = fixture.upstream.kept[0]
      #expect(kept.uri == "/batch/" && kept.json["api_key"] == "phc_a")
      let event = kept.events[0]
      #expect(event["event"] == "$pageview" && event["uuid"] == .string(Events.uuid(1)))
      #expect(event["properties"]?["number"] == 1)
      #expect(event["properties"]?["genops_team"] == "web")
      #expect(event["properties"]?["genops_cost_estimated"] == .number("0.00005"))
      #expect(event["timestamp"] != nil)
    }
  }

  @Test("An event goes on in its own bytes, with governance's properties behind its own")
  func bytes() async throws {
    let fixture = try GatewayFixture()
    let event =
      #"{ "event" : "a\u0041","distinct_id":"u","uuid":"\#(Events.uuid(7))", "$set":{"x":[1.50,{}]},"#
      + #""timestamp":"2027-01-10T12:00:00.5+00:00", "properties" : {"n":1.0,"t":"é\n"} , "more":null}"#
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let body = #"{"api_key":"phc_a","batch":[\#(event)]}"#
      #expect(try await gateway.send("POST", "/batch/", Array(body.utf8)).status == 200)
      await fixture.upstream.waitForEvents(1)
      let kept = fixture.upstream.kept[0]
      let plain = String(decoding: Packing.gunzip(kept.body), as: UTF8.self)
      let (before, after) = (
        String(event.prefix(while: { $0 != "é" })) + #"é\n","genops_team""#,
        #"} , "more":null}"#
      )
      #expect(plain.contains(before) && plain.contains(after), "\(plain)")
    }
  }

  @Test("What pretends to be governance's is left out, however it is written")
  func reserved() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      for (number, name) in ["genops_team", #"\u0067enops_team"#].enumerated() {
        let body =
          #"{"api_key":"phc_a","batch":[{"event":"e","distinct_id":"u","uuid":"\#(Events.uuid(number))","#
          + #""properties":{"\#(name)":"theirs","own":1}}]}"#
        #expect(try await gateway.send("POST", "/batch/", Array(body.utf8)).status == 200)
      }
      await fixture.upstream.waitForEvents(2)
      for event in fixture.upstream.events {
        guard case .object(let members)? = event["properties"] else { return }
        #expect(members.filter { $0.key == "genops_team" }.map(\.value) == ["web"])
        #expect(event["properties"]?["own"] == 1)
      }
    }
  }

  @Test("A uuid is made where there is none, and a time where there is none")
  func missing() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let answer = try await gateway.post(
        "/batch/", ["api_key": "phc_a", "batch": [["event": "old", "distinct_id": "u"]]])
      #expect(answer.status == 200)
      await fixture.upstream.waitForEvents(1)
      let event = fixture.upstream.events[0]
      #expect(event["uuid"]?.string?.utf8.count == 36)
      #expect(event["timestamp"] == "2027-01-10T12:00:00.000000Z" || event["timestamp"] != nil)
      #expect(event["properties"]?["genops_team"] == "web")
    }
  }

  @Test("A client's clock is corrected as PostHog would, since events are sent on later")
  func skew() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      var batch = Events.batch(1..<2)
      if case .object(var members) = batch {
        members[2].value = "2027-01-10T14:00:00Z"
        batch = .object(members)
      }
      #expect(try await gateway.post("/batch/", batch).status == 200)
      await fixture.upstream.waitForEvents(1)
      let time = fixture.upstream.events[0]["timestamp"]?.string ?? ""
      #expect(time.hasPrefix("2027-01-10T10:00:00"))
    }
  }

  @Test("Capture V1 has a result for each event and arrives as its older form")
  func perEvent() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let body: JSONValue = [
        "created_at": "2027-01-10T12:00:00Z",
        "batch": [
          [
            "event": "e", "uuid": .string(Events.uuid(1)), "distinct_id": "u",
            "timestamp": "2027-01-10T12:00:00Z", "session_id": "s-1",
            "options": ["process_person_profile": false], "properties": ["n": 1],
          ]
        ],
      ]
      let answer = try await gateway.post(
        "/i/v1/analytics/events", body, headers: [("Authorization", "Bearer phc_a")])
      #expect(answer.status == 200)
      #expect(answer.json["results"]?[Events.uuid(1)]?["result"] == "ok")
      await fixture.upstream.waitForEvents(1)
      let properties = fixture.upstream.events[0]["properties"]
      #expect(properties?["$session_id"] == "s-1" && properties?["n"] == 1)
      #expect(properties?["$process_person_profile"] == false)
    }
  }

  @Test("Events of two projects, old events and AI events go on apart")
  func lanes() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      _ = try await gateway.capture(0..<1, key: "phc_a")
      _ = try await gateway.capture(1..<2, key: "phc_b")
      var old = Events.batch(2..<3)
      if case .object(let members) = old {
        old = .object(members + [.init("historical_migration", true)])
      }
      _ = try await gateway.post("/batch/", old)
      _ = try await gateway.post("/i/v0/ai/batch/", Events.batch(3..<4))
      await fixture.upstream.waitForEvents(4)
      let said = fixture.upstream.kept.map {
        "\($0.uri) \($0.json["api_key"]?.string ?? "") \($0.json["historical_migration"] == true)"
      }
      #expect(
        said.sorted() == [
          "/batch/ phc_a false", "/batch/ phc_a true", "/batch/ phc_b false",
          "/i/v0/ai/batch/ phc_a false",
        ])
    }
  }

  @Test("Nothing that PostHog would refuse a batch for takes other events with it")
  func oneBadEvent() async throws {
    let fixture = try GatewayFixture()
    try await fixture.run { (gateway: GatewayAtWork) async throws in
      let deep = String(repeating: "[", count: 125) + String(repeating: "]", count: 125)
      let body =
        #"{"api_key":"phc_a","batch":[\#(Events.event(1)),{"event":"x"},7,"#
        + #"{"event":"e","distinct_id":"u","properties":{"d":\#(deep)}},\#(Events.event(2))]}"#
      let answer = try await gateway.send("POST", "/batch/", Array(body.utf8))
      #expect(answer.status == 200)
      guard case .array(let dropped)? = answer.json["dropped"] else {
        Issue.record("nothing dropped: \(answer.text)")
        return
      }
      #expect(
        dropped.compactMap { $0["reason"]?.string } == [
          "malformed: no distinct id", "malformed: not an event", "too-deep",
        ])
      await fixture.upstream.waitForEvents(2)
      #expect(
        fixture.upstream.events.map { $0["uuid"]?.string } == [Events.uuid(1), Events.uuid(2)])
    }
  }
}
