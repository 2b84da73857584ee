import Foundation
public import GenOpsNumerics

/// Caps are found on a logarithmic scale, and rates too: both are positive. Before half the cap is
/// reached, a history says little about it: then give what is known as a prior.
extension LogisticGrowth: FittableGrowth {
  public static func fit(_ series: DailySeries, prior: [String: UncertainValue])
    throws(NumericalError) -> GrowthFit<LogisticGrowth>
  {
    let fit = try Saturation.fit(series, prior, "logistic growth") { values, t in
      // log of K / (1 + (K − 1)·exp(−r·t)).
      let (cap, r) = (values[0], DailyRate.log(perMonth: values[1]))
      return -log(max(1e-300, (1 + (cap - 1) * exp(-r * t)) / cap))
    }
    return fit.growth { LogisticGrowth($0) }
  }
}

extension GompertzGrowth: FittableGrowth {
  public static func fit(_ series: DailySeries, prior: [String: UncertainValue])
    throws(NumericalError) -> GrowthFit<GompertzGrowth>
  {
    let fit = try Saturation.fit(series, prior, "Gompertz growth") { values, t in
      let logCap = log(values[0])
      let b = abs(logCap) < 1e-9 ? 0 : DailyRate.log(perMonth: values[1]) / logCap
      return -logCap * expm1(-b * t)
    }
    return fit.growth { GompertzGrowth($0) }
  }
}

extension Saturation {
  /// Cap and rate from a history of at least eight weeks.
  fileprivate static func fit(
    _ series: DailySeries, _ prior: [String: UncertainValue], _ what: String,
    curve: ([Double], Double) -> Double
  ) throws(NumericalError) -> CurveFit {
    let history = try GrowthHistory(series, atLeast: 56, what)
    return try CurveFit(
      history,
      [
        .init(name: "cap", scale: .log, starts: [1.02, 1.2, 2, 5, 30]),
        .init(name: "rate", scale: .log, starts: [0.01, 0.05, 0.2, 0.6]),
      ], prior: prior, curve: curve)
  }
}

extension CurveFit {
  fileprivate func growth<Model>(_ model: (Saturation) -> Model) -> GrowthFit<Model> {
    let saturation = Saturation(
      cap: GrowthFit<Model>.distribution("cap", estimates),
      speed: .rate(GrowthFit<Model>.distribution("rate", estimates)))
    return GrowthFit(
      model: model(saturation), estimates: estimates, rankCorrelations: rankCorrelations,
      level: level, dayNoise: dayNoise)
  }
}

/// Adoption, innovation and imitation are found on logarithmic scales. A history that does not
/// reach back to the beginning says little about innovation: there give it as a prior.
extension BassGrowth: FittableGrowth {
  public static func fit(_ series: DailySeries, prior: [String: UncertainValue])
    throws(NumericalError) -> GrowthFit<BassGrowth>
  {
    let history = try GrowthHistory(series, atLeast: 56, "Bass diffusion")
    let fit = try CurveFit(
      history,
      [
        .init(name: "adopted", scale: .log, starts: [0.02, 0.1, 0.3, 0.6, 0.9]),
        .init(name: "innovation", scale: .log, starts: [0.0003, 0.003, 0.03]),
        .init(name: "imitation", scale: .log, starts: [0.01, 0.05, 0.2, 0.6]),
      ], prior: prior
    ) { values, t in
      let curve = Curve(
        start: values[0], p: values[1] / RateText.daysPerMonth,
        q: values[2] / RateText.daysPerMonth)
      let multiplier = curve.multiplier(t)
      // Before the beginning there is nobody, and no adoption is above the whole market.
      return multiplier > 0 && values[0] < 1 ? log(multiplier) : -1e3
    }
    return GrowthFit(
      model: BassGrowth(
        adopted: GrowthFit<BassGrowth>.distribution("adopted", fit.estimates),
        innovationPerMonth: GrowthFit<BassGrowth>.distribution("innovation", fit.estimates),
        imitationPerMonth: GrowthFit<BassGrowth>.distribution("imitation", fit.estimates)),
      estimates: fit.estimates, rankCorrelations: fit.rankCorrelations, level: fit.level,
      dayNoise: fit.dayNoise)
  }
}
