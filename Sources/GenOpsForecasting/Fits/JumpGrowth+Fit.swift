import Foundation
public import GenOpsNumerics

/// Likelihood of one day's change, a mixture of normals: with probability e^(−λ)λᵏ/k! there were k
/// jumps, and the change is normal with mean a + k·m and variance s² + k·v² (k up to 5). Starts
/// from the changes beyond four standard deviations, measured by the median. For histories in which
/// every change lasts: day noise would pass for volatility.
extension JumpGrowth: FittableGrowth {
  public static func fit(_ series: DailySeries, prior: [String: UncertainValue])
    throws(NumericalError) -> GrowthFit<JumpGrowth>
  {
    let what = "growth with jumps"
    let changes = try DailyChanges(series, atLeast: 90, what)
    let x = changes.values
    let center = Statistics.quantiles(of: x, at: [0.5])[0]
    let spread =
      max(1e-9, Statistics.quantiles(of: x.map { abs($0 - center) }, at: [0.5])[0]) / 0.6745
    let jumps = x.filter { abs($0 - center) > 4 * spread }
    guard jumps.count >= 4 else { throw NumericalError.outOfDomain(what) }
    // a and m in units of s, so that all parameters move alike.
    let unit = spread
    let start = [
      center / unit, log(spread), log(Double(jumps.count) / Double(x.count)),
      (Statistics.mean(jumps) - center) / unit, log(max(spread, Statistics.sd(jumps))),
    ]
    let scales: [(name: String, scale: ParameterEstimate.Scale)] = [
      ("a", .plain), ("volatility", .log), ("jumps", .log), ("m", .plain), ("jump sd", .log),
    ]
    func onScale(_ theta: [Double]) -> [Double] {
      // The prior speaks of volatility per √year; s is per √day.
      [theta[0], theta[1] + log(365.25) / 2] + theta[2...]
    }
    let fit = try LikelihoodFit.fit(start: start, step: 0.5) { theta in
      logLikelihood(x, theta, unit: unit) + LikelihoodFit.prior(onScale(theta), scales, prior)
    }
    let drift = fit.derived { theta in
      let s = exp(theta[1])
      let jump = theta[3] * unit + exp(2 * theta[4]) / 2
      return (theta[0] * unit + s * s / 2 + exp(theta[2]) * expm1(jump)) * RateText.daysPerMonth
    }
    // What jumps say rests on as many observations as there were jumps.
    let degrees = max(1, exp(fit.parameters[2]) * Double(x.count) - 2)
    var found = fit.estimates(scales)
    found[4].degreesOfFreedom = degrees
    found[1].theta += log(365.25) / 2
    let mean = ParameterEstimate(
      name: "jump mean", scale: .plain, theta: fit.parameters[3] * unit,
      standardError: fit.standardErrors[3] * unit, degreesOfFreedom: degrees)
    let estimates = [
      ParameterEstimate(
        name: "drift", scale: .logOnePlus, theta: drift.value,
        standardError: drift.standardError, degreesOfFreedom: degrees
      ).joined(with: prior["drift"]), found[1], found[2], mean, found[4],
    ]
    return GrowthFit(
      model: JumpGrowth(
        driftPerMonth: estimates[0].distribution, volatility: estimates[1].distribution,
        jumpsPerDay: estimates[2].distribution, jumpMean: mean.value, jumpSD: found[4].value),
      estimates: estimates, rankCorrelations: GrowthFit<Never>.independent(5),
      level: exp(changes.last), dayNoise: 0)
  }

  private static func logLikelihood(_ x: [Double], _ theta: [Double], unit: Double) -> Double {
    let (a, m, lambda) = (theta[0] * unit, theta[3] * unit, exp(theta[2]))
    let (s2, v2) = (exp(2 * theta[1]), exp(2 * theta[4]))
    guard lambda < 3 else { return -.infinity }
    var weight = exp(-lambda)
    var parts: [(weight: Double, mean: Double, scale: Double)] = []
    for k in 0...5 {
      let variance = s2 + Double(k) * v2
      parts.append((weight / (2 * .pi * variance).squareRoot(), a + Double(k) * m, -0.5 / variance))
      weight *= lambda / Double(k + 1)
    }
    var sum = 0.0
    for value in x {
      var density = 1e-300
      for part in parts {
        let off = value - part.mean
        density += part.weight * exp(part.scale * off * off)
      }
      sum += log(density)
    }
    return sum
  }
}

extension GrowthFit {
  /// No rank correlations.
  static func independent(_ size: Int) -> [[Double]] {
    (0..<size).map { i in (0..<size).map { $0 == i ? 1 : 0 } }
  }
}
