import CGSL
import Foundation
public import GenOpsUnits

/// Lognormal: the exponential of a normal number; from its 5 % and 95 % points, or from its mean
/// and standard deviation.
public struct LognormalDistribution: Distribution {
  public static let name = "lognormal"
  public static let summary = "always positive, with a long tail upwards"
  public static let example = """
    dist: lognormal
    p5: 100
    p95: 140
    """

  public static let manual = KindManual(
    "exp of a normal number; what 'a to b' means when both are positive",
    [
      "p5, p95": "the 5 % and 95 % points, in the unit of the number",
      "mean, sd": "instead: mean and standard deviation",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "GSL: gsl_cdf_lognormal_Pinv")

  /// Mean and standard deviation of the logarithm; `sigma` above 0.
  public var mu: Double
  public var sigma: Double

  /// Mean and standard deviation of the logarithm.
  public init(mu: Double, sigma: Double) {
    self.mu = mu
    self.sigma = sigma
  }

  /// The distribution with this mean and standard deviation, both above 0: σ² = log(1 +
  /// (sd/mean)²).
  public init(mean: Double, sd: Double) {
    let variance = log1p(sd * sd / (mean * mean))
    self.init(mu: log(mean) - variance / 2, sigma: variance.squareRoot())
  }

  /// The distribution with these 5 % and 95 % points, 0 < p5 < p95.
  init(p5: Double, p95: Double) {
    self.init(
      mu: (log(p5) + log(p95)) / 2, sigma: (log(p95) - log(p5)) / (2 * NormalDistribution.z95))
  }

  public static func decode(_ keys: inout DistributionReader) -> LognormalDistribution? {
    if keys.has("mean") || keys.has("sd") {
      let mean = keys.amount("mean", example: "120")
      let sd = keys.amount("sd", example: "12")
      guard let mean, let sd else { return nil }
      if mean > 0, sd > 0 { return LognormalDistribution(mean: mean, sd: sd) }
      keys.refuse("mean and standard deviation of a lognormal are above 0")
      return nil
    }
    let low = keys.amount("p5", example: "100")
    let high = keys.amount("p95", example: "140")
    guard let low, let high else { return nil }
    if low > 0, low < high { return LognormalDistribution(p5: low, p95: high) }
    keys.refuse("a lognormal has 0 < p5 < p95")
    return nil
  }

  public var mean: Double { exp(mu + sigma * sigma / 2) }
  public var sd: Double { mean * expm1(sigma * sigma).squareRoot() }
  public func quantile(_ p: Double) -> Double { exp(mu + sigma * gsl_cdf_ugaussian_Pinv(p)) }
  public func probability(atMost x: Double) -> Double {
    x > 0 ? gsl_cdf_ugaussian_P((log(x) - mu) / sigma) : 0
  }
}
