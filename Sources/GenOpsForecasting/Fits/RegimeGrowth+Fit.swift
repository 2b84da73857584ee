import Foundation
public import GenOpsNumerics

/// Likelihood of the daily changes by Hamilton's filter (1989): the probability of each state is
/// carried from day to day and corrected by how likely the day's change is in it. The states begin
/// in their long-run proportions; `now` is the likelier one on the last day. For histories in which
/// every change lasts, with at least some ten changes of state.
extension RegimeGrowth: FittableGrowth {
  public static func fit(_ series: DailySeries, prior: [String: UncertainValue])
    throws(NumericalError) -> GrowthFit<RegimeGrowth>
  {
    let changes = try DailyChanges(series, atLeast: 180, "growth with regimes")
    let x = changes.values
    let month = RateText.daysPerMonth
    // Starts from the pace of the quicker and the slower fortnights.
    let paces = stride(from: 0, to: x.count - 13, by: 14).map {
      Statistics.mean(Array(x[$0..<$0 + 14]))
    }
    let ends = Statistics.quantiles(of: paces, at: [0.2, 0.8])
    let scales: [(name: String, scale: ParameterEstimate.Scale)] = [
      ("slow", .logOnePlus), ("fast", .logOnePlus), ("fast_lasts", .log), ("slow_lasts", .log),
      ("wobble", .log),
    ]
    let noise = log(Statistics.sd(x) * 365.25.squareRoot())
    var best: LikelihoodFit?
    var failure: NumericalError?
    for lasts in [20.0, 80] {
      do throws(NumericalError) {
        let fit = try LikelihoodFit.fit(
          start: [ends[0] * month, ends[1] * month, log(lasts), log(lasts), noise], step: 0.1
        ) { theta in
          filter(x, theta).logLikelihood + LikelihoodFit.prior(theta, scales, prior)
        }
        if fit.logLikelihood > best?.logLikelihood ?? -.infinity { best = fit }
      } catch {
        failure = error
      }
    }
    guard let best else { throw failure ?? .memory("growth with regimes") }
    let estimates = best.estimates(scales)
    return GrowthFit(
      model: RegimeGrowth(
        fast: Regime(ratePerMonth: estimates[1].distribution, lasts: estimates[2].distribution),
        slow: Regime(ratePerMonth: estimates[0].distribution, lasts: estimates[3].distribution),
        startsFast: filter(x, best.parameters).fastNow > 0.5,
        volatility: Volatility(perYear: estimates[4].distribution)),
      estimates: estimates,
      rankCorrelations: GrowthFit<Never>.ranks(best.covariance, size: estimates.count),
      level: exp(changes.last), dayNoise: 0)
  }

  /// The likelihood, and the probability of the fast state on the last day.
  private static func filter(_ x: [Double], _ theta: [Double])
    -> (logLikelihood: Double, fastNow: Double)
  {
    let month = RateText.daysPerMonth
    let variance = exp(2 * theta[4]) / 365.25
    // The volatility has mean 1, so the logarithm drifts down by half its variance.
    let (slow, fast) = (theta[0] / month - variance / 2, theta[1] / month - variance / 2)
    let (fastEnds, slowEnds) = (exp(-theta[2]), exp(-theta[3]))
    // The fast one is the fast one, and a phase lasts a day at least.
    guard fast > slow, fastEnds < 1, slowEnds < 1 else { return (-.infinity, 0) }
    var pFast = slowEnds / (slowEnds + fastEnds)
    let scale = -0.5 / variance
    var sum = -0.5 * log(2 * .pi * variance) * Double(x.count)
    var now = pFast
    for value in x {
      let (offFast, offSlow) = (value - fast, value - slow)
      let inFast = pFast * exp(scale * offFast * offFast)
      let inSlow = (1 - pFast) * exp(scale * offSlow * offSlow)
      let density = inFast + inSlow + 1e-300
      sum += log(density)
      now = inFast / density
      pFast = now * (1 - fastEnds) + (1 - now) * slowEnds
    }
    return (sum, now)
  }
}
