import CGSL
public import GenOpsUnits

/// Negative binomial: a count of events that cluster; variance = mean + mean²/dispersion, so a
/// large dispersion is nearly Poisson.
public struct NegativeBinomialDistribution: Distribution {
  public static let name = "negative-binomial"
  public static let summary = "a count of events that cluster"
  public static let example = """
    dist: negative-binomial
    mean: 4
    dispersion: 2
    """

  public static let manual = KindManual(
    "a count with variance mean + mean²/dispersion",
    [
      "mean": "in the unit of the number",
      "dispersion": "a plain number; large is nearly Poisson",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "GSL: gsl_cdf_negative_binomial_P")

  /// Above 0, at most 10⁸.
  public var mean: Double
  /// Above 0.
  public var dispersion: Double

  /// Both are positive; the variance is mean + mean² / dispersion.
  public init(mean: Double, dispersion: Double) {
    GSL.ready
    self.mean = mean
    self.dispersion = dispersion
  }

  public static func decode(_ keys: inout DistributionReader) -> NegativeBinomialDistribution? {
    let mean = keys.amount("mean", example: "4")
    let dispersion = keys.number("dispersion", example: "2")
    guard let mean, let dispersion else { return nil }
    if mean > 0, mean <= 1e8 {
      return NegativeBinomialDistribution(mean: mean, dispersion: dispersion)
    }
    keys.refuse("the mean of a count is above 0 and at most 10^8")
    return nil
  }

  public var sd: Double { (mean + mean * mean / dispersion).squareRoot() }
  public func quantile(_ p: Double) -> Double {
    Inversion.count(p, mean: mean, sd: sd, atMost)
  }
  public func probability(atMost x: Double) -> Double {
    Inversion.count(x).map { atMost($0) } ?? 0
  }
  private func atMost(_ k: UInt32) -> Double {
    gsl_cdf_negative_binomial_P(k, dispersion / (dispersion + mean), dispersion)
  }
}
