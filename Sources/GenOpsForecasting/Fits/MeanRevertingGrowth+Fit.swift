import Foundation
public import GenOpsNumerics

/// Exact likelihood by a Kalman filter: the state of a day is (log level, rate), which moves by the
/// process's exact distribution of one day; usage is the level with day noise of its own. The level
/// begins unknown, the rate in its long-run distribution; the filter's last state gives `now`.
///
/// Maximum likelihood takes reversion for quicker than it is, by 4/T in κ over a history of T (C.
/// Tang and S. Chen 2009; J. Yu 2012, for a mean that is estimated too): that is taken off, at
/// fixed σ² = 2κs². Student's distribution with as many degrees of freedom as the history has
/// independent stretches, κT/2, stands for the normal one.
///
/// The long-run pace is known only to spread·√(2·half-life/length): a history of many half-lives is
/// needed to know it well, and a short one needs a prior.
extension MeanRevertingGrowth: FittableGrowth {
  public static func fit(_ series: DailySeries, prior: [String: UncertainValue])
    throws(NumericalError) -> GrowthFit<MeanRevertingGrowth>
  {
    let history = try GrowthHistory(series, atLeast: 120, "mean-reverting growth")
    let scales: [(name: String, scale: ParameterEstimate.Scale)] = [
      ("long_run", .logOnePlus), ("half_life", .log), ("spread", .log), ("noise", .log),
    ]
    let (first, last) = (history.logs[0], history.logs[history.logs.count - 1])
    let pace = (last - first) / (history.times[history.times.count - 1] - history.times[0])
    let pacePerMonth = pace * RateText.daysPerMonth
    var best: LikelihoodFit?
    var failure: NumericalError?
    for (life, spread) in [(20.0, 0.2), (60, 0.1)] {
      do throws(NumericalError) {
        let fit = try LikelihoodFit.fit(
          start: [pacePerMonth, log(life), log(spread), log(history.noise)], step: 0.4
        ) { theta in
          filter(history, theta).logLikelihood + LikelihoodFit.prior(theta, scales, prior)
        }
        if fit.logLikelihood > best?.logLikelihood ?? -.infinity { best = fit }
      } catch {
        failure = error
      }
    }
    guard let best else { throw failure ?? .memory("mean-reverting growth") }
    let end = filter(history, best.parameters)
    let found = corrected(best.estimates(scales), days: -history.times[0])
    let now = ParameterEstimate(
      name: "now", scale: .logOnePlus, theta: end.rate * RateText.daysPerMonth,
      standardError: end.rateVariance.squareRoot() * RateText.daysPerMonth,
      degreesOfFreedom: .infinity
    ).joined(with: prior["now"])
    let estimates = [now, found[0], found[1], found[2]]
    return GrowthFit(
      model: MeanRevertingGrowth(
        nowPerMonth: now.distribution, longRunPerMonth: found[0].distribution,
        halfLife: found[1].distribution,
        spreadPerMonth: found[2].distribution),
      estimates: estimates, rankCorrelations: GrowthFit<Never>.independent(4),
      level: exp(end.level), dayNoise: found[3].value)
  }

  /// The estimates without the bias of half-life and spread.
  private static func corrected(_ estimates: [ParameterEstimate], days: Double)
    -> [ParameterEstimate]
  {
    var found = estimates
    let kappa = log(2) / found[1].value
    // Not below a quarter: a history of a few half-lives cannot say more.
    let unbiased = max(kappa / 4, kappa - 4 / days)
    let ratio = kappa / unbiased
    found[1].theta += log(ratio)
    found[1].standardError *= ratio
    found[2].theta += log(ratio) / 2
    found[2].standardError *= ratio
    for index in 0..<3 { found[index].degreesOfFreedom = max(1, kappa * days / 2) }
    return found
  }

  private struct Filtered {
    var logLikelihood = 0.0
    /// The state on day 0.
    var level = 0.0
    var rate = 0.0
    var rateVariance = 0.0
  }

  private static func filter(_ history: GrowthHistory, _ theta: [Double]) -> Filtered {
    let month = RateText.daysPerMonth
    let process = OrnsteinUhlenbeck(
      start: 0, mean: theta[0] / month, kappa: log(2) / exp(theta[1]),
      spread: exp(theta[2]) / month)
    guard theta[1] > -1, theta[1] < 9 else { return Filtered(logLikelihood: -.infinity) }
    let step = process.dailyStep
    let noise = exp(2 * theta[3])
    // Mean of level and of the rate's distance from its mean; variances and covariance.
    var (x, g) = (history.logs[0], 0.0)
    var (pxx, pxg, pgg) = (1e4, 0.0, process.spread * process.spread)
    let own = step.shared * step.shared + step.own * step.own
    var out = Filtered()
    var day = history.times[0]
    func advance() {
      x += process.mean + g * step.reach
      g *= step.decay
      pxx += 2 * step.reach * pxg + step.reach * step.reach * pgg + own
      pxg = step.decay * (pxg + step.reach * pgg) + step.rate * step.shared
      pgg = step.decay * step.decay * pgg + step.rate * step.rate
    }
    for (index, time) in history.times.enumerated() {
      while day < time {
        advance()
        day += 1
      }
      let variance = pxx + noise
      let off = history.logs[index] - x
      // The first day only finds the level.
      if index > 0 { out.logLikelihood -= 0.5 * (log(2 * .pi * variance) + off * off / variance) }
      let (gainX, gainG) = (pxx / variance, pxg / variance)
      x += gainX * off
      g += gainG * off
      pgg -= gainG * pxg
      pxg -= gainX * pxg
      pxx -= gainX * pxx
    }
    while day < 0 {
      advance()
      day += 1
    }
    out.level = x
    out.rate = process.mean + g
    out.rateVariance = max(0, pgg)
    return out
  }
}
