import GenOpsNumerics
import Testing

@testable import GenOpsForecasting

/// The measures of a forecast against numbers worked out by hand and against those of the M4 competition's
/// rules in NumPy (`score.py` of the accuracy sets, run on the three series below).
struct `Scores of a series` {
  @Test func `the scale is the mean step over a season, unknown values left out`() {
    #expect(SeriesScores.scale([1, 2, 4, 8], lag: 1) == (1 + 2 + 4) / 3.0)
    #expect(SeriesScores.scale([1, 2, 4, 8], lag: 2) == (3 + 6) / 2.0)
    #expect(SeriesScores.scale([1, .nan, 4, 8], lag: 1) == 4)
    #expect(SeriesScores.scale([1], lag: 1).isNaN)
  }

  @Test func `MASE, sMAPE and the error of the sum`() {
    #expect(SeriesScores.mase([10, 20], [12, 16], scale: 2) == 1.5)
    // 200·2/22 and 200·4/36, halved.
    #expect(abs(SeriesScores.smape([10, 20], [12, 16]) - (400 / 22.0 + 800 / 36.0) / 2) < 1e-12)
    #expect(SeriesScores.smape([0, 0], [0, 0]) == 0)
    #expect(abs(SeriesScores.sumError([10, 20], [12, 16]) + 2 / 30.0) < 1e-15)
    #expect(SeriesScores.sumError([0, 0], [1, 1]).isNaN)
    #expect(SeriesScores.mase([.nan, 20], [12, 16], scale: 2) == 2)
  }

  @Test func `the interval score is the width and 2/α times what lies outside`() {
    // Inside: 4. Below by 1: 4 + 40·1. Mean 24, over the scale 2.
    let score = SeriesScores.msis([5, 2], low: [3, 3], high: [7, 7], alpha: 0.05, scale: 2)
    #expect(abs(score - 12) < 1e-12)
    #expect(SeriesScores.coverage([5, 2, .nan], low: [3, 3, 3], high: [7, 7, 7]) == 0.5)
  }

  @Test func `the quantile score is twice the pinball loss`() {
    // y 5 above q 4 at 0.9: 2·0.9·1; below q 7 at 0.5: 2·0.5·2.
    let score = SeriesScores.crps([5], quantiles: [[7, 4]], levels: [0.5, 0.9], scale: 1)
    #expect(abs(score - (2 + 1.8) / 2) < 1e-12)
  }

  @Test func `the seasonal naive repeats the last season, or the one before an unknown value`() {
    #expect(
      ReferenceForecast.seasonalNaive([1, 2, 3, 4, 5, 6], horizon: 5, season: 3) == [4, 5, 6, 4, 5])
    #expect(
      ReferenceForecast.seasonalNaive([1, 2, 3, 4, .nan, 6], horizon: 3, season: 3) == [4, 2, 6])
    #expect(ReferenceForecast.seasonalNaive([], horizon: 2, season: 3) == [0, 0])
  }

  private static func history(_ s: Int) -> [Double] { (0..<24).map { value(s, $0) } }
  private static func value(_ s: Int, _ t: Int) -> Double {
    Double(20 * s + 5 * (t % 4) * s + (7 * t * t + s) % 11)
  }

  @Test(arguments: [
    (1, [27.32733863, 31.8074558, 38.15599787, 43.0]),
    (2, [48.29679538, 57.8363383, 69.15287622, 79.0]),
    (3, [69.73899297, 86.95603327, 101.8481367, 115.0]),
  ])
  func `Naive2 is that of the M4 competition`(series: Int, expected: [Double]) {
    let found = ReferenceForecast.naive2(Self.history(series), horizon: 6, season: 4)
    for (a, b) in zip(found, expected + expected.prefix(2)) { #expect(abs(a - b) < 1e-7) }
  }

  @Test func `Naive2 is the last value where no season shows`() {
    #expect(ReferenceForecast.naive2([3, 1, 2], horizon: 2, season: 12) == [2, 2])
    #expect(ReferenceForecast.naive2([2, 2, 2, 2, 2, 2], horizon: 1, season: 2) == [2])
  }

  @Test func `all measures of three series are those that score.py gives`() {
    let levels = SeriesWindowScore.levels(for: [0.8, 0.95])
    #expect(levels == [0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975])
    let scores = (1...3).map { s -> SeriesWindowScore in
      let mean = (0..<6).map { Double(27 * s + 4) + 0.5 * Double($0) }
      let forecast = SeriesForecast(
        point: mean, quantiles: mean.map { m in levels.map { m + ($0 - 0.5) * 20 } }, paths: [],
        model: "x")
      let actual = (24..<30).map { Self.value(s, $0) }
      return SeriesWindowScore(
        SeriesWindow(known: 24, forecast: forecast, actual: actual), history: Self.history(s),
        season: 4, intervals: [0.8, 0.95])
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    #expect(abs(mean(scores.map(\.smape)) - 16.80524648076611) < 1e-9)
    #expect(abs(mean(scores.map(\.mase)) - 1.7923976608187135) < 1e-9)
    #expect(abs(mean(scores.map(\.msis)) - 23.797601348002775) < 1e-9)
    #expect(abs(mean(scores.map(\.crps)) - 1.4387561810993272) < 1e-9)
    let owa = SeriesScores.owa(
      smape: mean(scores.map(\.smape)), mase: mean(scores.map(\.mase)),
      naive2SMAPE: mean(scores.map(\.naive2SMAPE)), naive2MASE: mean(scores.map(\.naive2MASE)))
    #expect(abs(owa - 1.7036345495041876) < 1e-9)
    let held = [0, 1].map { interval in
      mean(scores.flatMap { $0.held[interval].map { $0 ? 1.0 : 0 } })
    }
    #expect(abs(held[0] - 0.5) < 1e-12 && abs(held[1] - 0.5555555555555556) < 1e-12)
    let sums = scores.map { abs($0.sumError) * 100 }.sorted()
    #expect(abs(sums[1] - 6.045081967213115) < 1e-9)
  }
}

/// Whether coverage is judged by what it is worth.
struct `The range of a coverage` {
  @Test func `is that of a binomial proportion`() {
    // R: qbinom(c(.025, .975), 20, .8)/20 and qbinom(…, 50, .95)/50.
    #expect(CoverageRange.range(0.8, 20) == (0.6, 0.95))
    let fifty = CoverageRange.range(0.95, 50)
    #expect(abs(fifty.low - 0.88) < 1e-12 && abs(fifty.high - 1) < 1e-12)
    let many = CoverageRange.range(0.8, 10_000)
    #expect(abs(many.low - (0.8 - 1.959964 * 0.004)) < 1e-6)
  }

  @Test func `takes values of one forecast as fewer than they are`() throws {
    // All or nothing within a forecast: ten forecasts of ten steps are worth ten values.
    let whole = (0..<10).map { [Bool](repeating: $0 < 8, count: 10) }
    let few = try #require(CoverageRange(promised: 0.8, hits: whole))
    #expect(few.held == 0.8 && abs(few.trials - 10) < 1e-9)
    // The same part in every forecast: each value is worth one.
    let mixed = (0..<10).map { _ in (0..<10).map { $0 < 8 } }
    let many = try #require(CoverageRange(promised: 0.8, hits: mixed))
    #expect(abs(many.trials - 100) < 1e-9)
    #expect(few.isCredible && many.isCredible)
    #expect(CoverageRange(promised: 0.8, hits: [[], []]) == nil)
  }

  @Test func `refuses what chance does not allow`() throws {
    let hits = (0..<100).map { _ in (0..<10).map { $0 < 5 } }
    #expect(try #require(CoverageRange(promised: 0.8, hits: hits)).isCredible == false)
  }
}

/// Where a backtest begins.
struct `Rolling origins` {
  @Test func `end with the series and follow one another`() {
    #expect(
      SeriesWindow.origins(count: 100, horizon: 10, season: 7, origins: 4) == [90, 80, 70, 60])
  }

  @Test func `overlap where the series is short, and keep two seasons before them`() {
    #expect(
      SeriesWindow.origins(count: 30, horizon: 10, season: 7, origins: 4) == [20, 18, 16, 14])
    #expect(SeriesWindow.origins(count: 23, horizon: 10, season: 7, origins: 4) == [])
    #expect(SeriesWindow.origins(count: 24, horizon: 10, season: 7, origins: 4) == [14])
  }
}
