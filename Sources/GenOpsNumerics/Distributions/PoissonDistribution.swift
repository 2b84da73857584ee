import CGSL
public import GenOpsUnits

/// Poisson: a count of independent events; variance = mean.
public struct PoissonDistribution: Distribution {
  public static let name = "poisson"
  public static let summary = "a count of independent events"
  public static let example = """
    dist: poisson
    mean: 4
    """

  public static let manual = KindManual(
    "P(k) = mean^k · exp(-mean) / k!",
    [
      "mean": "in the unit of the number",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "S. Poisson 1837; GSL: gsl_cdf_poisson_P")

  /// Above 0, at most 10⁹.
  public var mean: Double

  /// `mean` is that of the count.
  public init(mean: Double) {
    GSL.ready
    self.mean = mean
  }

  public static func decode(_ keys: inout DistributionReader) -> PoissonDistribution? {
    guard let mean = keys.amount("mean", example: "4") else { return nil }
    if mean > 0, mean <= 1e9 { return PoissonDistribution(mean: mean) }
    keys.refuse("the mean of a count is above 0 and at most 10^9")
    return nil
  }

  public var sd: Double { mean.squareRoot() }
  public func quantile(_ p: Double) -> Double {
    Inversion.count(p, mean: mean, sd: sd) { gsl_cdf_poisson_P($0, mean) }
  }
  public func probability(atMost x: Double) -> Double {
    Inversion.count(x).map { gsl_cdf_poisson_P($0, mean) } ?? 0
  }
}
