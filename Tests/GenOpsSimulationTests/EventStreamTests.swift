import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsTestSupport
import GenOpsUnits
import Testing

@testable import GenOpsIngestion
@testable import GenOpsSimulation

/// Files are replayed in one pass where that is the same as holding all events. Told of decisions, a replay
/// holds them, so that both can be compared.
struct `A replay in one pass` {
  /// `count` events from noon of 2027-02-14 on, `apart` seconds from one to the next.
  private func lines(_ count: Int, apart: Int = 1, from start: Int = 0) -> [String] {
    (start..<start + count).map { number in
      let instant = Timestamp(startOf: CalendarDay(number: 20_863)).advanced(
        bySeconds: Double(43_200 + number * apart))
      let tail = String(number)
      let id =
        "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - tail.utf8.count) + tail
      return
        #"{"uuid":"\#(id)","event":"\#(number % 5 == 0 ? "signup" : "$pageview")","distinct_id":"u\#(number % 7)","#
        + #""properties":{"$process_person_profile":\#(number % 3 == 0)},"timestamp":"\#(instant)"}"#
    }
  }

  private func compare(_ parts: [[String]], isOnePass: Bool, window: Int = 65_536) throws {
    let files = try parts.map { try TemporaryFile($0) }
    let named = files.enumerated().map { (path: $1.path, name: "part-\($0).jsonl") }
    let configuration = AdapterConfiguration(
      plan: GovernancePlan(
        mode: .enforced,
        budgets: [Budget(name: "day", limit: Money(nanos: 2_000_000), period: .day)]),
      opening: OpeningBalance(
        current: Dictionary(
          uniqueKeysWithValues: Meter.allCases.map { ($0, $0 == .events ? 1_000_000 : 0) })))
    let stream = EventStream(
      files: named, columns: [:], maxErrors: nil, isLight: true, window: window)
    #expect((stream.replay(configuration) != nil) == isOnePass)
    let passed = try EventReplay.run(named, configuration)
    var decisions = 0
    let held = try EventReplay.run(named, configuration) { _ in decisions += 1 }
    #expect(decisions == held.read - held.malformed.reduce(0) { $0 + $1.count })
    expectSame(passed, held)
  }

  @Test func `counts as one that holds all events, with copies, damage and a budget`() throws {
    let some = lines(200)
    try compare(
      [some.prefix(100) + [some[99], "not JSON", #"{"event":"x"}"#, ""] + some.suffix(100)],
      isOnePass: true)
  }

  @Test func `knows where days begin and end, and days without events`() throws {
    try compare([lines(40, apart: 40_000), lines(5, apart: 40_000, from: 70)], isOnePass: true)
  }

  @Test func `sorts what comes late by no more than a window`() throws {
    let some = lines(200)
    var random = SeededGenerator(5)
    var mixed: [String] = []
    for first in stride(from: 0, to: 200, by: 20) {
      mixed += random.shuffled(Array(some[first..<first + 20]))
    }
    try compare([mixed], isOnePass: true)
    try compare([mixed], isOnePass: true, window: 20)
    try compare([mixed], isOnePass: true, window: 3)
    // The order of the files is not that of their events.
    try compare([Array(some.suffix(10)), Array(some.prefix(10))], isOnePass: true)
    try compare([Array(some.suffix(10)), Array(some.prefix(10))], isOnePass: true, window: 5)
  }

  @Test func `keeps the order of events of one instant`() {
    var window = EventWindow<RecordedEvent>(capacity: 8)
    var random = SeededGenerator(11)
    var given: [RecordedEvent] = []
    var taken: [RecordedEvent] = []
    for line in 0..<500 {
      let instant = Timestamp(microseconds: Int64(line / 4 + random.below(2)))
      let event = RecordedEvent(
        event: UsageEvent(name: "a", distinctID: "b", timestamp: instant),
        isTimestampAssumed: false, line: line)
      given.append(event)
      if let earliest = window.add(event, at: instant.microseconds) { taken.append(earliest) }
    }
    while let event = window.next() { taken.append(event) }
    #expect(taken.map(\.line) == EventOrder.sorted(given).map(\.line))
  }

  @Test func `is left where an event is dated far away`() throws {
    let some = lines(30)
    for year in ["1970", "2099"] {
      let stray = some[0].replacing("2027-02-14", with: "\(year)-02-14")
      let rest = Array(some.dropFirst())
      try compare([year == "1970" ? [stray] + rest : rest + [stray]], isOnePass: false)
    }
  }

  @Test func `is left where only all events tell copies in another file`() throws {
    let some = lines(6).map { $0.replacing("\"uuid\"", with: "\"insert_id\"") }
    try compare([some, [some[5]]], isOnePass: false)
    try compare([some], isOnePass: true)
  }
}
