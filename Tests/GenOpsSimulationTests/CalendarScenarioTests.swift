import Foundation
import GenOpsForecasting
import GenOpsHistory
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

struct `A scenario's calendar` {
  /// Units by day of the only stream on the first path.
  private func days(_ text: String) throws -> [Int64] {
    let future = FuturePath(plan: try TextScenario.plan(text, paths: 1))
    future.draw(path: 0)
    return Array(future.units.prefix(future.dayCount))
  }

  private static let flat = """
    period: 2027-05 to 2027-05
    traffic:
      - app: {exceptions: 1000 per day, noise: none}

    """

  @Test func `moves exactly its days`() throws {
    let units = try days(
      Self.flat + """
        calendar:
          holidays: {effect: holidays, country: de, by: -40%}
          own day: {effect: holidays, dates: [2027-05-11], by: +50%}
          invoices: {effect: month-days, days: {1: +20%, last: +10%}}
          fair: {effect: campaign, from: 2027-05-20, by: +30%, shape: pulse, lasts: 2 days}
          outage: {effect: outage, from: 2027-05-25, lasts: 12 hours, loses: 100%, comes_back: 0%}
        """)
    var expected = [Int64](repeating: 1000, count: 31)
    // 1 May is Labour Day too; 6 May Ascension, 17 May Whit Monday (2027).
    expected[0] = 720
    for day in [6, 17] { expected[day - 1] = 600 }
    expected[10] = 1500
    for day in [20, 21] { expected[day - 1] = 1300 }
    expected[24] = 500
    expected[30] = 1100
    #expect(units == expected)
  }

  @Test func `acts on what it names, and spares the polls of servers unless told`() throws {
    let plan = try TextScenario.plan(
      """
      period: 2027-05 to 2027-05
      traffic:
        - app: {events: 100 per day, exceptions: 100 per day, identified: 0%, noise: none}
        - servers: {flag_servers: 1}
      calendar:
        all: {effect: holidays, dates: [2027-05-03], by: -50%}
        events: {effect: holidays, dates: [2027-05-04], by: -50%, on: events}
        polls: {effect: holidays, dates: [2027-05-05], by: -50%, on: [flag_servers]}
      """, paths: 1)
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    func units(_ name: String, _ day: Int) throws -> Int64 {
      let stream = try #require(plan.streams.firstIndex { $0.name.hasPrefix(name) })
      return future.units[stream * future.dayCount + day - 1]
    }
    #expect(try (3...5).map { try units("app/events", $0) } == [50, 50, 100])
    #expect(try (3...5).map { try units("app/exceptions", $0) } == [50, 100, 100])
    #expect(try (3...5).map { try units("servers", $0) } == [28_800, 28_800, 14_400])
  }

  @Test func `counts days where the business is`() throws {
    let text =
      Self.flat + "calendar:\n  business_day: %@\n"
      + "  closed: {effect: holidays, dates: [2027-05-10], by: -80%%}\n"
    // Tokyo is 9 hours ahead: its 10 May covers 9 hours of the 9th of UTC and 15 of the 10th.
    let tokyo = try days(String(format: text, "UTC+9"))
    #expect(tokyo[8] == 700 && tokyo[9] == 500 && tokyo[10] == 1000)
    // Berlin has daylight saving time in May: 2 hours.
    let berlin = try days(String(format: text, "Europe/Berlin"))
    #expect(berlin[8] == 933 && berlin[9] == 267)
  }

  @Test func `has weekdays of the business day`() throws {
    let text = """
      period: 2027-05 to 2027-05
      traffic:
        - app: {exceptions: 700 per day, noise: none, weekdays: [1, 1, 1, 1, 1, 0, 0]}
      calendar: {business_day: UTC+6}
      """
    let units = try days(text)
    // 980 a working day. Friday 7 May of UTC has 6 hours of Saturday, Sunday the 9th 6 of Monday.
    #expect(units[5] == 980 && units[6] == 735 && units[7] == 0 && units[8] == 245)
  }

  @Test func `draws dates and sizes once per path, each by its own name`() throws {
    let text =
      Self.flat + """
        calendar:
          fair: {effect: campaign, from: 2027-05-08 to 2027-05-20, by: +20% to +60%, shape: pulse,
                 lasts: 1 to 3 days}
        """
    let plan = try TextScenario.plan(text, paths: 1)
    #expect(
      plan.draws.map(\.name).filter { $0.hasPrefix("calendar.") } == [
        "calendar.fair.from", "calendar.fair.by", "calendar.fair.lasts",
      ])
    let more = try TextScenario.plan(
      text + "\n  party: {effect: holidays, dates: [2027-05-30], by: +5% to +10%}\n", paths: 1)
    let (alone, beside) = (FuturePath(plan: plan), FuturePath(plan: more))
    var firstDays: Set<Int> = []
    for path in 0..<40 {
      alone.draw(path: path)
      beside.draw(path: path)
      // The last days aside, another effect changes nothing.
      #expect(alone.units[0..<28] == beside.units[0..<28])
      let begin = try #require(alone.units.firstIndex { $0 != 1000 })
      let size = alone.units[begin]
      // What rounding leaves of a day goes to the next.
      let end = try #require(alone.units.lastIndex { abs($0 - size) <= 1 })
      #expect(alone.units[begin...end].allSatisfy { abs($0 - size) <= 1 })
      firstDays.insert(begin)
    }
    #expect(firstDays.count > 4)
  }

  @Test func `meets the closed form of an uncertain size`() throws {
    // A pulse of certain date: the mean of its days is 1000 · (1 + mean of the size).
    let plan = try TextScenario.plan(
      Self.flat + """
        calendar:
          fair: {effect: campaign, from: 2027-05-10, by: +20% to +60%, shape: pulse, lasts: 2 days}
        """, paths: 1)
    let future = FuturePath(plan: plan)
    let values = (0..<20_000).map { path -> Double in
      future.draw(path: path)
      return Double(future.units[10])
    }
    let distribution = try UncertainValue.between(0.2, 0.6)
    let error = Statistics.standardError(values)
    #expect(abs(Statistics.mean(values) - 1000 * (1 + distribution.mean)) < 4 * error)
  }

  @Test func `is taken out of a history before it is fitted, and put back into the forecast`()
    throws
  {
    // Two years of 1000 a day but for German holidays, on which there is half of it.
    let path = NSTemporaryDirectory() + "genops-calendar-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let start = try #require(CalendarDay("2025-01-01"))
    let german = try #require(HolidayCalendar.named("de"))
    let holidays = Set((2025...2027).flatMap { german.days(in: $0).map(\.day) })
    var csv = "date,events,identified_events\n"
    for day in 0..<730 {
      let date = start.advanced(by: day)
      let units = holidays.contains(date) ? 500 : 1000
      csv += "\(date),\(units),\(units)\n"
    }
    try Data(csv.utf8).write(to: URL(fileURLWithPath: path))
    let text = """
      period: 2027-01 to 2027-06
      history: \(path)
      calendar:
        holidays: {effect: holidays, country: de, by: -50%}
      """
    let plan = try TextScenario.plan(text, paths: 1)
    let future = FuturePath(plan: plan)
    future.draw(path: 0)
    for day in 0..<future.dayCount {
      let date = plan.period.start.advanced(by: day)
      let expected: Int64 = holidays.contains(date) ? 500 : 1000
      #expect(abs(future.units[day] - expected) <= 3, "\(date): \(future.units[day])")
    }
  }

  @Test func `names its dated effects in the months that they move`() async throws {
    let run = try await TextScenario.run(
      """
      period: 2027-04 to 2027-06
      traffic:
        - app: {exceptions: 1000 per day, noise: none}
      calendar:
        holidays: {effect: holidays, country: us, by: -40%}
        fair: {effect: campaign, from: 2027-05-20, by: +30%, shape: pulse, lasts: 2 days}
      """, paths: 2)
    #expect(run.result.months.map(\.drivers) == [[], ["fair"], []])
  }

  @Test func `says what acts on nothing and what is not known`() {
    let base = Self.flat + "calendar:\n"
    let cases = [
      ("  fair: {effect: campain}", "did you mean 'campaign'"),
      ("  fair: {effect: holidays, by: -5%}", "country: us"),
      ("  business_day: Mars/Base", "Europe/Berlin"),
      ("  fair: soon", "effect: campaign"),
      ("  fair: {effect: holidays, country: de, by: -5%, on: evnts}", "did you mean 'events'"),
      ("  fair: {effect: holidays, country: de, by: -5%, on: llm_events}", "lists the streams"),
      ("  fair: {effect: holidays, dates: [2029-01-01], by: -5%}", "the days are 2027-05-01"),
    ]
    for (line, help) in cases {
      let findings = TextScenario.findings(base + line + "\n")
      #expect(findings.contains { ($0.help ?? "").contains(help) }, "\(line): \(findings)")
    }
  }

  @Test func `can be tied to any other input, date or size`() throws {
    let text = """
      period: 2027-05 to 2027-05
      traffic:
        - app: {users: 20k to 30k, sessions: 6 to 10 per user per month, events: 9 per session,
                identified: 50%}
      calendar:
        fair: {effect: campaign, from: 2027-05-08 to 2027-05-20, by: +20% to +60%, shape: pulse,
               lasts: 1 to 3 days}
      faults:
        - bots: {fault: bot-storm, from: 2027-05-02 to 2027-05-25, lasts: 6 to 20 hours,
                 visits: 1k to 9k per hour, events: 2 to 5 per visit}
      budget: 500 USD per month
      correlations:
        - {between: [calendar.fair.from, fault.bots.from], rank: 0.8}
        - {between: [traffic.app.sessions, calendar.fair.by], rank: -0.6}
      """
    let plan = try TextScenario.plan(text, paths: 1)
    let future = FuturePath(plan: plan)
    let names = [
      "calendar.fair.from", "fault.bots.from", "traffic.app.sessions", "calendar.fair.by",
    ]
    let places = try names.map { name in try #require(plan.draws.firstIndex { $0.name == name }) }
    var columns = [[Double]](repeating: [], count: 4)
    for path in 0..<4_000 {
      future.draw(path: path)
      for (column, place) in places.enumerated() { columns[column].append(future.values[place]) }
    }
    func ranks(_ values: [Double]) -> [Double] {
      var ranks = [Double](repeating: 0, count: values.count)
      for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[index] = Double(rank)
      }
      return ranks
    }
    func correlation(_ a: [Double], _ b: [Double]) -> Double {
      let (x, y) = (ranks(a), ranks(b))
      let middle = Double(a.count - 1) / 2
      let product = zip(x, y).reduce(0) { $0 + ($1.0 - middle) * ($1.1 - middle) }
      return product / x.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    }
    #expect(abs(correlation(columns[0], columns[1]) - 0.8) < 0.04)
    #expect(abs(correlation(columns[2], columns[3]) + 0.6) < 0.05)
    #expect(abs(correlation(columns[0], columns[3])) < 0.06)
  }
}
