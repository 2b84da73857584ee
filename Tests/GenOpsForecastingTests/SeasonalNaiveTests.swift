import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Seasonal naive")
struct SeasonalNaiveTests {
  private func fit(_ series: DailySeries) -> SeasonalNaive {
    SeasonalNaive(series, name: "events", at: nil)
  }

  /// Expected units of the days ahead.
  private func expected(_ model: SeasonalNaive, days: Int) -> [Double] {
    model.profile(from: model.dayZero, count: days).map { $0 * model.level }
  }

  /// Logarithms of the errors of day `day` on 4,000 paths.
  private func errors(_ model: SeasonalNaive, day: Int, motion: LevelMotion = .own) -> [Double] {
    let key = RandomSource(seed: 5).key("account", purpose: "errors")
    var random = RandomGenerator()
    var days = [Double](repeating: 1, count: day + 1)
    return (0..<4000).map { path in
      days.withUnsafeMutableBufferPointer {
        $0.update(repeating: 1)
        model.applyErrors(
          to: $0, motion: motion, key: key, path: path, generator: &random)
      }
      return log(days[day])
    }
  }

  /// Each weekday by itself is a random walk: this week's logarithm is last week's and a normal step.
  private func walk(days: Int, step: Double, seed: UInt64) -> DailySeries {
    var random = RandomGenerator(RandomSource(seed: seed).key("walk", purpose: "history"))
    var logs: [Double] = []
    for day in 0..<days {
      logs.append((day < 7 ? log(10_000) : logs[day - 7]) + step * random.normal())
    }
    return DailySeries(start: SimulatedHistory().start, values: logs.map { exp($0) })
  }

  @Test("a day is the same weekday of the last week, every week")
  func lastWeek() {
    let series = SimulatedHistory().series()
    let days = expected(fit(series), days: 28)
    for (ahead, units) in days.enumerated() {
      let last = series.values[series.values.count - 7 + ahead % 7]
      #expect(abs(units - last) < 1e-6 * last)
    }
    let model = fit(series)
    let later = model.profile(from: model.dayZero.advanced(by: -3), count: 10)
    #expect(Array(later[3...]) == model.profile(from: model.dayZero, count: 7))
  }

  @Test("an unknown day is that of the week before")
  func gap() {
    let series = SimulatedHistory().series { $0 == 499 ? .nan : $1 }
    let days = expected(fit(series), days: 7)
    #expect(abs(days[6] - series.values[492]) < 1e-6 * days[6])
  }

  @Test("the variance of k weeks ahead is k times that of one, and a given growth's level stays")
  func spread() {
    let model = fit(walk(days: 701, step: 0.1, seed: 3))
    let one = Statistics.sd(errors(model, day: 2))
    #expect(abs(one - 0.1) < 0.02)
    for (day, weeks) in [(9, 2.0), (23, 4.0), (72, 11.0)] {
      // The standard error of a standard deviation of 4,000 is 1.1 %.
      #expect(abs(Statistics.sd(errors(model, day: day)) / (one * weeks.squareRoot()) - 1) < 0.05)
    }
    #expect(abs(Statistics.sd(errors(model, day: 72, motion: .withGrowth)) / one - 1) < 0.05)
  }

  @Test("8 of 10 months of weekdays that wander lie within its range")
  func backtest() {
    var accuracy = ForecastAccuracy()
    for seed in 1...60 as ClosedRange<UInt64> {
      let series = walk(days: 400, step: 0.1, seed: seed)
      let window = Backtest.Window(first: series.start.advanced(by: 372), dayCount: 28)
      let backtest = Backtest(SeasonalNaive.self, paths: 400, source: RandomSource(seed: seed))
      guard let actual = series.sum(from: window.first, to: window.end),
        let totals = backtest.totals(of: series, name: "events", in: window)
      else { continue }
      accuracy.compare(totals, with: actual)
    }
    #expect(accuracy.errors.count == 60)
    // Binomial(60, 0.8): fewer than 39 or more than 57 come once in 300.
    #expect((39...57).contains(accuracy.held), "\(accuracy.held)")
  }

  @Test("series of different length move together where both have a history")
  func together() {
    let long = SimulatedHistory().series()
    let short = DailySeries(
      start: long.start.advanced(by: 150), values: long.values[150...].map { $0 * 3 })
    let pairs = zip(errors(fit(long), day: 1), errors(fit(short), day: 1))
    #expect(pairs.count { abs($0 - $1) < 0.01 } > 2000)
  }

  @Test("what it cannot do is said")
  func fallbacks() {
    let whole = SimulatedHistory()
    for (series, code) in [
      (SimulatedHistory(days: 20).series(), "short-history"),
      (whole.series { $0 % 3 == 0 ? $1 : 0 }, "intermittent"),
      (whole.series { $0 < 495 ? $1 : 0 }, "ends-in-zeros"),
      (whole.series { _, _ in 0 }, "no-usage"),
      (whole.series { _, _ in .nan }, "no-history"),
    ] {
      #expect(fit(series).findings.all.map(\.code) == [code])
    }
    #expect(fit(whole.series()).findings.all.isEmpty)
    #expect(fit(whole.series { $0 == 300 ? -1 : $1 }).level > 0)
  }
}
