import Foundation
import GenOpsMetering
import GenOpsUnits
import GenOpsTestSupport
import Testing

/// One line of `Cases/metering.cases`.
struct MeteringCase: CustomTestStringConvertible, Sendable {
  var line: Int
  var events: [Step]
  var expected: String
  var text: String

  struct Step: Sendable {
    var event: UsageEvent
    var isRefused: Bool
  }

  var testDescription: String { "metering.cases:\(line): \(text)" }

  /// Meters the events in order and says the totals in the words of the file.
  func outcome() -> String {
    var meter = EventMeter()
    var totals = MeterTotals()
    var duplicates = 0
    for step in events {
      let metered = meter.meter(step.event)
      if metered.isDuplicate { duplicates += 1 }
      if step.isRefused { continue }
      meter.commit(metered)
      for id in Meter.allCases { totals[id] += metered.usage[id] }
    }
    let meters = totals.used.map { "\($0.id) \(totals[$0])" }.joined(separator: ", ")
    let copies = duplicates > 0 ? "(duplicates \(duplicates))" : ""
    return [meters, copies].filter { !$0.isEmpty }.joined(separator: " ")
  }

  static let all: [MeteringCase] = {
    TextCase.lines("metering").map { entry in
      let parts = entry.text.components(separatedBy: "->")
      let steps = parts[0].split(separator: ";").enumerated().map { number, words in
        step(words, number: number)
      }
      let expected = parts.count == 2 ? parts[1] : "a line of the form EVENTS -> TOTALS"
      return MeteringCase(
        line: entry.line, events: steps,
        expected: expected.trimmingCharacters(in: .whitespaces), text: entry.text)
    }
  }()

  private static func step(_ text: Substring, number: Int) -> Step {
    var words = text.split(separator: "\"").enumerated().flatMap { index, part -> [String] in
      let isQuoted = text.contains("\"") && index == (text.first == "\"" ? 0 : 1)
      return isQuoted && part.contains(where: \.isLetter)
        ? [String(part)] : part.split(separator: " ").map(String.init)
    }[...]
    var event = UsageEvent(
      name: words.removeFirst(), distinctID: "someone",
      uuid: EventUUID(high: 1, low: UInt64(number)), timestamp: instant(day: 1))
    var isRefused = false
    while let word = words.popFirst() {
      switch word {
      case "by": event.distinctID = words.popFirst() ?? ""
      case "day": event.timestamp = instant(day: Int32(words.popFirst() ?? "") ?? 0)
      case "uuid":
        let name = words.popFirst() ?? ""
        event.uuid = EventUUID(high: 2, low: UInt64(name.utf8.first ?? 0))
      case "nouuid": event.uuid = nil
      case "anonymous": event.processPersonProfile = false
      case "person": event.processPersonProfile = true
      case "session": event.sessionID = words.popFirst()
      case "mobile": event.isMobileSnapshot = true
      case "groups": event.hasGroups = true
      case "survey": event.surveyID = words.popFirst()
      case "submission": event.surveySubmissionID = words.popFirst()
      case "tour": event.productTourID = words.popFirst()
      case "length":
        let length = Int(words.popFirst() ?? "") ?? 0
        let pattern = Array(event.distinctID.unicodeScalars)
        event.distinctID = String(
          String.UnicodeScalarView((0..<length).map { pattern[$0 % pattern.count] }))
      case "profile":
        let text = words.popFirst() ?? ""
        let value: JSONValue =
          switch text {
          case "true": true
          case "false": false
          case "null": nil
          case _ where text.hasPrefix("'"): .string(text.replacingOccurrences(of: "'", with: ""))
          default: .number(text)
          }
        event = UsageEvent(
          name: event.name, distinctID: event.distinctID, uuid: event.uuid,
          timestamp: event.timestamp, properties: ["$process_person_profile": value])
      case "joins":
        let other = JSONValue.string(words.popFirst() ?? "")
        var members: [JSONValue.Member] = []
        if case .object(let own) = event.properties { members = own }
        event.properties = .object(
          members + [.init("$anon_distinct_id", other), .init("alias", other)])
      case "refused": isRefused = true
      default: Issue.record("unknown word '\(word)' in '\(text)'")
      }
    }
    return Step(event: event, isRefused: isRefused)
  }

  private static func instant(day: Int32) -> Timestamp {
    Timestamp(startOf: CalendarDay(number: 20_000 + day)).advanced(bySeconds: 3600)
  }
}
