import CGSL
public import GenOpsUnits

/// Beta between 0 and 1, or between `low` and `high`: shares, conversion, churn. After a success of
/// n in N, α = n + 1 and β = N − n + 1.
public struct BetaDistribution: Distribution {
  public static let name = "beta"
  public static let summary = "a share between 0 and 1, such as a conversion"
  public static let example = """
    dist: beta
    alpha: 2
    beta: 5
    """

  public static let manual = KindManual(
    "density ∝ x^(alpha - 1) · (1 - x)^(beta - 1) on 0 … 1",
    [
      "alpha": "successes + 1",
      "beta": "failures + 1",
      "low, high": "another range than 0 to 1",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "GSL: gsl_cdf_beta_Pinv",
    calibration: "count: n successes in N give alpha = n + 1, beta = N - n + 1")

  /// Both above 0.
  public var alpha: Double
  public var beta: Double
  /// `low` < `high`.
  public var low: Double
  public var high: Double

  /// Both shapes are positive; the beta distribution is stretched from `low` to `high`.
  public init(alpha: Double, beta: Double, low: Double = 0, high: Double = 1) {
    GSL.ready
    self.alpha = alpha
    self.beta = beta
    self.low = low
    self.high = high
  }

  public static func decode(_ keys: inout DistributionReader) -> BetaDistribution? {
    let alpha = keys.number("alpha", example: "2")
    let beta = keys.number("beta", example: "5")
    let low = keys.optionalAmount("low") ?? 0
    let high = keys.optionalAmount("high") ?? 1
    guard let alpha, let beta else { return nil }
    // Beyond these GSL looks for a quantile without an end.
    guard [alpha, beta].allSatisfy({ (1e-6...1e12).contains($0) }) else {
      keys.refuse("'alpha' and 'beta' lie between 10^-6 and 10^12")
      return nil
    }
    if low < high { return BetaDistribution(alpha: alpha, beta: beta, low: low, high: high) }
    keys.refuse("'low' lies below 'high'")
    return nil
  }

  public var mean: Double { low + (high - low) * alpha / (alpha + beta) }
  public var sd: Double {
    let sum = alpha + beta
    return (high - low) * (alpha * beta / (sum + 1)).squareRoot() / sum
  }

  public func quantile(_ p: Double) -> Double {
    let part = gsl_cdf_beta_Pinv(p, alpha, beta)
    // GSL gives up on some extreme shapes with NaN.
    if part.isFinite { return low + (high - low) * part }
    return Inversion.quantile(p, between: low, and: high) { probability(atMost: $0) }
  }

  public func probability(atMost x: Double) -> Double {
    gsl_cdf_beta_P(min(1, max(0, (x - low) / (high - low))), alpha, beta)
  }
}
