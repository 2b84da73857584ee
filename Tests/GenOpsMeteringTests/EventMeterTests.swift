import Foundation
import GenOpsMetering
import GenOpsTestSupport
import GenOpsUnits
import Testing

@Suite("Event meter")
struct EventMeterTests {
  @Test("events are metered as the case file says", arguments: MeteringCase.all)
  func rules(_ item: MeteringCase) {
    #expect(item.outcome() == item.expected)
  }

  @Test("every rule of docs/metering.md is a case")
  func published() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/metering.md"), encoding: .utf8)
    let begin = try #require(page.range(of: "<!-- begin rules -->"))
    let end = try #require(page.range(of: "<!-- end rules -->"))
    let rows = page[begin.upperBound..<end.lowerBound].split(separator: "\n").dropFirst(2)
    #expect(rows.count > 30)
    let cases = Set(MeteringCase.all.map(\.text))
    for row in rows {
      let cells = row.components(separatedBy: " | ")
      try #require(cells.count == 3, "\(row)")
      #expect(cases.contains(cells[1].trimmingCharacters(in: ["`"])), "\(cells[1])")
      for source in cells[2].components(separatedBy: ", ") {
        let name = source.trimmingCharacters(in: [" ", "|"])
        #expect(page.contains("\n\(name): https://github.com/PostHog/posthog/"), "\(name)")
      }
    }
  }

  @Test("the case file is found")
  func count() { #expect(MeteringCase.all.count >= 70) }

  /// A day of traffic in which nothing depends on order: every anonymous event is by a person
  /// nobody knows. Some events come twice.
  private static func day(_ random: inout SeededGenerator) -> [UsageEvent] {
    let names = [
      "$pageview", "$exception", "$ai_generation", "survey sent", "$snapshot", "purchase",
      "$feature_flag_called",
    ]
    var events: [UsageEvent] = []
    for number in 0..<400 {
      let isAnonymous = random.below(2) == 0
      var event = UsageEvent(
        name: names[random.below(names.count)],
        distinctID: (isAnonymous ? "anon-" : "user-") + "\(random.below(30))",
        uuid: EventUUID(high: 7, low: UInt64(number)),
        timestamp: Timestamp(startOf: CalendarDay(number: 20_500)))
      event.timestamp.microseconds += Int64(random.below(86_000)) * 1_000_000
      event.processPersonProfile = isAnonymous ? false : nil
      event.sessionID = "session-\(random.below(20))"
      event.surveyID = "survey-\(random.below(3))"
      event.surveySubmissionID = random.below(2) == 0 ? "submission-\(random.below(10))" : nil
      event.hasGroups = random.below(4) == 0
      events.append(event)
      if random.below(5) == 0 { events.append(event) }
    }
    return events
  }

  private static func totals(_ events: [UsageEvent]) -> MeterTotals {
    var meter = EventMeter(seed: 99)
    var totals = MeterTotals()
    for event in events {
      let metered = meter.meter(event)
      meter.commit(metered)
      for id in Meter.allCases { totals[id] += metered.usage[id] }
    }
    return totals
  }

  @Test("the order of a day's events does not change its totals", arguments: 0..<10)
  func order(seed: Int) {
    var random = SeededGenerator(UInt64(seed))
    var events = Self.day(&random)
    let expected = Self.totals(events)
    #expect(expected[.events] > 0 && expected[.sessionRecordings] > 0)
    for _ in 0..<5 {
      events = random.shuffled(events)
      #expect(Self.totals(events) == expected)
    }
  }

  @Test("sending everything twice meters nothing more", arguments: 0..<5)
  func twice(seed: Int) {
    var random = SeededGenerator(UInt64(seed))
    let events = Self.day(&random)
    #expect(Self.totals(events + events) == Self.totals(events))
  }

  @Test("metering without committing never changes what the next event uses")
  func refusedLeavesNoMemory() {
    var random = SeededGenerator(3)
    let events = Self.day(&random)
    var meter = EventMeter(seed: 99)
    var totals = MeterTotals()
    for event in events {
      for other in events.prefix(20) { _ = meter.meter(other) }
      let metered = meter.meter(event)
      meter.commit(metered)
      for id in Meter.allCases { totals[id] += metered.usage[id] }
    }
    #expect(totals == Self.totals(events))
  }

  @Test("a full memory forgets, counts it and says so")
  func limits() {
    var limits = EventMeter.Limits()
    limits.eventsPerDay = 48
    limits.persons = 10
    var meter = EventMeter(limits: limits)
    for number in 0..<100 {
      meter.commit(
        meter.meter(
          UsageEvent(
            name: "a", distinctID: "user-\(number)", uuid: EventUUID(high: 0, low: UInt64(number)),
            timestamp: Timestamp(microseconds: 0))))
    }
    #expect(meter.forgotten == 52 + 90)
    #expect(meter.memoryFinding?.message.hasPrefix("142 events") == true)
  }

  @Test("a timestamp far in the future does not push out today's memory")
  func strayDay() {
    var meter = EventMeter()
    func event(_ day: Int32) -> UsageEvent {
      UsageEvent(
        name: "a", distinctID: "x", uuid: EventUUID(high: 0, low: 1),
        timestamp: Timestamp(startOf: CalendarDay(number: day)))
    }
    meter.commit(meter.meter(event(20_000)))
    meter.commit(meter.meter(event(40_000)))
    #expect(meter.meter(event(20_000)).isDuplicate)
  }

  @Test("a poll of flag definitions is ten requests")
  func poll() {
    #expect(Usage.localEvaluationPoll[.featureFlagRequests] == 10)
    #expect(Usage.flagRequest[.featureFlagRequests] == 1)
  }

  @Test("metered fields are read from the properties that clients send")
  func properties() {
    let event = UsageEvent(
      name: "$pageview", distinctID: "ada", timestamp: Timestamp(microseconds: 0),
      properties: [
        "$session_id": "s", "$process_person_profile": false, "$groups": ["company": "acme"],
        "$snapshot_source": "mobile", "$survey_id": "q", "$product_tour_id": "t",
      ])
    #expect(event.sessionID == "s")
    #expect(event.processPersonProfile == false)
    #expect(event.hasGroups && event.isMobileSnapshot)
    #expect(event.surveyID == "q" && event.productTourID == "t")
    let empty = UsageEvent(
      name: "a", distinctID: "b", timestamp: Timestamp(microseconds: 0),
      properties: ["$groups": .object([]), "$group_0": ""])
    #expect(!empty.hasGroups)
    #expect(empty.processPersonProfile == nil)
  }
}
