import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsForecasting
@testable import GenOpsNumerics

@Suite("Growth found in a history")
struct GrowthFitTests {
  /// A logistic curve far from its cap: what the history cannot say, a prior must.
  static let early = CalibrationCase.history(days: 120, noise: 0.05, number: 1) {
    let r = log(1.15) / 30.4375
    return 8 / (1 + 7 * exp(-r * $0))
  }

  @Test("without noise the parameters and today's level are found exactly")
  func exact() throws {
    let r = log(1.15) / 30.4375
    let series = DailySeries(
      start: CalendarDay(number: 20_000),
      values: (0..<400).map { 1000 * 1.4 / (1 + 0.4 * exp(-r * Double($0 - 400))) })
    let fit = try LogisticGrowth.fit(series)
    #expect(abs(fit.estimates[0].value - 1.4) < 1e-6)
    #expect(abs(fit.estimates[1].value - 0.15) < 1e-6)
    #expect(abs(fit.level - 1000) < 1e-3)
  }

  @Test("a prior decides what the history leaves open, and a constant is taken as given")
  func prior() throws {
    let known = try UncertainValue.between(6, 10)
    let fit = try LogisticGrowth.fit(Self.early, prior: ["cap": known])
    let (low, high) = fit.estimates[0].interval(0.9)
    #expect(low > 5 && high < 12, "\(low) to \(high)")
    #expect(abs(fit.estimates[1].value - 0.15) < 0.03)
    #expect(fit.model.saturation.cap.quantile(0.5) == fit.estimates[0].value)
    let given = try LogisticGrowth.fit(Self.early, prior: ["cap": .constant(8)])
    #expect(given.model.saturation.cap.isConstant)
    #expect(abs(given.model.saturation.cap.mean - 8) < 1e-12)
    #expect(given.estimates[1].standardError < fit.estimates[1].standardError)
    let brownian = try GeometricBrownianGrowth.fit(
      Self.early, prior: ["volatility": .constant(0.2)])
    #expect(brownian.model.volatility.isConstant)
  }

  @Test("estimates that depend on each other say so, as correlations that can be drawn")
  func correlations() throws {
    let fit = try #require(
      try? GompertzGrowth.fit(
        CalibrationCase.history(days: 540, noise: 0.05, number: 3) {
          pow(1.5, 1 - exp(-log(1.03) / 30.4375 / log(1.5) * $0))
        }))
    #expect(abs(fit.rankCorrelations[0][1]) > 0.3)
    let inputs = fit.model.uncertainParameters.map { UncertainInput($0.name, $0.distribution) }
    var findings = Findings()
    let tied = Correlations(
      [.init("cap", "rate", fit.rankCorrelations[0][1])], among: inputs, &findings)
    #expect(tied != nil && findings.all.isEmpty)
  }

  @Test("Fader and Hardie's two cohorts have their published estimates")
  func published() throws {
    // "How to Project Customer Retention", Journal of Interactive Marketing 21 (2007), from the
    // first seven years: 0.668 and 3.806 for the high end, 0.704 and 1.182 for regular customers.
    let cohorts = [
      ([1000, 869, 743, 653, 593, 551, 517, 491], [0.668, 3.806]),
      ([1000, 631, 468, 382, 326, 289, 262, 241], [0.704, 1.182]),
    ]
    for (cohort, published) in cohorts {
      let fit = try RetentionFit(.betaGeometric, cohorts: [cohort])
      for (seen, exact) in zip(fit.estimates, published) {
        #expect(abs(seen.value - exact) < 1e-3, "\(seen.name): \(seen.value)")
      }
    }
  }

  @Test("several cohorts tell more than one")
  func manyCohorts() throws {
    let cohort = [1000, 631, 468, 382, 326, 289, 262, 241]
    let one = try RetentionFit(.power, cohorts: [cohort])
    let four = try RetentionFit(.power, cohorts: [cohort, cohort, cohort, cohort])
    for (a, b) in zip(one.estimates, four.estimates) {
      #expect(abs(a.value / b.value - 1) < 1e-3)
      #expect(abs(a.standardError / b.standardError - 2) < 0.01)
    }
  }

  @Test("a week and missing days do not disturb a fit")
  func gaps() throws {
    var series = CalibrationCase.history(days: 540, noise: 0.02, number: 5) {
      1.4 / (1 + 0.4 * exp(-log(1.15) / 30.4375 * $0))
    }
    for day in stride(from: 11, to: 540, by: 17) { series.values[day] = .nan }
    series.values[200] = 0
    let fit = try LogisticGrowth.fit(series)
    #expect(abs(fit.estimates[0].value - 1.4) < 0.03)
    #expect(abs(fit.dayNoise - 0.02) < 0.005)
  }

  @Test("what cannot be found is an error, not a guess")
  func impossible() {
    let short = DailySeries(
      start: CalendarDay(number: 20_000), values: (1...40).map { Double($0) })
    let flat = DailySeries(
      start: CalendarDay(number: 20_000), values: [Double](repeating: 5, count: 300))
    let empty = DailySeries(
      start: CalendarDay(number: 20_000), values: [Double](repeating: .nan, count: 300))
    for series in [short, empty] {
      #expect(throws: NumericalError.self) { try LogisticGrowth.fit(series) }
      #expect(throws: NumericalError.self) { try BassGrowth.fit(series) }
      #expect(throws: NumericalError.self) { try GeometricBrownianGrowth.fit(series) }
    }
    for series in [short, flat, empty] {
      #expect(throws: NumericalError.self) { try JumpGrowth.fit(series) }
      #expect(throws: NumericalError.self) { try RegimeGrowth.fit(series) }
    }
    #expect(throws: NumericalError.self) {
      try RetentionFit(.power, cohorts: [[100, 120, 90]])
    }
  }
}
