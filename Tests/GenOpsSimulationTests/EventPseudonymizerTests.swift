import Foundation
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `Events without the people in them` {
  private static func event(
    _ name: String, _ id: String, _ properties: JSONValue, uuid: UInt64 = 1
  ) -> UsageEvent {
    UsageEvent(
      name: name, distinctID: id, uuid: EventUUID(high: 7, low: uuid),
      timestamp: Timestamp(microseconds: 1_800_000_000_000_000), properties: properties)
  }

  private static func line(
    _ event: UsageEvent, key: String = "one key of many", keeping kept: Set<String> = []
  ) -> String {
    var writer = EventPseudonymizer(key: Array(key.utf8), keeping: kept)
    return writer.line(of: event)
  }

  @Test func `come to the same usage, copies and days`() throws {
    let traffic = try RecordedTraffic(perDay: 150)
    let out = NSTemporaryDirectory() + "genops-\(UUID().uuidString).jsonl.zst"
    defer { try? FileManager.default.removeItem(atPath: out) }
    var writer = EventPseudonymizer(key: Array("k".utf8))
    let count = try writer.write(
      [(traffic.path, "f")], columns: [:], maxErrors: nil, to: out, replaces: false)
    #expect(count == traffic.events.count)
    let configuration = AdapterConfiguration(opening: .nothing)
    let before = try EventReplay.run([(traffic.path, "f")], configuration)
    let after = try EventReplay.run([(out, "f")], configuration)
    #expect(before.meters.count >= 6)
    expectSame(after, before)
  }

  @Test func `hold nothing of an id, a group, an address or a property that was not asked for`() {
    let text = Self.line(
      Self.event(
        "$identify", "anna@example.com",
        [
          "$anon_distinct_id": "0191-anna", "$session_id": "session-anna",
          "$groups": ["company": "Anna Ltd"], "$ip": "10.1.2.3", "email": "anna@example.com",
          "plan": "anna's plan", "note": "mail anna@example.com, or 10.1.2.3", "$lib": "web",
          "$set": ["name": "Anna"],
        ]), keeping: ["note"])
    #expect(!text.lowercased().contains("anna") && !text.contains("10.1.2.3"))
    #expect(text.contains(#""$lib":"web""#) && text.contains(#""note":""#))
    #expect(text.contains(#""company":""#))
    #expect(!text.contains("plan") && !text.contains("$set") && !text.contains("0007-"))
  }

  @Test func `have one id for one person under one key, whatever says it`() throws {
    func id(_ line: String, _ key: String) throws -> Substring {
      try #require(line.split(separator: "\"\(key)\":\"").last?.prefix { $0 != "\"" })
    }
    let anna = Self.line(Self.event("a", "anna", [:]))
    let named = Self.line(Self.event("$identify", "user-1", ["$anon_distinct_id": "anna"]))
    #expect(try id(anna, "distinct_id") == id(named, "$anon_distinct_id"))
    #expect(try id(anna, "distinct_id") != id(named, "distinct_id"))
    let other = Self.line(Self.event("a", "anna", [:]), key: "another key")
    #expect(try id(anna, "distinct_id") != id(other, "distinct_id"))
    // HMAC-SHA256 of "person/anna" under "one key of many", by Python's hmac.
    #expect(try id(anna, "distinct_id") == "296f96b233f4bc5de7369b25acf65dbb")
    // What stems from a mistake of a program joins nobody, before and after.
    #expect(try id(Self.line(Self.event("a", "undefined", [:])), "distinct_id") == "undefined")
  }
}
