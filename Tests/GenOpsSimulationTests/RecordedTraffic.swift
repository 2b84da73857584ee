import Foundation
import GenOpsHistory
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits

/// A month of events as a file of recorded ones, the same in every run.
final class RecordedTraffic {
  let path: String
  /// In the order of time.
  private(set) var events: [UsageEvent] = []

  /// Every second day is busy. People come back, some anonymous ones sign in, and about one event
  /// in twenty is sent twice, some copies hours later.
  init(perDay: Int) throws {
    var generator = SeededGenerator(42 as UInt64)
    func random(_ below: Int) -> Int { generator.below(below) }
    var drafts: [UsageEvent] = []
    for day in 0..<31 {
      for _ in 0..<(day % 2 == 0 ? perDay : perDay / 4) {
        let person = random(120)
        let isAnonymous = person % 2 == 0
        let name = RecordedTraffic.names[random(RecordedTraffic.names.count)]
        var properties: [JSONValue.Member] = []
        if isAnonymous { properties.append(.init("$process_person_profile", false)) }
        if name == "$identify" {
          properties = [.init("$anon_distinct_id", .string("user-\(random(120))"))]
        }
        if name == "$snapshot" {
          properties.append(.init("$session_id", .string("session-\(day)-\(random(8))")))
        }
        drafts.append(
          UsageEvent(
            name: name, distinctID: "user-\(person)",
            uuid: EventUUID(high: 7, low: UInt64(drafts.count)),
            timestamp: Timestamp(startOf: CalendarDay(number: 20_819 + Int32(day)))
              .advanced(bySeconds: Double(random(80_000_000)) / 1000),
            properties: .object(properties)))
        // A copy may come first: the order is by the clock of the one who sends.
        if random(20) == 0, var copy = drafts.last {
          copy.timestamp = copy.timestamp.advanced(bySeconds: Double(random(5_000)))
          drafts.append(copy)
        }
      }
    }
    events = drafts.enumerated().sorted {
      ($0.element.timestamp, $0.offset) < ($1.element.timestamp, $1.offset)
    }.map(\.element)
    path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).jsonl"
    let lines = events.map { event -> String in
      let json: JSONValue = [
        "uuid": event.uuid.map { .string($0.description) } ?? .null,
        "event": .string(event.name), "distinct_id": .string(event.distinctID),
        "properties": event.properties, "timestamp": .string(event.timestamp.description),
      ]
      return json.description
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static let names = [
    "$pageview", "$pageview", "$pageview", "$autocapture", "$autocapture", "order_viewed",
    "signup_completed", "$identify", "$exception", "$feature_flag_called", "$ai_generation",
    "survey sent", "$snapshot",
  ]
}
