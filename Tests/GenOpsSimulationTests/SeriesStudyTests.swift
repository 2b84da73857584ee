import Foundation
import GenOpsCosting
import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsSimulation

/// The forecasts of many series, and what they cost.
struct `A study of series` {
  private func reader(_ text: String, smallFile: Int = SeriesReader.smallFile) throws
    -> SeriesReader
  {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try SeriesReader([url.path], smallFile: smallFile)
  }

  private func study(
    _ text: String, task: SeriesTask = SeriesTask(model: NaiveSeries.self),
    pricing: SeriesPricing? = nil
  ) async throws -> SeriesStudy {
    try await SeriesStudy.run(
      reader(text), task,
      .init(levels: task.levels, paths: 50, detailed: 10, pricing: pricing)
    ) { _ throws(FindingsError) in }
  }

  /// Days from 2027-01-01 on, all the same.
  private func constant(_ name: String, _ units: Int, days: Int) -> String {
    let start = CalendarMonth(year: 2027, month: 1).firstDay
    return (0..<days).map { "\(name),\(start.advanced(by: $0)),\(units)\n" }.joined()
  }

  @Test func `steps, seasons and horizons come from the dates`() async throws {
    let monday = CalendarMonth(year: 2024, month: 1).firstDay
    let weeks = (0..<160).map { index -> String in
      "w,\(monday.advanced(by: 7 * index)),\(index % 5 + 1)\n"
    }.joined()
    let text =
      "unique_id,ds,y\n" + constant("d", 5, days: 30) + weeks
      + "m,2026-01,1\nm,2026-02,2\nn,1,1\nn,2,2\nn,3,3\n"
    let outlooks = try await study(text).outlooks
    #expect(outlooks.map(\.season) == [7, 52, 12, 1])
    #expect(outlooks.map(\.horizon) == [28, 13, 12, 12])
    #expect(outlooks[0].series.label(outlooks[0].known) == "2027-01-31")
    #expect(outlooks[2].series.label(outlooks[2].known) == "2026-03")
    let season = try await study(text, task: SeriesTask(season: 4, model: NaiveSeries.self))
    #expect(season.outlooks.allSatisfy { $0.season == 4 })
  }

  @Test func `a constant costs what the calculator says, after what the month has had`()
    async throws
  {
    let calculator = CostCalculator()
    let pricing = SeriesPricing(calculator)
    // 45 days: January and 14 days of February; 28 days ahead are 15 of February's and 13 in March.
    let text = "unique_id,ds,y\n" + constant("events", 400_000, days: 45)
    let study = try await study(text, pricing: pricing)
    let cost = try #require(study.cost)
    let day: Int64 = 400_000
    let february = try calculator.cost(on: .events, from: 14 * day, to: 28 * day)
    let march = try calculator.cost(of: 14 * day, on: .events)
    let expected = (february + march).approximate
    #expect(abs(cost.total.expected - expected) < 1e-6)
    #expect(cost.total.low == cost.total.high)
    #expect(cost.lines.map(\.opening) == [14 * day])
    #expect(study.before == 28.0 * 400_000)
  }

  @Test func `a part is priced at no more than its whole, and what is counted apart in full`()
    async throws
  {
    let calculator = CostCalculator()
    // 31 days: the forecast is the 28 days of February. More phones than browsers are filmed.
    let text =
      "unique_id,ds,y\n" + constant("events", 100_000, days: 31)
      + constant("identified_events", 130_000, days: 31)
      + constant("session_recordings", 100, days: 31)
      + constant("mobile_recordings", 1030, days: 31)
      + constant("destination_events", 10, days: 31) + constant("rows_exported", 200_000, days: 31)
    let cost = try #require(try await study(text, pricing: SeriesPricing(calculator)).cost)
    let lines = Dictionary(uniqueKeysWithValues: cost.lines.map { ($0.meter, $0.cost.expected) })
    // 28,840 recordings: 12,500 at 0.01, then 13,840 at 0.007.
    #expect(abs((lines["mobile_recordings"] ?? 0) - 221.88) < 1e-6)
    let rows = try calculator.cost(of: 28 * 200_000, on: .rowsExported).approximate
    #expect(rows > 0 && abs((lines["rows_exported"] ?? 0) - rows) < 1e-6)
    let profiles = try calculator.cost(of: 28 * 100_000, on: .identifiedEvents).approximate
    #expect(abs((lines["identified_events"] ?? 0) - profiles) < 1e-6)
  }

  @Test func `a month is priced as one, and a week by its days`() async throws {
    let calculator = CostCalculator()
    let pricing = SeriesPricing(calculator)
    let months = try await study(
      "unique_id,ds,y\n"
        + (7...12).map { "events,2026-\($0 < 10 ? "0" : "")\($0),9000000\n" }.joined(),
      task: SeriesTask(horizon: 2, model: NaiveSeries.self), pricing: pricing)
    let one = try calculator.cost(of: 9_000_000, on: .events)
    #expect(abs((months.cost?.total.expected ?? 0) - 2 * one.approximate) < 1e-6)
    // The week of 28 December has four days in December and three in January.
    let monday = CalendarMonth(year: 2026, month: 12).firstDay.advanced(by: 20)
    let rows = (0..<7).reversed().map { "events,\(monday.advanced(by: -7 * $0)),7000000\n" }
    let weeks = try await study(
      "unique_id,ds,y\n" + rows.joined(),
      task: SeriesTask(horizon: 1, model: NaiveSeries.self), pricing: pricing)
    let parts =
      try calculator.cost(of: 4_000_000, on: .events).approximate
      + calculator.cost(of: 3_000_000, on: .events).approximate
    #expect(abs((weeks.cost?.total.expected ?? 0) - parts) < 1e-6)
    #expect(weeks.findings.all.contains { $0.code == "series-opening" })
  }

  @Test func `what is no meter, or has no dates, is told and not in the cost`() async throws {
    let text = "unique_id,ds,y\n" + constant("signups", 5, days: 10) + "events,1,5\nevents,2,5\n"
    let study = try await study(text, pricing: SeriesPricing(CostCalculator()))
    #expect(study.cost == nil)
    #expect(study.findings.all.filter { $0.code == "series-unpriced" }.count == 2)
  }

  @Test func `every number is the same for any number of threads, held or not`() async throws {
    var text = "unique_id,ds,y\n"
    for series in 0..<300 {
      for step in 1...20 {
        let value = (series * 7 + step * step) % 23
        text += "s\(series),\(step),\(value)\n"
      }
    }
    var answers: [[Double]] = []
    for (jobs, smallFile) in [(1, 0), (2, 0), (7, SeriesReader.smallFile)] {
      var task = SeriesTask(model: NaiveSeries.self)
      task.jobs = jobs
      let study = try await SeriesStudy.run(
        reader(text, smallFile: smallFile), task, .init(levels: task.levels, paths: 20)
      ) { _ throws(FindingsError) in }
      var answer: [Double] = [study.total?.high ?? 0]
      for outlook in study.outlooks {
        answer += outlook.point
        for row in outlook.quantiles { answer += row }
        answer.append(outlook.total?.low ?? 0)
      }
      answers.append(answer)
    }
    #expect(answers[0] == answers[1] && answers[1] == answers[2])
  }
}

/// Kinds against what came.
struct `A backtest of series` {
  private func contest(_ text: String, pricing: SeriesPricing? = nil) async throws -> SeriesContest
  {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try await SeriesContest.run(
      SeriesReader([url.path]), SeriesTask(horizon: 5, model: NaiveSeries.self),
      models: [NaiveSeries.self], origins: 3, pricing: pricing)
  }

  @Test func `a straight line is missed by one to five steps of it`() async throws {
    let rows = (1...40).map { step in "a,\(step),\(2 * step)\n" }.joined()
    let contest = try await contest("unique_id,ds,y\n" + rows)
    #expect(contest.windows == 3 && contest.tried == 1)
    let entry = try #require(contest.entries.first)
    // The last value again is off by 2, 4, 6, 8, 10; a step within the history is 2.
    #expect(abs(entry.mase - 3) < 1e-12)
    #expect(abs(contest.seasonalMASE - 3) < 1e-12 && contest.gain == 0)
    #expect(entry.parts.map(\.mase) == [1.5, 3.5, 5])
    #expect(abs(entry.owa - 1) < 1e-12)
    // The last stretch came to 36…40 times 2, of which 5 · 70 was expected.
    let last = try #require(contest.stretches.first)
    #expect(last.first == "36" && last.actual == 380 && last.expected == 350)
  }

  @Test func `what is too short is told`() async throws {
    let contest = try await contest("unique_id,ds,y\na,1,2\na,2,3\na,3,4\n")
    #expect(contest.entries.isEmpty && contest.tried == 0 && contest.count == 1)
    #expect(contest.findings.all.map(\.code) == ["series-short"])
  }

  @Test func `the cost of a constant is known to the cent`() async throws {
    let start = CalendarMonth(year: 2027, month: 1).firstDay
    let rows = (0..<40).map { "events,\(start.advanced(by: $0)),2000000\n" }.joined()
    let contest = try await contest(
      "unique_id,ds,y\n" + rows, pricing: SeriesPricing(CostCalculator()))
    #expect((contest.entries.first?.costError ?? 1) < 1e-12)
    let cost = try #require(contest.stretches.first?.cost)
    // 5 to 9 February, after four days of it.
    let expected = try CostCalculator().cost(on: .events, from: 8_000_000, to: 18_000_000)
    #expect(abs(cost.actual - expected.approximate) < 1e-9)
  }
}
