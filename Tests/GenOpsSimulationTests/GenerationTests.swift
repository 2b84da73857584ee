import Foundation
import GenOpsCosting
import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `Generated events` {
  static let shop = """
    scenario: made
    period: 2027-03 to 2027-04
    seed: 7
    traffic:
      - shop:
          users: 1k
          team: growth
          events: 9 per user per month
          identified: 40%
          mix: {$pageview: 40%, signup_completed: 2%, $identify: 3%}
          exceptions: 0.2 per user per month
          llm_events: 0.3 per user per month
          survey_responses: 0.1 per user per month
          group_events: 1.5 per user per month
          session_recordings: 0.5 per user per month
          weekdays: [1, 1, 1, 1, 1.2, 0.5, 0.4]
          noise: none
          growth: 10% per month
      - app:
          users: 500
          events: 30 per user per month
          identified: 100%
          noise: none

    """

  private static func plan(_ text: String = shop) throws -> Plan {
    let bytes = Data(text.utf8)
    let node = try YAMLReader.parse(bytes, file: "test.yaml")
    let (scenario, findings) = ScenarioReader.read(node, bytes: bytes, file: "test.yaml")
    return try Planner.plan(
      try #require(scenario, "\(findings.all)"), .load(try #require(scenario)), findings,
      namesEvents: true)
  }

  /// A folder that is removed with the value.
  private final class Folder {
    let path = NSTemporaryDirectory() + "genops-\(UUID().uuidString)"
    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private static func generator(
    _ text: String = shop, scale: Double = 1, seed: UInt64? = nil
  ) throws -> EventGenerator {
    let plan = try plan(text)
    return EventGenerator(
      try GeneratedTraffic(plan, scale: scale), seed: seed ?? plan.scenario.seed)
  }

  private static func lines(
    _ generator: EventGenerator, _ days: Range<Int>
  ) throws -> [Substring] {
    var bytes: [UInt8] = []
    for day in days { _ = try generator.write(day: day) { bytes += $0 } }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  /// Units by month and meter that a run of the scenario counts.
  private static func run(_ plan: Plan) throws -> [CalendarMonth: [Meter: Int64]] {
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    let runner = try OptionRunner(plan: plan, option: plan.options[0])
    runner.run(future, path: 0)
    var totals: [CalendarMonth: [Meter: Int64]] = [:]
    for (index, month) in plan.period.months.enumerated() {
      for (slot, meter) in runner.meters.enumerated() {
        totals[month, default: [:]][meter] =
          runner.outcome.meterUnits[index * runner.meters.count + slot]
      }
    }
    return totals
  }

  private static func sum(_ replay: EventReplay) -> [CalendarMonth: [Meter: Int64]] {
    var totals: [CalendarMonth: [Meter: Int64]] = [:]
    for (day, usage, _) in replay.days {
      for meter in usage.used { totals[day.month, default: [:]][meter, default: 0] += usage[meter] }
    }
    return totals
  }

  @Test(arguments: ["events.jsonl", "events.jsonl.gz", "events.jsonl.zst"])
  func `replayed are the usage of the run, meter by meter and month by month`(name: String) throws {
    let folder = try Folder()
    let plan = try Self.plan()
    let generator = try Self.generator()
    let path = "\(folder.path)/\(name)"
    let written = try GeneratedFiles(
      .file(path), usage: "\(folder.path)/usage.csv", replaces: false
    ).write(generator, days: 0..<plan.period.dayCount) { _ in }
    let replay = try EventReplay.run([(path, name)], AdapterConfiguration(opening: .nothing))
    #expect(Int64(replay.read) == written.events)
    #expect(replay.malformed.isEmpty && replay.duplicates == 0)
    #expect(replay.findings.all.isEmpty, "\(replay.findings.all)")
    var expected = try Self.run(plan)
    let recordings = expected.mapValues { $0[.sessionRecordings] ?? 0 }
    for month in expected.keys { expected[month]?[.sessionRecordings] = nil }
    #expect(Self.sum(replay) == expected)
    // 1,000 users, 9 events of each, in a mean month.
    #expect((expected[CalendarMonth("2027-03")!]?[.events] ?? 0) > 8_000)
    let usage = UsageHistory.load(path: "\(folder.path)/usage.csv", name: "usage.csv")
    let series = try #require(usage.total(of: .sessionRecordings))
    for (month, units) in recordings {
      #expect(
        series.wholeUnits(from: month.firstDay, to: month.advanced(by: 1).firstDay) == units)
    }
  }

  @Test func `come from as many persons a month as the scenario says, identified as it says`()
    throws
  {
    let generator = try Self.generator()
    let march = try Self.lines(generator, 0..<31)
    var people: [String: Set<Substring>] = [:]
    for line in march {
      let id = try #require(line.split(separator: "\"distinct_id\":\"").last?.prefix { $0 != "\"" })
      let team = line.contains("genops_team") ? "shop" : "app"
      people[team + (id.hasPrefix("user_") ? "+" : "-"), default: []].insert(id)
      #expect(id.hasPrefix("user_") != line.contains("\"$process_person_profile\":false"))
    }
    let counts = people.mapValues(\.count)
    #expect(counts["app+"] == 500 && counts["app-"] == nil)
    let (known, others) = (counts["shop+"] ?? 0, counts["shop-"] ?? 0)
    #expect(known + others == 1_000)
    // The events of each day are rounded.
    #expect((397...403).contains(known))
    let told = generator.personCount(monthOf: 0)
    #expect(told.identified == Int64(known) + 500 && told.anonymous == Int64(others))
    // The same people come again.
    let april = try Self.lines(generator, 31..<61)
    let again = april.compactMap {
      $0.split(separator: "\"distinct_id\":\"").last?.prefix { $0 != "\"" }
    }
    let all = people.values.reduce(Set()) { $0.union($1) }
    #expect(Set(again).subtracting(all).count <= 2)
  }

  @Test func `are in the order of time, and no two have an id`() throws {
    let lines = try Self.lines(Self.generator(), 3..<6)
    let ids = lines.map { $0.prefix(46) }
    #expect(Set(ids).count == lines.count)
    let times = lines.compactMap { $0.split(separator: "\"timestamp\":\"").last?.prefix(32) }
    #expect(times.count == lines.count && times == times.sorted())
    #expect(times.first?.hasPrefix("2027-03-04T00:") == true)
    #expect(times.last?.hasPrefix("2027-03-06T23:") == true)
  }

  @Test func `of a day are the same bytes whichever days are written with it`() throws {
    let all = try Self.lines(Self.generator(), 0..<40)
    let some = try Self.lines(Self.generator(), 33..<35)
    let first = try #require(all.firstIndex { $0.contains("\"timestamp\":\"2027-04-03") })
    #expect(Array(all[first..<first + some.count]) == some)
    #expect(try Self.lines(Self.generator(seed: 8), 33..<35) != some)
    #expect(try Self.lines(Self.generator(seed: 8), 33..<35).count == some.count)
  }

  @Test func `scaled are as many times the events of as many times the people`() throws {
    let one = try Self.generator()
    let three = try Self.generator(scale: 3)
    #expect(three.traffic.eventCount(0..<61) == 3 * one.traffic.eventCount(0..<61))
    let people = three.personCount(monthOf: 0)
    #expect(people.identified + people.anonymous == 4_500)
    #expect((2_685...2_715).contains(people.identified))
  }

  @Test func `of unequal people come mostly from a few`() throws {
    // 10 % of the users make half of all events, but for the first one of each.
    let text = """
      scenario: made
      period: 2027-03 to 2027-03
      traffic:
        - shop: {users: 1k, events: 101 per user per month, identified: 100%, activity: 10% of users make 50%, noise: none}

      """
    var counts: [Substring: Int] = [:]
    let lines = try Self.lines(Self.generator(text), 0..<31)
    for line in lines {
      let id = line.split(separator: "\"distinct_id\":\"").last?.prefix { $0 != "\"" } ?? ""
      counts[id, default: 0] += 1
    }
    #expect(counts.count == 1_000)
    let top = counts.values.sorted(by: >).prefix(100).reduce(0, +)
    let expected = 100 + 0.5 * Double(lines.count - 1_000)
    #expect(abs(Double(top) / expected - 1) < 0.05)
  }

  @Test func `that an exact run refuses some of are refused by a replay under its plan`() throws {
    let text =
      Self.shop
      + "budget: 0.5 USD per month\ngovernance: {mode: enforced}\nopening_usage: {events: 2M}\n"
    let plan = try Self.plan(text)
    let generator = try Self.generator(text)
    let folder = try Folder()
    _ = try GeneratedFiles(
      .folder(folder.path, ending: ".jsonl"), usage: nil, replaces: false
    ).write(generator, days: 0..<31) { _ in }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files.count == 31 && files[0] == "events-2027-03-01.jsonl")
    var configuration = AdapterConfiguration(opening: plan.opening)
    configuration.plan = plan.scenario.governance
    let replay = try EventReplay.run(
      files.map { ("\(folder.path)/\($0)", $0) }, configuration)
    let refused = replay.usageClasses.reduce(0) { $0 + $1.tally.refused }
    #expect(refused > 0)
    #expect(replay.cost <= Money(nanos: 500_000_000))
    #expect(replay.cost > Money(nanos: 490_000_000))
  }
}
