import Foundation
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsForecasting

/// What every registered model of a series has to do, whatever it is given.
@Suite("Every series model")
struct SeriesModelContract {
  static let levels = [0.025, 0.1, 0.5, 0.9, 0.975]
  static let kinds = SeriesModels.registry.names

  private func answer(_ name: String, _ series: TimeSeries, horizon: Int = 9, paths: Int = 20)
    throws
    -> SeriesForecast
  {
    let kind = try #require(SeriesModels.registry[name])
    return kind.forecast(
      series,
      SeriesRequest(
        horizon: horizon, levels: SeriesModelContract.levels, pathCount: paths,
        source: RandomSource(seed: 7)))
  }

  private static func noise(_ count: Int, seed: UInt64 = 3) -> [Double] {
    var generator = RandomGenerator(RandomSource(seed: seed).key("noise", purpose: "test"))
    return (0..<count).map { _ in generator.normal() }
  }

  /// By what they are.
  static let series: [(String, [Double])] = [
    ("none", []), ("one", [5]), ("two", [5, 7]), ("three", [0, 3, 1]), ("four", [2, 4, 3, 5]),
    ("six", [2, 4, 3, 5, 4, 6]), ("unknown", [.nan, .nan, .nan]), ("one-known", [.nan, 4, .nan]),
    ("constant", [Double](repeating: 7, count: 30)), ("zero", [Double](repeating: 0, count: 30)),
    ("gaps", (0..<40).map { $0 % 3 == 0 ? .nan : 20 + Double($0 % 7) }),
    ("ends-unknown", (0..<40).map { $0 > 30 ? .nan : 20 + Double($0 % 7) }),
    ("huge", noise(60).map { 1e15 * exp(0.1 * $0) }),
    ("tiny", noise(60).map { 1e-9 * exp(0.1 * $0) }),
    ("silent", (0..<60).map { $0 % 5 == 0 ? 3 : 0 }),
    ("half-silent", (0..<60).map { Double($0 % 2 * 5) }),
    ("shift", noise(60).enumerated().map { ($0 < 45 ? 100 : 900) + $1 }),
    ("spike", noise(60).enumerated().map { $0 == 50 ? 1e6 : 100 + $1 }),
    ("signed", noise(60)), ("falls-silent", noise(60).enumerated().map { $0 < 50 ? 50 + $1 : 0 }),
    ("infinite", noise(60).enumerated().map { $0 == 20 ? .infinity : 50 + $1 }),
  ]

  @Test("answers everything, sorted, finite and never negative", arguments: kinds)
  func answers(_ name: String) throws {
    for (what, values) in SeriesModelContract.series {
      let series = TimeSeries(name: what, values: values, step: .day, seasonLength: 7)
      let answer = try answer(name, series)
      let isCount = !values.contains { $0 < 0 }
      #expect(answer.point.count == 9 && answer.quantiles.count == 9, "\(what)")
      #expect(answer.paths.count == 20 && answer.paths.allSatisfy { $0.count == 9 }, "\(what)")
      #expect(answer.point.allSatisfy { $0.isFinite }, "\(what): \(answer.point)")
      for row in answer.quantiles + answer.paths {
        #expect(row.allSatisfy { $0.isFinite }, "\(what): \(row)")
        #expect(!isCount || row.allSatisfy { $0 >= 0 }, "\(what): \(row)")
      }
      for row in answer.quantiles {
        #expect(row.count == 5 && zip(row, row.dropFirst()).allSatisfy { $0 <= $1 }, "\(what)")
      }
      #expect(!answer.model.isEmpty)
    }
  }

  @Test("says so where there is too little to go by", arguments: kinds)
  func says(_ name: String) throws {
    // Two values are enough for the last one again, three for a line; nothing is smoothed from five.
    let least = ["naive": 2, "seasonal-naive": 2, "drift": 3][name] ?? 6
    for (what, values) in SeriesModelContract.series.prefix(6) {
      let answer = try answer(name, TimeSeries(name: what, values: values))
      let isGuess = values.count < least
      #expect(
        answer.findings.all.contains { $0.code == "unreliable-forecast" } == isGuess, "\(what)")
      #expect((answer.model == name) != isGuess, "\(what)")
    }
    let constant = TimeSeries(name: "c", values: [Double](repeating: 7, count: 30))
    let answer = try answer(name, constant)
    #expect(answer.point == [Double](repeating: 7, count: 9))
    #expect(answer.findings.all.map(\.code) == ["constant-series"])
  }

  @Test("gives the same answer again, and the same in another unit", arguments: kinds)
  func repeats(_ name: String) throws {
    let values = SeriesModelContract.noise(80).enumerated().map { index, noise in
      exp(4 + 0.3 * sin(2 * .pi * Double(index) / 7) + 0.1 * noise)
    }
    let series = TimeSeries(name: "s", values: values, step: .day, seasonLength: 7)
    let first = try answer(name, series)
    let again = try answer(name, series)
    #expect(first.point == again.point && first.quantiles == again.quantiles)
    #expect(first.paths == again.paths)
    var scaled = series
    scaled.values = values.map { $0 * 1024 }
    let other = try answer(name, scaled)
    for step in 0..<9 {
      #expect(abs(other.point[step] / 1024 / first.point[step] - 1) < 1e-3, "\(name)")
      for level in 0..<5 {
        let (a, b) = (other.quantiles[step][level] / 1024, first.quantiles[step][level])
        #expect(abs(a - b) < 1e-3 * first.point[step], "\(name)")
      }
    }
  }

  @Test(
    "a horizon of none is no steps, and more levels or paths change no other answer",
    arguments: kinds)
  func horizons(_ name: String) throws {
    let series = TimeSeries(
      name: "s", values: SeriesModelContract.noise(50).map { 20 + $0 }, seasonLength: 7)
    let none = try answer(name, series, horizon: 0)
    #expect(none.point.isEmpty && none.quantiles.isEmpty)
    #expect(try answer(name, series, paths: 0).quantiles == answer(name, series).quantiles)
    #expect(
      try Array(answer(name, series, paths: 40).paths.prefix(20)) == answer(name, series).paths)
  }
}
