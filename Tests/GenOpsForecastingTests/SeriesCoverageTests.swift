import Foundation
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsForecasting

/// Ranges of the standard model against what then came, on simulated series with a fixed seed.
@Suite("What the ranges of a series hold")
struct SeriesCoverageTests {
  private static let horizon = 8

  enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case walk, autoregression, seasonal
    var testDescription: String { rawValue }

    /// `count` values on logarithms.
    func values(_ count: Int, _ generator: inout RandomGenerator) -> [Double] {
      var state = 0.0
      return (0..<count).map { t in
        let draw = generator.normal()
        switch self {
        case .walk: state += 0.05 * draw
        case .autoregression: state = 0.7 * state + 0.1 * draw
        case .seasonal: state = 0.1 * draw + 0.3 * sin(2 * .pi * Double(t) / 7)
        }
        return exp(5 + state)
      }
    }
  }

  @Test("hold about what they say, steps and sums", arguments: Kind.allCases)
  func coverage(_ kind: Kind) {
    let (count, h) = (90, SeriesCoverageTests.horizon)
    var (within80, within95, sums, steps) = (0, 0, 0, 0)
    let source = RandomSource(seed: 11)
    var generator = RandomGenerator()
    let series = 40
    for index in 0..<series {
      generator.seek(source.key(kind.rawValue, purpose: "coverage"), path: index)
      let values = kind.values(count + h, &generator)
      let answer = AutoSeries.forecast(
        TimeSeries(
          name: "\(index)", values: Array(values.prefix(count)), step: .day, seasonLength: 7),
        SeriesRequest(
          horizon: h, levels: [0.025, 0.1, 0.9, 0.975], pathCount: 200, source: source))
      for k in 0..<h {
        let (row, value) = (answer.quantiles[k], values[count + k])
        steps += 1
        if row[1] <= value, value <= row[2] { within80 += 1 }
        if row[0] <= value, value <= row[3] { within95 += 1 }
      }
      let range = Statistics.quantiles(
        of: answer.paths.map { $0.reduce(0, +) }, at: [0.1, 0.9])
      let sum = values.suffix(h).reduce(0, +)
      if range[0] <= sum, sum <= range[1] { sums += 1 }
    }
    let (part80, part95) = (Double(within80) / Double(steps), Double(within95) / Double(steps))
    #expect(part80 > 0.7 && part80 < 0.93, "80 % range: \(part80)")
    #expect(part95 > 0.88 && part95 <= 1, "95 % range: \(part95)")
    // 40 sums: three standard errors of 80 % are 19 points.
    #expect(sums >= 25 && sums <= 39, "80 % range of the sum: \(sums) of \(series)")
  }
}
