import Foundation
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("The capture protocol, against requests recorded from posthog-python 7.91.1")
struct CaptureProtocolTests {
  let endpoint = DeliveryEndpoint(host: .us, key: Secret("phc_testkey"))
  let wall = Timestamp("2026-11-22T19:07:29.181349Z") ?? Timestamp(microseconds: 0)

  func outgoing(_ event: JSONValue, _ encoder: EventEncoder = .passThrough) throws
    -> OutgoingEvent
  {
    var properties = event["properties"]?.members ?? []
    for key in ["$set", "$set_once"] {
      if let value = event[key] { properties.append(.init(key, value)) }
    }
    let uuid = try #require(EventUUID(event["uuid"]?.string ?? ""))
    let usage = UsageEvent(
      name: event["event"]?.string ?? "", distinctID: event["distinct_id"]?.string ?? "",
      uuid: uuid,
      timestamp: try #require(Timestamp(event["timestamp"]?.string ?? "")),
      properties: .object(properties))
    return encoder.encode(usage, nil, uuid: uuid, at: wall)
  }

  @Test(
    "A batch matches field by field",
    arguments: [
      "01_capture_anonymous_no_distinct_id", "02_capture_process_person_profile_false",
      "03_capture_identified_with_set", "04_set", "05_set_once", "06_group_identify_no_distinct_id",
      "07_capture_groups", "08_alias", "09_exception", "10_pageview",
      "11_ai_generation_via_capture", "13_timestamp_uuid", "33_historical_migration",
      "35_shutdown_drains",
    ])
  func batches(_ name: String) throws {
    for sample in try Sample.read(name) where sample.path == "/batch/" {
      let events = sample.body["batch"]?.items ?? []
      #expect(!events.isEmpty)
      var batch = Batch(id: 1, events: try events.map { try outgoing($0) })
      batch.attempt = 1
      let request = CaptureProtocol.batch.request(
        batch, to: endpoint, isHistorical: sample.body["historical_migration"] == true,
        at: Timestamp(sample.body["sent_at"]?.string ?? "") ?? wall)
      #expect(request.url == "https://us.i.posthog.com/batch/" && request.method == "POST")
      #expect(request.header("Content-Type") == sample.headers["Content-Type"])
      #expect(request.json.canonical == sample.body.canonical)
    }
  }

  @Test("A batch of the V1 endpoint matches field by field, and so do its headers")
  func perEvent() throws {
    for name in ["31_capture_v1_gzip", "58_v1_partial_retry_and_drop"] {
      for (index, sample) in try Sample.read(name).enumerated() {
        var batch = Batch(id: 1, events: try (sample.body["batch"]?.items ?? []).map(legacy))
        batch.attempt = index + 1
        batch.created = try #require(Timestamp(sample.body["created_at"]?.string ?? ""))
        let request = CaptureProtocol.perEvent.request(
          batch, to: endpoint, isHistorical: false, at: wall)
        #expect(request.url.hasSuffix(sample.path))
        #expect(request.json.canonical == sample.body.canonical)
        let own = Set(request.headers.map(\.name))
        let theirs = Set(sample.headers.keys).subtracting([
          "Host", "Accept", "Accept-Encoding", "Connection", "Content-Length", "Content-Encoding",
        ])
        #expect(own == theirs)
        #expect(request.header("PostHog-Attempt") == sample.headers["PostHog-Attempt"])
        #expect(request.header("Authorization") == "Bearer phc_testkey")
      }
    }
  }

  /// The `/batch/` form of a V1 event: what PostHog's own transformation began with.
  func legacy(_ event: JSONValue) throws -> OutgoingEvent {
    var properties = (event["properties"]?.members ?? [])
    properties += [.init("$lib", "posthog-python"), .init("$lib_version", "7.91.1")]
    if let anonymous = event["options"]?["process_person_profile"] {
      properties.append(.init("$process_person_profile", anonymous))
    }
    if let session = event["session_id"] { properties.append(.init("$session_id", session)) }
    var members = event.members.filter { !["options", "session_id"].contains($0.key) }
    members.removeAll { $0.key == "properties" }
    return try outgoing(.object(members + [.init("properties", .object(properties))]))
  }

  @Test("What fits no field of V1 is left out instead of failing the batch")
  func strictTypes() throws {
    let event = OutgoingEvent(
      uuid: EventUUID(high: 1, low: 1),
      json: """
        {"event":"e","properties":{"$session_id":7,"$process_person_profile":"True","a":null,\
        "$cookieless_mode":"maybe","$ignore_sent_at":1,"$product_tour_id":"t"},"$set":{"n":1}}
        """)
    #expect(
      PerEventForm.of(event).canonical
        == [
          "event": "e",
          "options": [
            "disable_skew_correction": true, "process_person_profile": true, "product_tour_id": "t",
          ], "properties": ["$set": ["n": 1], "a": nil],
        ] as JSONValue)
  }

  @Test("Only governance writes genops_ properties")
  func governed() throws {
    let event = UsageEvent(
      name: "e", distinctID: "u", timestamp: wall, processPersonProfile: false,
      properties: ["genops_team": "forged", "genops_note": "forged too", "$lib": "mine"])
    let stamp = GovernanceStamp(
      owner: EventOwner(Attribution(team: "growth")), cost: Money(nanos: 50_000), weight: 2)
    let sent = EventEncoder.server.encode(event, stamp, uuid: .random(), at: wall)
    let json = JSONValue(try JSONParser.parse(Array(sent.json.utf8), file: "sent"))["properties"]
    #expect(json?["genops_team"] == "growth" && json?["genops_note"] == nil)
    #expect(json?.members.count { $0.key == "genops_team" } == 1)
    #expect(json?["genops_cost_estimated"] == .number("0.00005") && json?["$lib"] == "mine")
    #expect(json?["$is_server"] == true && json?["$geoip_disable"] == true)
    #expect(json?["$process_person_profile"] == false)
  }

  @Test("Answers are understood, garbage too")
  func answers() {
    func reply(
      _ capture: CaptureProtocol, _ status: Int, _ body: String = "", retryAfter: String? = nil
    ) -> DeliveryReply {
      capture.reply(
        WireReply(
          status: status, headers: retryAfter.map { [WireHeader("Retry-After", $0)] } ?? [],
          body: Array(body.utf8)), at: wall)
    }
    for body in ["", "{\"status\":\"Ok\"}", "{\"status\":1}", "<html>", "\u{0}{", "[1]"] {
      #expect(reply(.batch, 200, body) == .answered(status: 200))
    }
    #expect(
      reply(.batch, 200, #"{"status":1,"quota_limited":["events"]}"#)
        == .answered(status: 200, quotaLimited: [.events]))
    #expect(
      reply(.batch, 200, #"{"status":1,"quota_limited":["recordings","llm_events"]}"#)
        == .answered(status: 200, quotaLimited: [.recordings, .llmEvents]))
    for words in [#"["feature_flags"]"#, "[3]", #""events""#, "null"] {
      #expect(
        reply(.batch, 200, #"{"status":1,"quota_limited":\#(words)}"#) == .answered(status: 200))
    }
    #expect(reply(.batch, 404) == .answered(status: 404))
    #expect(reply(.perEvent, 404) == .broken("answered 404"))
    #expect(reply(.perEvent, 200, "<html>") == .broken("answered 200 without results"))
    let uuid = EventUUID(high: 0, low: 1)
    #expect(
      reply(
        .perEvent, 200,
        #"{"results":{"\#(uuid)":{"result":"retry"},"x":{"result":"ok"},"y":3,"z":{"result":"?"}}}"#
      )
        == .results([uuid: .retry]))
    let pauses: [(String, Duration?)] = [
      ("3", .seconds(3)), (" 2.5 ", .milliseconds(2500)), ("-1", nil), ("nan", nil), ("soon", nil),
      ("1e300", .seconds(1e9)), ("Sun, 22 Nov 2026 19:08:29 GMT", .microseconds(59_818_651)),
      ("Sun, 22 Nov 2020 19:08:29 GMT", .zero), ("Sun, 22 Foo 2026 19:08:29 GMT", nil),
    ]
    for (text, pause) in pauses {
      #expect(
        reply(.batch, 429, retryAfter: text) == .answered(status: 429, retryAfter: pause), "\(text)"
      )
    }
  }
}
