import GenOpsMetering
import GenOpsUnits
import GenOpsTestSupport
import Testing

@testable import GenOpsIngestion

struct `Recorded events` {
  static func stream(_ text: String, maxErrors: Int? = nil) throws -> EventReader {
    try EventReader(Array(text.utf8), name: "events.jsonl", maxErrors: maxErrors)
  }

  static func event(_ text: String) throws -> UsageEvent {
    try #require(try stream(text).next()).event
  }

  static let line =
    #"{"uuid":"0191d6b0-0000-7000-8000-000000000001","event":"$pageview","distinct_id":"user-1","#
    + #""properties":{"$current_url":"https://e.com/x"},"timestamp":"2026-08-01T10:00:00.123456Z"}"#
  static let body =
    #"{"batch":[{"event":"a","distinct_id":"u","properties":{}},{"event":"b","distinct_id":"v","#
    + #""properties":{"$process_person_profile":false}}],"sent_at":"2026-11-22T19:07:29.073926+00:00","#
    + #""api_key":"phc_testkey"}"#

  /// The counts stand in `posthog-clients.cases`; the bodies were sent by PostHog's own clients.
  @Test(arguments: try SampleFiles.lines("posthog-clients.cases"))
  func `of PostHog's own clients are all read`(row: String) throws {
    let fields = row.split(separator: " ", maxSplits: 3).map(String.init)
    let stream = try EventReader(
      try SampleFiles.bytes("posthog-clients/\(fields[0])"), name: fields[0])
    let events = try stream.rest()
    #expect(events.count == Int(fields[1]))
    #expect(stream.tally.malformed == Int(fields[2]))
    #expect(Set(events.map(\.name)).sorted().joined(separator: ",") == fields[3])
    #expect(events.allSatisfy { $0.timestamp.day.civil.year >= 2020 && !$0.isTimestampAssumed })
    #expect(events.allSatisfy { $0.event.uuid != nil || row.contains("3.7.0") })
  }

  @Test func `come from batch exports and batch bodies, and bad lines are counted`() throws {
    let stream = try Self.stream("\(Self.line)\nnot json\n\n\(Self.body)\n{\"event\":\"x\"}\n[1]\n")
    #expect(try stream.rest().map(\.name) == ["$pageview", "a", "b"])
    #expect(stream.tally.read == 6)
    #expect(
      stream.tally.malformedByReason.map { "\($0.reason.rawValue) \($0.count)" } == [
        "not JSON 1", "not an event 1", "no distinct id 1",
      ])
    #expect(stream.findings.all.compactMap { $0.location?.line } == [2, 4, 4, 5, 6])
  }

  @Test func `have what metering asks of them`() throws {
    let plain = try Self.event(Self.line)
    #expect(plain.uuid == EventUUID("0191d6b0-0000-7000-8000-000000000001"))
    #expect(plain.timestamp == Timestamp("2026-08-01T10:00:00.123456Z"))
    #expect(plain.processPersonProfile == nil && !plain.hasGroups && plain.sessionID == nil)
    #expect(plain.properties["$current_url"]?.string == "https://e.com/x")
    let js = try Self.event(
      #"{"api_key":"k","sent_at":"2026-08-01T10:00:05Z","batch":[{"event":"$snapshot","#
        + #""offset":2000,"properties":{"distinct_id":"d","token":"k","$session_id":"s","#
        + #""$snapshot_source":"mobile","$groups":{"company":"acme"},"$survey_id":"v"}}]}"#)
    #expect(js.distinctID == "d" && js.sessionID == "s" && js.isMobileSnapshot && js.hasGroups)
    #expect(js.timestamp == Timestamp("2026-08-01T10:00:03Z") && js.surveyID == "v")
    let v1 = try Self.event(
      #"{"created_at":"2026-08-01T10:00:05Z","batch":[{"event":"x","distinct_id":"d","#
        + #""timestamp":"2026-08-01T10:00:00Z","session_id":"s","options":{"#
        + #""process_person_profile":false,"product_tour_id":"t"},"properties":{}}]}"#)
    #expect(v1.processPersonProfile == false && v1.sessionID == "s" && v1.productTourID == "t")
    let parquet = try Self.event(
      #"{"event":"x","distinct_id":"d","timestamp":"2026-08-01 10:00:00","#
        + #""properties":"{\"$process_person_profile\":\"false\",\"$group_0\":\"a\"}"}"#)
    #expect(parquet.processPersonProfile == false && parquet.hasGroups)
    // PostHog takes no text for a flag.
    let text = try Self.event(
      #"{"event":"x","distinct_id":"d","timestamp":"2026-08-01T10:00:00Z","#
        + #""properties":{"$process_person_profile":"false"}}"#)
    #expect(text.processPersonProfile == nil)
    let upgraded = try Self.event(
      #"{"event":"x","distinct_id":"d","timestamp":"2026-08-01T10:00:00Z","#
        + #""person_mode":"force_upgrade","properties":{"$groups":{"company":"acme"}}}"#)
    #expect(upgraded.processPersonProfile == true && !upgraded.hasGroups)
  }

  @Test func `take the time of the batch, then of the event before, and say so`() throws {
    let bare = #"{"event":"x","distinct_id":"d","properties":{}}"#
    let stream = try Self.stream("\(bare)\n\(Self.body)\n\(Self.line)\n\(bare)\n")
    let events = try stream.rest()
    #expect(events.map(\.isTimestampAssumed) == [true, true, false, true])
    #expect(events.last?.timestamp == Timestamp("2026-08-01T10:00:00.123456Z"))
    #expect(stream.tally.malformedByReason.first?.reason == .noTimestamp)
  }

  /// One line of `timestamps.cases`, as a text, a number and a cell.
  @Test(arguments: TextCase.lines("timestamps").map(\.text))
  func `have the instant that their timestamp says, or are malformed`(row: String) throws {
    let arrow = try #require(row.firstRange(of: " -> "))
    let written = String(row[..<arrow.lowerBound])
    let expected = String(row[arrow.upperBound...])
    var forms = [
      #"{"event":"x","distinct_id":"d","timestamp":"\#(written)"}"#,
      "event,distinct_id,timestamp,person_mode\nx,d,\"\(written)\",full\n",
      #"{"columns":["event","distinct_id","timestamp","person_mode"],"results":[["x","d","\#(written)","full"]]}"#,
    ]
    if written.allSatisfy({ $0.isNumber || ".-eE+".contains($0) }), Double(written) != nil,
      !written.hasSuffix(".")
    {
      forms.append(#"{"event":"x","distinct_id":"d","timestamp":\#(written)}"#)
    }
    for text in forms {
      let reader = try Self.stream(text)
      let events = try reader.rest()
      if expected == "malformed" {
        #expect(events.isEmpty && reader.tally.malformedByReason.map(\.reason) == [.badTimestamp])
        #expect(reader.findings.all.first?.message.contains("'\(written)'") == true)
      } else {
        #expect(events.map(\.timestamp.description) == [expected], "\(text)")
      }
    }
  }

  @Test func `with a time nobody can read are malformed`() throws {
    let stream = try Self.stream(
      #"{"event":"x","distinct_id":"d","timestamp":"yesterday"}"# + "\n\(Self.line)\n")
    #expect(try stream.rest().count == 1)
    #expect(stream.tally.malformedByReason.first?.reason == .badTimestamp)
  }

  @Test func `stop when more are malformed than allowed`() throws {
    let text = "x\n\(Self.line)\ny\n"
    #expect(throws: FindingsError.self) { try Self.stream(text, maxErrors: 0).rest() }
    #expect(throws: FindingsError.self) { try Self.stream(text, maxErrors: 1).rest() }
    #expect(try Self.stream(text, maxErrors: 2).rest().count == 1)
  }

  @Test func `may be one value over many lines`() throws {
    let text =
      "{\n \"batch\": [\n  {\"event\": \"a\",\n   \"distinct_id\": \"u\"}\n ],\n"
      + " \"sent_at\": \"2026-08-01T10:00:05Z\"\n}\n"
    #expect(try Self.stream(text).rest().map(\.name) == ["a"])
    let broken = try Self.stream(String(text.dropLast(3)))
    #expect(try broken.rest().isEmpty)
    #expect(broken.tally.read == broken.tally.malformed && broken.tally.read > 0)
  }

  @Test(arguments: ["", "\n\n", "hello\n", "[]", "{}"])
  func `that are none make a finding`(text: String) throws {
    let stream = try Self.stream(text)
    #expect(try stream.rest().isEmpty)
    #expect(!stream.findings.all.isEmpty)
  }

  @Test func `keep their order within an instant when sorted`() throws {
    func at(_ second: Int, _ name: String) -> String {
      #"{"event":"\#(name)","distinct_id":"d","timestamp":"2026-08-01T10:00:0\#(second)Z"}"#
    }
    let text = [at(2, "c"), at(1, "a"), at(2, "d"), at(1, "b"), at(3, "e")].joined(
      separator: "\n")
    let events = try Self.stream(text).rest()
    #expect(EventOrder.sorted(events).map(\.name).joined() == "abcde")
    #expect(EventOrder.late(events) == 2)
    #expect(EventOrder.sorted([]).isEmpty && EventOrder.late([]) == 0)
  }

  @Test func `may stand on lines without an end, with either end of line`() throws {
    #expect(try Self.stream(Self.line).rest().count == 1)
    #expect(try Self.stream("\(Self.line)\r\n\(Self.line)\r\n").rest().map(\.line) == [1, 2])
    #expect(try Self.stream("\u{FEFF}\(Self.line)\n").rest().count == 1)
  }

  @Test func `are metered straight from the file, copies once`() throws {
    let stream = try EventReader(try ScenarioFolder.bytes("data/events.jsonl"), name: "e")
    var meter = EventMeter()
    var totals = MeterTotals()
    var duplicates = 0
    while let recorded = try stream.next() {
      let metered = meter.meter(recorded.event)
      meter.commit(metered)
      if metered.isDuplicate { duplicates += 1 }
      for kind in Meter.allCases { totals[kind] += metered.usage[kind] }
    }
    #expect(stream.tally.events == 338)
    #expect(duplicates == 3)
    #expect(totals[.events] > 200 && totals[.llmEvents] > 0 && totals[.exceptions] > 0)
    #expect(totals[.identifiedEvents] < totals[.events])
  }
}
