import Foundation
public import GenOpsNumerics

/// Drift and volatility from changes over seven days that do not overlap: they hold no week, and
/// what differs from day to day without lasting (day noise) counts little in them. Day noise of
/// standard deviation e still adds 2e² to the variance of each.
///
/// With n changes of mean m and standard deviation s: μ = (m + s²/2)/7 per day, standard error
/// s/(7·√n); σ = s/√7 per √day, on a logarithmic scale with standard error 1/√(2(n − 1)). A prior
/// is joined with the estimate by their precisions.
extension GeometricBrownianGrowth: FittableGrowth {
  public static func fit(_ series: DailySeries, prior: [String: UncertainValue])
    throws(NumericalError) -> GrowthFit<GeometricBrownianGrowth>
  {
    let what = "geometric Brownian growth"
    let history = try GrowthHistory(series, atLeast: 56, what)
    let byDay = Dictionary(uniqueKeysWithValues: zip(history.times, history.logs))
    let last = history.times[history.times.count - 1]
    let changes = stride(from: last, through: history.times[0] + 7, by: -7).compactMap { day in
      byDay[day].flatMap { now in byDay[day - 7].map { now - $0 } }
    }
    let s = Statistics.sd(changes)
    guard changes.count >= 6, s > 0 else { throw NumericalError.tooShort(what) }
    let n = Double(changes.count)
    let month = RateText.daysPerMonth / 7
    let drift = ParameterEstimate(
      name: "drift", scale: .logOnePlus, theta: (Statistics.mean(changes) + s * s / 2) * month,
      standardError: s / n.squareRoot() * month, degreesOfFreedom: n - 1)
    let sigma = ParameterEstimate(
      name: "volatility", scale: .log, theta: log(s * (365.25 / 7).squareRoot()),
      standardError: 1 / (2 * (n - 1)).squareRoot(), degreesOfFreedom: .infinity)
    let estimates = [drift, sigma].map { $0.joined(with: prior[$0.name]) }
    return GrowthFit(
      model: GeometricBrownianGrowth(
        driftPerMonth: estimates[0].distribution, volatility: estimates[1].distribution),
      estimates: estimates, rankCorrelations: [[1, 0], [0, 1]],
      level: exp(history.logs[history.logs.count - 1]), dayNoise: 0)
  }
}

extension ParameterEstimate {
  /// With what was known before: the mean weighted by the precisions; a constant is taken as given.
  func joined(with prior: UncertainValue?) -> ParameterEstimate {
    guard let prior else { return self }
    let ends = [0.05, 0.5, 0.95].map { scale.theta(prior.quantile($0)) }
    let sd = (ends[2] - ends[0]) / (2 * NormalDistribution.z95)
    var joined = self
    if sd <= 0 {
      joined.theta = ends[1]
      joined.standardError = 0
      return joined
    }
    let (own, other) = (1 / (standardError * standardError), 1 / (sd * sd))
    joined.theta = (theta * own + ends[1] * other) / (own + other)
    joined.standardError = 1 / (own + other).squareRoot()
    return joined
  }
}
