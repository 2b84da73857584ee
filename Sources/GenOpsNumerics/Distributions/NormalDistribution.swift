import CGSL
public import GenOpsUnits

/// Normal: from its mean and standard deviation, or from its 5 % and 95 % points.
public struct NormalDistribution: Distribution {
  public static let name = "normal"
  public static let summary = "a bell; can fall below zero"
  public static let example = """
    dist: normal
    mean: 40
    sd: 5
    """

  public static let manual = KindManual(
    "density ∝ exp(-(x - mean)² / 2sd²)",
    [
      "mean": "in the unit of the number",
      "sd": "standard deviation, in the unit of the number",
      "p5, p95": "instead: the 5 % and 95 % points",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "GSL: gsl_cdf_ugaussian_Pinv")

  public var mean: Double
  /// Above 0.
  public var sd: Double

  /// In the unit of the number; `sd` is not negative.
  public init(mean: Double, sd: Double) {
    self.mean = mean
    self.sd = sd
  }

  public static func decode(_ keys: inout DistributionReader) -> NormalDistribution? {
    if let (low, high) = keys.ninety() {
      guard let low, let high else { return nil }
      if low < high { return NormalDistribution(p5: low, p95: high) }
      keys.refuse("'p5' lies below 'p95'")
      return nil
    }
    let mean = keys.amount("mean", example: "40")
    let sd = keys.amount("sd", example: "5")
    guard let mean, let sd else { return nil }
    if sd > 0 { return NormalDistribution(mean: mean, sd: sd) }
    keys.refuse("a standard deviation is above 0")
    return nil
  }

  init(p5: Double, p95: Double) {
    self.init(mean: (p5 + p95) / 2, sd: (p95 - p5) / (2 * NormalDistribution.z95))
  }

  /// The standard normal's 95 % point.
  package static let z95 = 1.6448536269514722

  public func quantile(_ p: Double) -> Double { mean + sd * gsl_cdf_ugaussian_Pinv(p) }
  public func probability(atMost x: Double) -> Double { gsl_cdf_ugaussian_P((x - mean) / sd) }
}

extension DistributionReader {
  /// `p5` and `p95`, when one of them is there.
  mutating func ninety() -> (Double?, Double?)? {
    guard has("p5") || has("p95") else { return nil }
    return (amount("p5", example: "30"), amount("p95", example: "50"))
  }
}
