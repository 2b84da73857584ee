import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

struct `Late run: what it is taken for` {
  @Test func `a future is 1 in expectation on every step`() {
    for run in [
      LateRun(first: 400, count: 3, age: 3, gap: 0, excess: 4, stays: 0.2),
      LateRun(first: 400, count: 6, age: 6, gap: 2, excess: -0.99, stays: 0.5),
      LateRun(first: 400, count: 5, age: 5, gap: 0, excess: 1, stays: 0.01, fading: 0.6),
    ] {
      let count = 20_000
      var sums = [Double](repeating: 0, count: 60)
      for index in 0..<count {
        let future = run.future((Double(index) + 0.5) / Double(count), count: 60)
        for step in sums.indices { sums[step] += future[step] / Double(count) }
      }
      for step in sums.indices { #expect(abs(sums[step] - 1) < 1e-3, "\(run.excess) \(step)") }
      let ahead = run.profile(from: -1, count: 2000)
      #expect(ahead[0] == 1 && abs(ahead[1999] - 1) < 0.01)
      #expect(abs(ahead[1] * run.settled - run.expected(0)) < 1e-12)
    }
  }

  @Test func `the longer a level stands, the surer it is, and one that fades is none`() {
    func chance(_ days: Double, _ away: Double = 0.9, change: Double? = 0) -> Double {
      LateRun.chance(away: away, days: days, change: change, scatter: 0.1)
    }
    let days = [1.0, 2, 3, 5, 7, 10, 13].map { chance($0) }
    #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
    #expect(days[0] < 0.1 && days[2] < 0.3 && days[6] > 0.5)
    #expect(chance(5, change: -0.6) < 0.01)
    // Eight times as much is rarely a new level.
    #expect(chance(5, log(8)) < chance(5, log(2)) / 3)
  }

  /// What stands in the last days, by day before the end (1 the last).
  enum End: String, CaseIterable, Sendable {
    case launch, longLaunch, oneDay, burst, over, outage, silence

    /// Multipliers of the last days, and how far the sum of four weeks may lie from normal.
    var days: [Double] {
      switch self {
      case .launch: [8, 6, 4, 3, 2]
      case .longLaunch: (0..<14).map { 1 + 6 * exp(-Double($0) / 6) }
      case .oneDay: [7]
      case .burst: [4, 5.5, 4.5]
      case .over: [5, 4, 6, 1, 1]
      case .outage: [0.1, 0.3]
      case .silence: [0, 0]
      }
    }
  }

  static func history(_ number: Int, _ end: [Double]) -> SimulatedHistory {
    SimulatedHistory(days: 425, noise: 0.04, name: "late \(number)")
  }

  static func series(_ number: Int, _ end: [Double]) -> DailySeries {
    history(number, end).series { index, value in
      let place = index - 425 + end.count
      return place >= 0 ? (value * end[place]).rounded() : value
    }
  }

  /// The sum of four weeks from a week ahead on, over the normal one.
  static func structural(_ number: Int, _ end: [Double]) -> Double {
    let model = StructuralModel(series(number, end), name: "events")
    let ahead = `Structural: what it finds`.ahead(model, days: 35)
    return ahead[7...].reduce(0, +) / 280_000
  }

  static func automatic(_ number: Int, _ end: [Double]) -> SeriesForecast {
    let daily = series(number, end)
    let series = TimeSeries(
      name: "events", values: daily.values, step: .day, start: daily.start, seasonLength: 7)
    return PreparedSeries(series, SeriesPreparation(holidays: .none)).forecast(
      SeriesRequest(
        horizon: 35, levels: [0.025, 0.1, 0.5, 0.9, 0.975], pathCount: 200,
        source: RandomSource(seed: 3)),
      by: AutoSeries.self)
  }

  @Test("a launch, a burst or an outage at the end is not the new level", arguments: End.allCases)
  func passes(end: End) {
    for number in 0..<3 {
      let year = Self.structural(number, end.days)
      let most = end == .burst ? 1.9 : 1.4
      #expect(year > 0.8 && year < most, "structural \(number): \(year)")
      let answer = Self.automatic(number, end.days)
      let month = answer.point[7...].reduce(0, +) / 280_000
      #expect(month > 0.75 && month < most, "auto \(number): \(month)")
      // The middle is that of before.
      let middle = answer.quantiles[20][2] / 10_000
      #expect(middle > 0.6 && middle < 1.3, "auto \(number): \(middle)")
    }
  }

  @Test func `a launch that fades is told, and its fan leans to it`() throws {
    let model = StructuralModel(Self.series(1, End.launch.days), name: "events")
    let finding = try #require(model.findings.all.first { $0.code == "late-run" })
    #expect(finding.message.contains("going back"))
    let burst = Self.automatic(1, End.burst.days)
    #expect(burst.findings.all.contains { $0.code == "late-run" })
    let row = burst.quantiles[2].map { $0 / 10_000 }
    #expect(row[4] > 3 && row[2] < 1.5 && row[0] > 0.6)
    #expect(zip(row, row.dropFirst()).allSatisfy { $0 <= $1 })
    // Paths and quantiles are one distribution.
    let drawn = burst.paths.map { $0[2] }
    let mean = Statistics.mean(drawn)
    #expect(abs(mean / burst.point[2] - 1) < 0.25)
  }

  @Test("a new level is believed as far as it has stood", arguments: [0.4, 1.8, 3])
  func stays(factor: Double) {
    func share(_ days: Int) -> Double {
      // From normal, 0, to the new level, 1, on average of three histories.
      Statistics.mean(
        (0..<3).map {
          (Self.structural($0, [Double](repeating: factor, count: days)) - 1) / (factor - 1)
        })
    }
    let shares = [3, 7, 14, 28].map(share)
    #expect(shares[0] < 0.5, "\(shares)")
    #expect(shares[1] > shares[0], "\(shares)")
    #expect(shares[2] > 0.7 && shares[2] < 1.25, "\(shares)")
    #expect(shares[3] > 0.9 && shares[3] < 1.1, "\(shares)")
  }

  @Test func `of weeks the last one alone is not the level`() {
    let weeks = (0..<80).map { week -> Double in
      (70_000 * (1 + 0.02 * sin(Double(week * week % 97)))) * (week == 79 ? 4 : 1)
    }
    let series = TimeSeries(
      name: "events", values: weeks, step: .week, start: CalendarDay(number: 20_089),
      seasonLength: 52)
    let answer = PreparedSeries(series, SeriesPreparation()).forecast(
      SeriesRequest(horizon: 13, levels: [0.1, 0.5, 0.9], source: RandomSource(seed: 3)),
      by: AutoSeries.self)
    #expect(answer.point[4] < 1.7 * 70_000 && answer.point[4] > 60_000)
    #expect(abs(answer.quantiles[4][1] / 70_000 - 1) < 0.1)
  }

  @Test func `what the year before did too, and what comes every month, is not left out`() {
    let yearly = SimulatedHistory(days: 800, noise: 0.04).series { index, value in
      index % 364 >= 800 % 364 - 3 && index % 364 < 800 % 364 ? 3 * value : value
    }
    #expect(!HistoryModel(yearly, name: "a").findings.all.contains { $0.code == "late-run" })
    let monthly = SimulatedHistory(days: 425, noise: 0.04).series { index, value in
      index % 17 == 424 % 17 ? 3 * value : value
    }
    #expect(!HistoryModel(monthly, name: "a").findings.all.contains { $0.code == "late-run" })
  }
}
