import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsIngestion

@Suite("Capture bodies")
struct CaptureBatchTests {
  private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    let texts = ["", "a", "\"", "\\", "{", "]},", "é\u{2028}", "\n"]
    switch random.next() % (depth > 3 ? 4 : 6) {
    case 0: return .null
    case 1: return .bool(random.next() % 2 == 0)
    case 2: return .number("\(Int(random.next() % 1000)).5e3")
    case 3: return .string(texts[Int(random.next() % 8)])
    case 4: return .array((0..<random.next() % 4).map { _ in value(&random, depth: depth + 1) })
    default:
      return .object(
        (0..<random.next() % 4).map {
          .init(texts[Int(random.next() % 8)] + "\($0)", value(&random, depth: depth + 1))
        })
    }
  }

  @Test("The parts found without a parser are those that the parser finds, for 2,000 random bodies")
  func parts() throws {
    var random = SeededGenerator(7)
    for _ in 0..<2000 {
      let items = (0..<1 + random.next() % 4).map { _ in Self.value(&random, depth: 0) }
      let text: JSONValue = ["x": .array(items), "batch": .array(items), "api_key": "phc_\"é"]
      let bytes = Array((random.next() % 2 == 0 ? text.description : text.pretty).utf8)
      let batch = try CaptureBatch(bytes)
      #expect(batch.token == "phc_\"é")
      let found = try batch.events.map { JSONValue(try JSONParser.parse(bytes[$0], file: "")) }
      #expect(found == items)
    }
  }

  @Test("Whatever comes is read or refused, for 20,000 damaged bodies")
  func damaged() throws {
    var random = SeededGenerator(8)
    let whole = Array(
      (#"{"api_key":"phc_a","batch":[{"event":"a\u0041","distinct_id":"u","uuid":"x","offset":5,"#
        + #""properties":{"$ip":"1.2.3.4","genops_x":[1,{"a":null}]},"timestamp":"2027-01-01"},{}]}"#)
        .utf8)
    var scanner = EventScanner()
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<1 + random.next() % 4 {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(#"{}[],":\"#.utf8.map { $0 }[Int(random.next() % 8)], at: place)
        }
      }
      guard let batch = try? CaptureBatch(bytes) else { continue }
      for isPerEvent in [false, true] {
        var context = CaptureEvent.Context(
          sentAt: batch.sentAt, token: batch.token, arrived: Timestamp(microseconds: 0),
          isPerEvent: isPerEvent, uuid: { EventUUID(high: 1, low: 2) })
        for wants in [false, true] {
          context.wantsProperties = wants
          for range in batch.events {
            var reason = MalformedReason.notAnEvent
            guard let event = CaptureEvent(batch, range, context, &scanner, reason: &reason)
            else { continue }
            let written = event.written(nil, adding: [.init("genops_team", "t")], ip: "9.9.9.9")
            // What is sent on is JSON, and holds what governance added.
            let node = try JSONParser.parse(Array(written.utf8), file: "")
            #expect(node["properties"]?["genops_team"]?.text == "t", "\(written)")
            #expect(node["uuid"] != nil && !written.utf8.contains(10))
          }
        }
      }
    }
  }

  @Test("A bomb is found out while it is small")
  func bomb() throws {
    #expect(throws: CaptureBody.Failure.undecodable("the body is not gzip")) {
      try CaptureBody.unpack([0x1F, 0x8B, 1, 2, 3], most: 100)
    }
    #expect(throws: CaptureBody.Failure.unsupported("lz64")) {
      try CaptureBody.unpack([1], compression: "lz64", most: 100)
    }
  }
}
