import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsIngestion

/// One recording, however its file is laid out.
struct `Files of events` {
  static let times = (0..<5).map { "2026-11-10T10:00:0\($0).000000Z" }
  static let objects = times.enumerated().map { index, time in
    #"{"uuid":"00000000-0000-4000-8000-00000000000\#(index)","event":"e\#(index)","#
      + #""distinct_id":"u\#(index)","properties":{"$process_person_profile":false,"a":[1,{"b":"]["}]},"#
      + #""timestamp":"\#(time)"}"#
  }
  static let rows = times.enumerated().map { index, time in
    #"["00000000-0000-4000-8000-00000000000\#(index)","e\#(index)","u\#(index)","#
      + #""{\"$process_person_profile\":false}","\#(time)"]"#
  }
  static let columns = #""columns":["uuid","event","distinct_id","properties","timestamp"]"#

  static func pretty(_ text: String) -> String {
    text.replacing(",\"", with: ",\n  \"").replacing("{", with: "{\n  ").replacing("}", with: "\n}")
  }

  static let layouts: [(name: String, text: String)] = [
    ("lines", objects.joined(separator: "\n")),
    ("objects over many lines", objects.map(pretty).joined(separator: "\n")),
    ("a list on one line", "[" + objects.joined(separator: ",") + "]"),
    ("a list, an item a line", "[\n" + objects.joined(separator: ",\n") + "\n]\n"),
    ("a list over many lines", pretty("[\n" + objects.joined(separator: ",\n") + "\n]\n")),
    ("lists, one a line", "[\(objects[0])]\n[" + objects[1...].joined(separator: ",") + "]\n"),
    ("a page", #"{"next":null,"results":["# + objects.joined(separator: ",") + "]}"),
    (
      "a page over many lines",
      pretty(#"{"next":null,"results":["# + objects.joined(separator: ",\n") + "]}")
    ),
    (
      "pages, one a line",
      #"{"next":"https://x","results":[\#(objects[0])]}"# + "\n"
        + #"{"next":null,"results":["# + objects[1...].joined(separator: ",") + "]}\n"
    ),
    (
      "pages over many lines",
      pretty(
        #"{"next":"https://x","results":[\#(objects[0])]}"# + "\n"
          + #"{"next":null,"results":["# + objects[1...].joined(separator: ",") + "]}")
    ),
    ("results", "{\(columns),\"results\":[" + rows.joined(separator: ",") + #"],"hasMore":false}"#),
    (
      "results over many lines",
      "{\n\(columns),\n\"hasMore\":false,\n\"results\":[\n" + rows.joined(separator: ",\n")
        + "\n],\n\"types\":[]}"
    ),
    (
      "results before their columns",
      "{\n\"results\":[\n" + rows.joined(separator: ",\n") + "\n],\n\(columns)}"
    ),
    (
      "results of whole events",
      #"{"columns":["*","event"],"results":["#
        + objects.map { "[\($0),\"x\"]" }.joined(separator: ",")
        + "]}"
    ),
    (
      "PostHog's table",
      table(",", "*.uuid,*.event,*.distinct_id,*.properties.$process_person_profile,*.timestamp")
    ),
    ("a table of one's own", table(";", "id;action;user;properties.$process_person_profile;time")),
    (
      "a table with Excel's hint",
      "sep=;\r\n" + table(";", "uuid;event;distinct_id;$process_person_profile;timestamp")
    ),
  ]

  static func table(_ separator: String, _ titles: String) -> String {
    let rows = times.enumerated().map { index, time in
      [
        "00000000-0000-4000-8000-00000000000\(index)", "e\(index)", "\"u\(index)\"", "False",
        time.replacing("T", with: " ").replacing("Z", with: "+00:00"),
      ].joined(separator: separator)
    }
    return ([titles] + rows).joined(separator: "\r\n") + "\r\n"
  }

  static func expectAll(_ reader: EventReader, _ name: String) throws {
    let events = try reader.rest()
    #expect(events.map(\.name) == (0..<5).map { "e\($0)" }, "\(name): \(reader.findings.all)")
    #expect(events.map(\.event.distinctID) == (0..<5).map { "u\($0)" }, "\(name)")
    #expect(events.map(\.timestamp.description) == times.map { $0.replacing(".000000", with: "") })
    #expect(
      events.allSatisfy { $0.event.uuid != nil && $0.event.processPersonProfile == false },
      "\(name)")
    #expect(reader.tally.malformed == 0 && !reader.findings.hasErrors, "\(name)")
  }

  @Test(arguments: layouts.map(\.name))
  func `hold the same events in every layout, with a byte order mark too`(name: String) throws {
    let text = try #require(Self.layouts.first { $0.name == name }).text
    try Self.expectAll(EventReader(Array(text.utf8), name: "f"), name)
    try Self.expectAll(
      EventReader([0xEF, 0xBB, 0xBF] + Array(text.utf8), name: "f"), "mark, \(name)")
    let spaced = "\n \n" + text + "\n\n"
    if !name.contains("hint") {
      try Self.expectAll(EventReader(Array(spaced.utf8), name: "f"), name)
    }
  }

  @Test func `may be joined tables, each with its titles`() throws {
    let one = Self.table(",", "uuid,event,distinct_id,$process_person_profile,timestamp")
    let reader = try EventReader(Array((one + "\u{FEFF}" + one).utf8), name: "f")
    #expect(try reader.rest().count == 10)
    #expect(reader.tally.malformed == 0)
  }

  @Test func `of one's own columns are read under the names that are given`() throws {
    let text = "what,who,at,person_mode\nbought,7,2026-11-10 10:00:00 UTC,propertyless\n"
    let names: [EventPart: String] = [.event: "what", .distinctID: "who", .timestamp: "at"]
    let event = try #require(try EventReader(Array(text.utf8), name: "f", columns: names).next())
    #expect(event.name == "bought" && event.event.distinctID == "7")
    #expect(event.event.processPersonProfile == false)
    let json = #"[{"what":"bought","who":"7","at":1794391200}]"#
    #expect(try EventReader(Array(json.utf8), name: "f", columns: names).rest().count == 1)
    let results = #"{"columns":["at","who","what"],"results":[[1794391200,"7","bought"]]}"#
    #expect(try EventReader(Array(results.utf8), name: "f", columns: names).rest().count == 1)
  }

  @Test(
    arguments: [
      ("event,when_it_was,distinct_id\nx,2026-11-10,u\n", [:], "timestamp=TITLE"),
      ("a,b,c\n1,2,3\n", [.event: "aa"], "did you mean 'a'?"),
      ("event,time\nx,2026-11-10\n", [:], "distinct_id=TITLE"),
    ] as [(String, [EventPart: String], String)])
  func `without a column that an event needs say which, and how to name it`(
    text: String, names: [EventPart: String], help: String
  ) throws {
    let reader = try EventReader(Array(text.utf8), name: "f", columns: names)
    let error = #expect(throws: FindingsError.self) { try reader.rest() }
    let finding = try #require(error?.findings.all.first)
    #expect(finding.code == "event-columns" && finding.location?.line == 1)
    #expect((finding.help ?? "").contains(help), "\(finding)")
  }

  @Test func `say which column was taken for what, and what none of them says`() throws {
    let text = "action,user,time\nx,u,2026-11-10\ny,u,2026-11-10\n"
    let reader = try EventReader(Array(text.utf8), name: "f")
    #expect(try reader.rest().count == 2)
    let said = reader.findings.all.filter { $0.code == "event-columns" }
    #expect(said.map(\.severity) == [.note, .warning])
    #expect(
      said[0].message.contains("event is 'action', distinct_id is 'user', timestamp is 'time'"))
    #expect(said[1].message.contains("every event counts as identified"))
  }

  @Test func `of queries that count something say that these are no events`() throws {
    let text =
      #"{"columns":["event","count()"],"results":[["$pageview",12345],["x",1]],"types":[]}"#
    let reader = try EventReader(Array(text.utf8), name: "f")
    #expect(try reader.rest().isEmpty)
    #expect(reader.tally.malformedByReason.map(\.reason) == [.noColumns])
    #expect(reader.findings.all.first?.message.contains("event, count()") == true)
  }

  @Test(arguments: [
    (#"{"next":"https://x","results":[E]}"#, true), (#"{"next":null,"results":[E]}"#, false),
    (#"{"results":[E],"next":"https://x"}"#, true),
    (#"{"columns":["*"],"results":[[E]],"hasMore":true}"#, true),
    ("{\n\"columns\":[\"*\"],\n\"results\":[[E]],\n\"hasMore\":true}", true),
    ("{\n\"results\":[\nE],\n\"next\":\"https://x\"}", true),
    (#"{"next":"https://x","results":[E]}"# + "\n" + #"{"next":null,"results":[E]}"#, false),
  ])
  func `that are pages say whether more follow`(text: String, more: Bool) throws {
    let reader = try EventReader(
      Array(text.replacing("E", with: Self.objects[0]).utf8), name: "f")
    #expect(try !reader.rest().isEmpty)
    #expect((reader.announcesMore != nil && !reader.hasLastPage) == more)
  }

  @Test func `that are cut off give what came before, and say so`() throws {
    for name in ["a list, an item a line", "a page over many lines", "results over many lines"] {
      let text = try #require(Self.layouts.first { $0.name == name }).text
      let end = try #require(text.firstRange(of: "u3")).lowerBound
      let reader = try EventReader(Array(text[..<end].utf8), name: "f")
      #expect(try reader.rest().map(\.name) == ["e0", "e1", "e2"], "\(name)")
      #expect(reader.tally.malformedByReason.map(\.reason) == [.cutOff], "\(name)")
    }
    let open = "[" + Self.objects.joined(separator: ",\n") + "\n"
    let reader = try EventReader(Array(open.utf8), name: "f")
    #expect(try reader.rest().count == 5 && reader.tally.malformed == 1)
  }

  @Test func `that are damaged in one place lose what stands there, with its line`() throws {
    var objects = Self.objects
    objects[2] = objects[2].replacing("\"event\":", with: "\"event\"")
    let text = "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    let reader = try EventReader(Array(text.utf8), name: "f")
    #expect(try reader.rest().map(\.name) == ["e0", "e1", "e3", "e4"])
    #expect(reader.findings.all.compactMap { $0.location?.line } == [4])
    let quote =
      "event,distinct_id,timestamp,person_mode\na,u,2026-11-10,full\n\"b,u,2026-11-10,full\nc,u,2026-11-10,full\n"
    let table = try EventReader(Array(quote.utf8), name: "f")
    #expect(try table.rest().map(\.name) == ["a", "c"])
    #expect(table.findings.all.compactMap { $0.location?.line } == [3])
  }

  @Test func `with cells for which there is no title are no events`() throws {
    let text = "event,distinct_id,properties,timestamp\nx,u,{\"a\":1,\"b\":2},2026-11-10\n"
    let reader = try EventReader(Array(text.utf8), name: "f")
    #expect(try reader.rest().isEmpty)
    #expect(reader.tally.malformedByReason.map(\.reason) == [.tooWide])
  }

  @Test func `whose properties nobody can read say so`() throws {
    let line =
      #"{"event":"x","distinct_id":"u","timestamp":"2026-11-10","properties":"{'a': True}"}"#
    let reader = try EventReader(Array(line.utf8), name: "f")
    #expect(try reader.rest().count == 1)
    #expect(reader.findings.all.map(\.code) == ["event-properties"])
    let twice =
      #"{"event":"x","distinct_id":"u","timestamp":"2026-11-10","properties":"\"{\\\"$session_id\\\":\\\"s\\\"}\""}"#
    #expect(try EventReader(Array(twice.utf8), name: "f").rest().first?.event.sessionID == "s")
  }

  @Test func `of PostHog's own table keep groups, sessions and the mode of the person`() throws {
    let text = #"""
      event,*.uuid,*.properties.$session_id,*.properties.$groups.company,*.properties.$browser,*.timestamp,*.team_id,*.distinct_id,*.elements_chain,*.created_at,*.person_mode
      $pageview,00000000-0000-4000-8000-000000000001,s1,acme,"Chrome, 119",2026-11-10 10:00:00+00:00,7,u,"a:href=""x""",2026-11-10 10:00:01+00:00,propertyless
      $pageview,00000000-0000-4000-8000-000000000002,,,Safari,2026-11-10 10:00:02+00:00,7,u,,2026-11-10 10:00:03+00:00,full
      """#
    let events = try EventReader(Array(text.utf8), name: "f").rest().map(\.event)
    #expect(events.map(\.sessionID) == ["s1", nil] && events.map(\.hasGroups) == [true, false])
    #expect(events.map(\.processPersonProfile) == [false, true])
    #expect(events[0].properties["$browser"]?.string == "Chrome, 119")
    #expect(events[0].properties["team_id"] == nil && events[0].properties["created_at"] == nil)
  }

  /// Items that straddle every border of what is read at a time, in memory bounded by one item.
  @Test func `of any length are read an item at a time`() throws {
    let filler = String(repeating: "x", count: 997)
    let count = 3_000
    for form in ["[\n", "{\"next\":null,\n\"results\":[\n"] {
      var text = form
      for index in 0..<count {
        text += index == 0 ? "" : ",\n"
        text +=
          #"{"event":"e\#(index)","distinct_id":"u","timestamp":"2026-11-10","properties":{"f":"\#(filler)"}}"#
      }
      text += form == "[\n" ? "\n]" : "\n]}"
      let reader = try EventReader(Array(text.utf8), name: "f")
      var read = 0
      while let event = try reader.next() {
        #expect(event.name == "e\(read)")
        read += 1
      }
      #expect(read == count && reader.tally.malformed == 0)
    }
  }
}
