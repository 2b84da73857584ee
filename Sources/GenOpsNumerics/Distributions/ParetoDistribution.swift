import CGSL
public import GenOpsUnits

/// Pareto: P(X > x) = (from / x)^exponent for x ≥ `from`: few are huge. Its mean is finite for an
/// exponent above 1, its standard deviation above 2; `max` cuts the tail.
public struct ParetoDistribution: Distribution {
  public static let name = "pareto"
  public static let summary = "most are small, few are huge"
  public static let example = """
    dist: pareto
    from: 10
    exponent: 2.5
    """

  public static let manual = KindManual(
    "P(X > x) = (from / x)^exponent",
    [
      "from": "least, in the unit of the number",
      "exponent": "a plain number; mean finite above 1, spread above 2",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "V. Pareto 1896")

  /// The smallest value, above 0.
  public var from: Double
  /// Above 1.
  public var exponent: Double

  /// Both are positive; there is a mean from an exponent above 1.
  public init(from: Double, exponent: Double) {
    self.from = from
    self.exponent = exponent
  }

  public static func decode(_ keys: inout DistributionReader) -> ParetoDistribution? {
    let from = keys.amount("from", example: "10")
    let exponent = keys.number("exponent", example: "2.5", above: 1)
    guard let from, let exponent else { return nil }
    if from > 0 { return ParetoDistribution(from: from, exponent: exponent) }
    keys.refuse("'from' is above 0")
    return nil
  }

  public var mean: Double { exponent * from / (exponent - 1) }
  public var sd: Double {
    exponent > 2
      ? from / (exponent - 1) * (exponent / (exponent - 2)).squareRoot() : .infinity
  }
  public func quantile(_ p: Double) -> Double { gsl_cdf_pareto_Pinv(p, exponent, from) }
  public func probability(atMost x: Double) -> Double {
    x > from ? gsl_cdf_pareto_P(x, exponent, from) : 0
  }
}
