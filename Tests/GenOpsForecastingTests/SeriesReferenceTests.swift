import Foundation
import GenOpsNumerics
import GenOpsUnits
import Testing

@testable import GenOpsForecasting

/// Against hand computation, and against statsforecast 2.1.1 on the flow of the Nile at Aswan 1871 to
/// 1970 (Cobb, Biometrika 65, 1978; in the public domain) and Box and Jenkins' airline passengers.
@Suite("Series models against known values")
struct SeriesReferenceTests {
  static let nile: [Double] = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180,
    799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833,
    701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845,
    864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649,
    846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815,
    1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
  ]

  static let passengers: [Double] = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170,
    170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180,
    193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237,
    211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269,
    270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271,
    306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435,
    491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417,
    391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
  ]

  private func request(_ horizon: Int, levels: [Double] = [0.1, 0.5, 0.9], paths: Int = 0)
    -> SeriesRequest
  {
    SeriesRequest(
      horizon: horizon, levels: levels, pathCount: paths, source: RandomSource(seed: 1))
  }

  private func close(_ values: [Double], _ expected: [Double], _ tolerance: Double = 1e-9) -> Bool {
    values.count == expected.count
      && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
  }

  @Test("naive: the last value, spread by the root of the step")
  func naive() {
    // Steps +2, −2, +2, −2: their root mean square is 2; z(0.9) = 1.2815515655446004.
    let series = TimeSeries(name: "a", values: [10, 12, 10, 12, 10])
    let answer = NaiveSeries.forecast(series, request(4))
    #expect(answer.point == [10, 10, 10, 10])
    let upper = [1, 2, 3, 4].map { 10 + 2 * Double($0).squareRoot() * 1.2815515655446004 }
    #expect(close(answer.quantiles.map { $0[2] }, upper))
  }

  @Test("seasonal naive: the last season, wider by the root of the seasons")
  func seasonalNaive() {
    // Changes over a season of 2: +3, −1, +3, −1; root mean square √5.
    let series = TimeSeries(name: "a", values: [10, 20, 13, 19, 16, 18], seasonLength: 2)
    let answer = SeasonalNaiveSeries.forecast(series, request(5))
    #expect(answer.point == [16, 18, 16, 18, 16])
    let widths = [1, 1, 2, 2, 3].map {
      (5.0 * Double($0)).squareRoot() * 1.2815515655446004
    }
    #expect(close(answer.quantiles.map { $0[2] - $0[1] }, widths))
  }

  @Test("drift: the line through the ends, its slope uncertain too")
  func drift() {
    // Steps 1, 3, 1, 3 around their mean 2: squares 4 over T − 2 = 3.
    let series = TimeSeries(name: "a", values: [10, 11, 14, 15, 18])
    let answer = DriftSeries.forecast(series, request(3))
    #expect(answer.point == [20, 22, 24])
    let widths = [1.0, 2, 3].map {
      (4.0 / 3 * $0 * (1 + $0 / 4)).squareRoot() * 1.2815515655446004
    }
    #expect(close(answer.quantiles.map { $0[2] - $0[1] }, widths))
  }

  @Test("the paths of the simple models are as wide as their quantiles")
  func simplePaths() {
    let values = [30.0, 42, 35, 47, 33, 41, 39, 44, 36, 45]
    let series = TimeSeries(name: "a", values: values, seasonLength: 2)
    let kinds: [SeriesModelKind] = [NaiveSeries.self, SeasonalNaiveSeries.self, DriftSeries.self]
    for kind in kinds {
      let answer = kind.forecast(series, request(6, levels: [0.25, 0.75], paths: 4000))
      for step in [0, 5] {
        let drawn = Statistics.quantiles(of: answer.paths.map { $0[step] }, at: [0.25, 0.75])
        let width = answer.quantiles[step][1] - answer.quantiles[step][0]
        #expect(abs(drawn[1] - drawn[0] - width) < 0.06 * width, "\(kind.name), step \(step)")
      }
    }
  }

  /// The forecasts of `p` after `y`.
  private func theta(_ y: [Double], _ p: DynamicTheta.Parameters, steps: Int) -> [Double] {
    var state = DynamicTheta.State(y[0], p)
    for value in y.dropFirst() { state.take(value, p) }
    return (0..<steps).map { _ in
      let forecast = state.forecast(p)
      state.take(forecast, p)
      return forecast
    }
  }

  @Test("Theta's recursion has statsforecast's forecasts at its parameters")
  func thetaRecursion() {
    // thetamodel(nile, 1, "DSTM", …) and (passengers, 1, "DOTM", …): parameters and mean.
    let standard = DynamicTheta.Parameters(
      level: 844.1067762374878, smoothing: 0.30327899456024143, theta: 2)
    #expect(
      close(
        theta(SeriesReferenceTests.nile, standard, steps: 4),
        [783.0334532717, 781.6770263428, 780.3220557559, 778.9688218698]))
    let optimised = DynamicTheta.Parameters(
      level: 35.83181403044075, smoothing: 0.9899999999999997, theta: 1.335172965107954)
    #expect(
      close(
        theta(SeriesReferenceTests.passengers, optimised, steps: 4),
        [432.2609276012, 432.9250456417, 433.5862471891, 434.2445131102]))
  }

  @Test("the optimised parameters are as good as statsforecast's on the Nile")
  func thetaSearch() {
    let y = SeriesReferenceTests.nile
    let found = DynamicTheta.parameters(y)
    let theirs = DynamicTheta.Parameters(
      level: 1248.597638834178, smoothing: 0.26749083643654775, theta: 1)
    #expect(DynamicTheta.squares(y, found) <= 1.002 * DynamicTheta.squares(y, theirs))
    #expect(close(theta(y, theirs, steps: 1), [798.2301887297]))
    // A hundredth of what the river varies by.
    #expect(abs(theta(y, found, steps: 1)[0] - 798.23) < 8)
  }

  @Test("complex smoothing has statsforecast's states and forecasts at its parameters")
  func complexRecursion() {
    // auto_ces(passengers, 12, model="N"): first states, parameters, mean of forecast_ces.
    let p = ComplexSmoothing.Parameters(
      a0: 1.7999999999999998, a1: 0.9839288711547911, b0: 0, b1: 0)
    var state = ComplexSmoothing.State(SeriesReferenceTests.passengers, season: 1)
    state.level = 111.561093238
    state.potential = 69.4677854871
    state.move(SeriesReferenceTests.passengers[0] - state.forecast, p)
    #expect(close([state.level, state.potential], [110.8028466436, 57.2087500548], 1e-6))
    for value in SeriesReferenceTests.passengers.dropFirst() {
      state.move(value - state.forecast, p)
    }
    var ahead: [Double] = []
    for _ in 0..<3 {
      ahead.append(state.forecast)
      state.move(0, p)
    }
    #expect(close(ahead, [425.4909760014, 418.2376632986, 417.2021931631], 1e-6))
  }

  @Test("damped smoothing of a pure season goes on with it")
  func dampedSeason() {
    let z = (0..<60).map { [1.0, 3, 8, 4, 0][$0 % 5] }
    let rolling = DampedSmoothing.fit(z, season: 5, horizon: 7, firstOrigin: 12)
    #expect(close(rolling.ahead, [1, 3, 8, 4, 0, 1, 3], 1e-6))
    #expect(close(Array(rolling.past.prefix(7)), [8, 4, 0, 1, 3, 8, 4], 1e-6))
  }

  @Test("the classical season of a line with a season is that season")
  func classicalSeason() {
    let season = [3.0, -1, -4, 2]
    let z = (0..<40).map { 100 + 0.5 * Double($0) + season[$0 % 4] }
    #expect(close(ClassicalSeason.additive(z, season: 4), season, 1e-9))
    #expect(ClassicalSeason.isPresent(z, season: 4))
  }

  @Test("a regression on waves finds the waves")
  func waves() {
    let series = TimeSeries(
      name: "w", values: (0..<240).map { 50 * exp(0.3 * sin(2 * .pi * Double($0) / 7)) },
      step: .day, seasonLength: 7)
    let answer = HarmonicRegression.forecast(series, request(14))
    for (k, value) in answer.point.enumerated() {
      let exact = 50 * exp(0.3 * sin(2 * .pi * Double(240 + k) / 7))
      #expect(abs(value / exact - 1) < 0.005)
    }
  }

  @Test("the weighted median of points lies between those around the half of the weight")
  func weightedMedian() {
    func median(_ points: [(Double, Double)]) -> Double {
      var points = points.map { (value: $0.0, weight: $0.1) }
      return points.withUnsafeMutableBufferPointer { SeriesCombination.median($0) }
    }
    #expect(median([(3, 1)]) == 3)
    #expect(abs(median([(9, 1.0 / 3), (1, 1.0 / 3), (2, 1.0 / 3)]) - 2) < 1e-12)
    #expect(median([(1, 0.5), (5, 0.5)]) == 3)
    #expect(median([(1, 0.25), (2, 0.25), (4, 0.25), (8, 0.25)]) == 3)
  }
}
