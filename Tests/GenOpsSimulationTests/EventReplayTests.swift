import Foundation
import GenOpsCosting
import GenOpsGovernance
import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits
import Synchronization
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation
import GenOpsAdmission
import GenOpsNumerics

/// A file with these lines, removed with the value.
final class TemporaryFile {
  let path: String

  init(_ lines: [String], ending: String = "jsonl") throws {
    path = NSTemporaryDirectory() + "genops-\(UUID().uuidString).\(ending)"
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

struct `A replay` {
  /// `count` events, one per second of 2027-02-14 from noon on, the first of them first.
  private func lines(_ count: Int, name: (Int) -> String = { _ in "$pageview" }) -> [String] {
    (0..<count).map {
      let time = String(format: "%02d:%02d:%02d", 12 + $0 / 3600, $0 / 60 % 60, $0 % 60)
      let id = String(format: "00000000-0000-4000-8000-%012d", $0)
      return #"{"uuid":"\#(id)","event":"\#(name($0))","distinct_id":"u\#($0 % 7)","properties":{"#
        + #""$process_person_profile":false},"timestamp":"2027-02-14T\#(time)Z"}"#
    }
  }

  private func run(_ lines: [String], _ configuration: AdapterConfiguration) throws -> EventReplay {
    let file = try TemporaryFile(lines)
    return try EventReplay.run([(file.path, "events.jsonl")], configuration)
  }

  private func enforced(_ limit: Money) throws -> AdapterConfiguration {
    AdapterConfiguration(
      plan: GovernancePlan(
        mode: .enforced, budgets: [Budget(name: "day", limit: limit, period: .day)]),
      opening: OpeningBalance(
        current: Dictionary(
          uniqueKeysWithValues: Meter.allCases.map { ($0, $0 == .events ? 1_000_000 : 0) })))
  }

  @Test func `that does not give every element one outcome is a defect, and says so`() throws {
    let whole = try run(lines(40), enforced(Money(nanos: 500_000)))
    try whole.conserves()
    var broken = whole
    broken.duplicates += 1
    #expect(throws: FindingsError.self) { try broken.conserves() }
    // All that was offered, and no decision on one of them.
    broken = whole
    broken.usageClasses[0].tally.refused -= 1
    #expect(throws: FindingsError.self) { try broken.conserves() }
  }

  @Test func `gives every element one outcome`() throws {
    var recording = lines(40)
    recording += [recording[3], "not JSON", #"{"event":"x"}"#, recording[5]]
    // 0.00005 an event: the budget has room for ten.
    let replay = try run(recording, enforced(Money(nanos: 500_000)))
    let offered = replay.usageClasses.map(\.tally).reduce(0) { $0 + $1.offered }
    #expect(replay.read == 44)
    #expect(replay.malformed.map(\.count).reduce(0, +) == 2)
    // A copy of an event that was refused is not a duplicate: nothing of it was sent.
    #expect(replay.duplicates == 2)
    #expect(offered == 40)
    #expect(
      replay.usageClasses.first?.tally.sent == 10 && replay.usageClasses.first?.tally.refused == 30)
    #expect(replay.cost == Money(nanos: 500_000))
    #expect(replay.alerts.map(\.percent) == [80, 90, 95, 100])
    #expect(replay.findings.all.filter { $0.code == "event-malformed" }.count == 2)
  }

  @Test func `counts by day without gaps, for a history`() throws {
    var recording = lines(3)
    recording.append(recording[0].replacing("2027-02-14", with: "2027-02-16"))
    let replay = try run(recording, AdapterConfiguration(opening: .nothing))
    #expect(replay.history(keepsEdges: false).total(of: .events)?.values == [3, 0, 1])
    #expect(
      replay.history(keepsEdges: false).total(of: .events)?.start == CalendarDay("2027-02-14"))
  }

  @Test func `of a scenario's history gives the shares of the events`() throws {
    let names = ["$pageview", "$pageview", "signup_completed", "$autocapture"]
    let file = try TemporaryFile(lines(400) { names[$0 % 4] })
    let plan = try TextScenario.plan(
      """
      period: 2027-03 to 2027-03
      history: \(file.path)
      options:
        - sampled: {sample: {$pageview: 10%}}
      """)
    let shares = Dictionary(
      uniqueKeysWithValues: plan.draws.filter { $0.name.hasPrefix("mix.") }.map {
        ($0.name, $0.distribution)
      })
    #expect(shares["mix.$pageview"] == .constant(0.5))
    #expect(shares["mix.critical"] == .constant(0.25))
    #expect(!plan.findings.all.contains { $0.code == "assumption" })
  }

  @Test func `names events of 1970 and 2099 and bills them nowhere`() throws {
    let one = lines(1)[0]
    let strays = ["1970-01-01", "2099-01-01", "0001-01-01", "9999-12-31"].map {
      one.replacing("2027-02-14", with: $0)
    }
    let configuration = AdapterConfiguration(opening: .nothing)
    for around in [lines(1), lines(300)] {
      let replay = try run([strays[0]] + around + strays[1...], configuration)
      #expect(replay.days.map(\.day) == [CalendarDay("2027-02-14")])
      #expect(replay.read == around.count + 4)
      #expect(replay.malformed.map(\.count) == [4] && replay.malformed[0].reason == .farDay)
      let said = replay.findings.all.filter { $0.code == "stray-days" }
      #expect(said.compactMap { $0.location?.line } == [1] + (1...3).map { around.count + 1 + $0 })
      #expect(!replay.findings.all.contains { $0.code == "event-order" })
    }
    let error = #expect(throws: FindingsError.self) {
      try run([strays[0], strays[0]], configuration)
    }
    #expect(
      error?.findings.all.map(\.code).sorted() == ["events-empty", "stray-days", "stray-days"])
  }

  @Test func `counts only late events as out of order`() throws {
    func late(_ lines: [String]) throws -> String? {
      try run(lines, AdapterConfiguration(opening: .nothing)).findings.all
        .first { $0.code == "event-order" }?.message
    }
    let recording = lines(100)
    #expect(try late(recording) == nil)
    #expect(
      try late(Array(recording.dropFirst()) + recording.prefix(1))
        == "1 of 100 events came behind events that happened after them; sorted")
    #expect(try late(recording.reversed())?.hasPrefix("99 of 100") == true)
  }

  @Test func `of nothing that can be read says why, with the lines`() throws {
    let recording = lines(8).map { $0.replacing("Z\"", with: " CET\"") }
    let error = #expect(throws: FindingsError.self) {
      try run(recording, AdapterConfiguration(opening: .nothing))
    }
    let said = error?.findings.all ?? []
    #expect(
      said.filter { $0.code == "event-malformed" }.compactMap { $0.location?.line } == [
        1, 2, 3, 4, 5, 6,
      ])
    // The sixth says how many more there are, at the first of them.
    #expect(said.contains { $0.message.contains("3 more of the same kind") })
    #expect(said.contains { $0.code == "events-empty" && $0.message.contains("none of the 8") })
  }

  @Test func `of a recording with a hole takes the hole as unknown`() throws {
    let one = lines(1)[0]
    func history(_ days: [String]) throws -> UsageHistory {
      try run(
        days.map { one.replacing("2027-02-14", with: $0) }, AdapterConfiguration(opening: .nothing)
      ).history(keepsEdges: false)
    }
    let short = try history(["2027-02-01", "2027-02-09"])
    #expect(short.total(of: .events)?.missingDays == 0)
    let long = try history(["2027-02-01", "2027-02-10"])
    #expect(long.total(of: .events)?.missingDays == 8)
    let joined = UsageHistory(
      joining: [UsageFile(counted: long, name: "e", keepsEdges: true)])
    #expect(joined.total(of: .events)?.missingDays == 8)
    #expect(
      joined.findings.all.contains { $0.message.contains("known of 2027-02-02 to 2027-02-09") })
  }

  @Test func `stops at too many malformed lines, with the line`() throws {
    let file = try TemporaryFile(lines(2) + ["{", "["])
    let error = #expect(throws: FindingsError.self) {
      try EventReplay.run(
        [(file.path, "events.jsonl")], AdapterConfiguration(opening: .nothing), maxErrors: 0)
    }
    #expect(error?.findings.all.first?.location?.line == 3)
  }
}

struct `A decision` {
  /// The events of a certain scenario, once through `grain: exact` and once through the production
  /// adapter with its clock, its meter and its lock: the same refusals, costs and totals.
  @Test func `is the same in a simulation and in production`() async throws {
    let text = """
      period: 2027-01 to 2027-01
      traffic:
        - app: {events: 2000 per day, identified: 30%, noise: none}
      mix: {signup_completed: 2%}
      grain: exact
      opening_usage: {events: 1000000, identified_events: 1000000}
      governance: {mode: enforced, budget: 1 USD per week}
      """
    let plan = try TextScenario.plan(text, paths: 1)
    let runner = try OptionRunner(plan: plan, option: plan.options[0])
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    runner.run(future, path: 0)

    let clock = SettableClock()
    let alerts = Mutex<[Alert]>([])
    let adapter = try PostHogAdapter(
      AdapterConfiguration(
        plan: plan.options[0].governance,
        calculator: CostCalculator(book: plan.scenario.book, addOns: plan.scenario.addOns),
        opening: plan.opening, onAlert: { alert, _ in alerts.withLock { $0.append(alert) } }),
      transport: CountingTransport(), clock: clock)
    var number: UInt64 = 0
    for day in 0..<future.dayCount {
      let instant = Timestamp(startOf: plan.period.start.advanced(by: day))
      clock.instant.withLock { $0 = instant }
      let lines = Array(zip(plan.options[0].usageClasses, runner.shares(future, path: 0)))
      // Each minute has its part of every kind of event; the simulation takes what it can together.
      for slice in 0..<DaySlices.count {
        for (line, share) in lines {
          let count = share.count(future.units[day], future.identified[day], on: day)
          let before = DaySlices.items(of: count, before: slice)
          for _ in before..<DaySlices.items(of: count, before: slice + 1) {
            number += 1
            adapter.capture(
              UsageEvent(
                name: line.eventName == "other" ? "custom" : line.eventName,
                // One person each: an anonymous event of a known person would be identified.
                distinctID: "\(number)", uuid: EventUUID(high: 1, low: number), timestamp: instant,
                processPersonProfile: line.identified))
          }
        }
      }
    }
    let production = adapter.snapshot()
    #expect(
      production.usageClasses.map(\.refused).reduce(0, +) == runner.outcome.refused.reduce(0, +))
    #expect(runner.outcome.refused.reduce(0, +) > 0)
    #expect(production.totals.map(\.cost).reduce(0, +) == runner.outcome.months.reduce(0, +))
    let simulated = runner.snapshot()
    #expect(production.totals == simulated.totals)
    #expect(production.budgets == simulated.budgets)
    // The adapter hands alerts on as they come; the simulation keeps them.
    #expect(alerts.withLock { $0.sorted() } == simulated.alerts)
    #expect(simulated.alerts.count > 4)
  }
}

private final class SettableClock: WallClock {
  let instant = Mutex(Timestamp(startOf: CalendarDay(number: 20_819)))
  func now() -> Timestamp { instant.withLock { $0 } }
}
