import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
import GenOpsNumerics

/// A way to simulate histories whose truth is known, and to find it again.
struct CalibrationCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// Whether one fit takes so long that the everyday tests can afford only a few.
  var isSlow = false
  /// The true values by the estimates' names.
  var truth: [String: Double]
  /// The estimates from the history number `number`; nil when the fit failed.
  var estimates: @Sendable (_ number: Int) -> [ParameterEstimate]?

  var testDescription: String { name }

  /// A model walked from the first day of the history on, with a week and with day noise.
  static func history(
    _ model: any GrowthModel, days: Int, noise: Double, number: Int, backwards: Bool = false
  ) -> DailySeries {
    let key = RandomSource(seed: 2027).key("calibration", purpose: type(of: model).name)
    var generator = RandomGenerator(key, path: number)
    var level = [Double](repeating: 0, count: days)
    level.withUnsafeMutableBufferPointer { model.path(into: $0, generator: &generator) }
    return week(level, noise, &generator)
  }

  /// A curve in days before day 0.
  static func history(days: Int, noise: Double, number: Int, _ curve: (Double) -> Double)
    -> DailySeries
  {
    var generator = RandomGenerator(
      RandomSource(seed: 2027).key("calibration", purpose: "curve"), path: number)
    return week((0..<days).map { curve(Double($0 - days)) }, noise, &generator)
  }

  private static func week(_ level: [Double], _ noise: Double, _ generator: inout RandomGenerator)
    -> DailySeries
  {
    let start = CalendarDay(number: 20_000)
    return DailySeries(
      start: start,
      values: level.indices.map { day in
        let weekend = start.advanced(by: day).weekday >= 5
        let error = noise > 0 ? exp(noise * generator.normal()) : 1
        return 1000 * level[day] * (weekend ? 0.6 : 1.1) * error
      })
  }

  static let all: [CalibrationCase] = [
    CalibrationCase(name: "logistic", truth: ["cap": 1.4, "rate": 0.15]) { number in
      let r = log(1.15) / 30.4375
      let series = history(days: 540, noise: 0.05, number: number) {
        1.4 / (1 + 0.4 * exp(-r * $0))
      }
      return (try? LogisticGrowth.fit(series))?.estimates
    },
    CalibrationCase(name: "gompertz", truth: ["cap": 1.5, "rate": 0.03]) { number in
      let b = log(1.03) / 30.4375 / log(1.5)
      let series = history(days: 540, noise: 0.05, number: number) {
        pow(1.5, 1 - exp(-b * $0))
      }
      return (try? GompertzGrowth.fit(series))?.estimates
    },
    CalibrationCase(name: "bass", truth: ["adopted": 0.7, "innovation": 0.02, "imitation": 0.2]) {
      number in
      let curve = BassGrowth.Curve(start: 0.7, p: 0.02 / 30.4375, q: 0.2 / 30.4375)
      let series = history(days: 440, noise: 0.05, number: number) { curve.multiplier($0) }
      return (try? BassGrowth.fit(series))?.estimates
    },
    CalibrationCase(
      name: "geometric-brownian", truth: ["drift": 0.05, "volatility": 0.4]
    ) { number in
      let model = GeometricBrownianGrowth(
        driftPerMonth: .constant(0.05), volatility: .constant(0.4))
      let series = history(model, days: 730, noise: 0, number: number)
      return (try? GeometricBrownianGrowth.fit(series))?.estimates
    },
    CalibrationCase(
      name: "jumps", isSlow: true,
      truth: [
        "drift": 0.03, "volatility": 0.2, "jumps": 12 / 365.25, "jump mean": 0.1, "jump sd": 0.15,
      ]
    ) { number in
      let model = JumpGrowth(
        driftPerMonth: .constant(0.03), volatility: .constant(0.2),
        jumpsPerDay: .constant(12 / 365.25), jumpMean: 0.1, jumpSD: 0.15)
      let series = history(model, days: 1460, noise: 0, number: number)
      return (try? JumpGrowth.fit(series))?.estimates
    },
    CalibrationCase(
      name: "regimes", isSlow: true,
      truth: [
        "fast": 0.2, "slow": -0.05, "fast_lasts": 40, "slow_lasts": 60, "wobble": 0.08,
      ]
    ) { number in
      let model = RegimeGrowth(
        fast: .init(ratePerMonth: .constant(0.2), lasts: .constant(40)),
        slow: .init(ratePerMonth: .constant(-0.05), lasts: .constant(60)), startsFast: true,
        volatility: Volatility(perYear: .constant(0.08)))
      let series = history(model, days: 2000, noise: 0, number: number)
      return (try? RegimeGrowth.fit(series))?.estimates
    },
    CalibrationCase(
      name: "mean-reverting", isSlow: true,
      truth: ["long_run": 0.02, "half_life": 15, "spread": 0.3]
    ) { number in
      let model = MeanRevertingGrowth(
        nowPerMonth: .constant(0.02), longRunPerMonth: .constant(0.02), halfLife: .constant(15),
        spreadPerMonth: .constant(0.3))
      let series = history(model, days: 1460, noise: 0.01, number: number)
      return (try? MeanRevertingGrowth.fit(series))?.estimates.filter { $0.name != "now" }
    },
    cohorts(.betaGeometric, ["alpha": 0.7, "beta": 1.2], .betaGeometric(alpha: 0.7, beta: 1.2)),
    cohorts(.power, ["scale": 0.8, "exponent": 0.6], .power(scale: 0.8, exponent: 0.6)),
  ]

  static func cohorts(
    _ kind: RetentionCurve.Kind, _ truth: [String: Double], _ curve: RetentionCurve
  ) -> CalibrationCase {
    CalibrationCase(name: "retention \(kind.rawValue)", truth: truth) { number in
      var generator = RandomGenerator(
        RandomSource(seed: 2027).key("cohorts", purpose: kind.rawValue), path: number)
      var left: [Int64] = [2000]
      for month in 1...12 {
        let stay = curve.kept(Double(month)) / curve.kept(Double(month - 1))
        left.append(generator.binomial(n: left[month - 1], p: stay))
      }
      return (try? RetentionFit(kind, cohorts: [left.map { Int($0) }]))?.estimates
    }
  }
}
