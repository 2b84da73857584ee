import CGSL
public import GenOpsUnits

/// Gamma: from shape and scale, or from its mean and standard deviation.
public struct GammaDistribution: Distribution {
  public static let name = "gamma"
  public static let summary = "always positive; waiting times, rates, sizes"
  public static let example = """
    dist: gamma
    mean: 12
    sd: 4
    """

  public static let manual = KindManual(
    "density ∝ x^(shape - 1) · exp(-x / scale)",
    [
      "mean, sd": "mean and standard deviation",
      "shape, scale": "instead: the parameters",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "GSL: gsl_cdf_gamma_Pinv")

  /// Both above 0; the mean is shape · scale.
  public var shape: Double
  public var scale: Double

  /// Both are positive; the mean is shape · scale.
  public init(shape: Double, scale: Double) {
    GSL.ready
    self.shape = shape
    self.scale = scale
  }

  public static func decode(_ keys: inout DistributionReader) -> GammaDistribution? {
    if keys.has("shape") || keys.has("scale") {
      let shape = keys.number("shape", example: "2")
      let scale = keys.amount("scale", example: "6")
      guard let shape, let scale else { return nil }
      if scale > 0 { return GammaDistribution(shape: shape, scale: scale) }
      keys.refuse("'scale' is above 0")
      return nil
    }
    let mean = keys.amount("mean", example: "12")
    let sd = keys.amount("sd", example: "4")
    guard let mean, let sd else { return nil }
    if mean > 0, sd > 0 {
      return GammaDistribution(shape: mean / sd * mean / sd, scale: sd * sd / mean)
    }
    keys.refuse("mean and standard deviation of a gamma distribution are above 0")
    return nil
  }

  public var mean: Double { shape * scale }
  public var sd: Double { shape.squareRoot() * scale }

  public func quantile(_ p: Double) -> Double {
    let value = gsl_cdf_gamma_Pinv(p, shape, scale)
    // GSL gives up on some extreme shapes with NaN.
    if value.isFinite { return value }
    return Inversion.quantile(p, between: 0, and: mean + 40 * max(sd, scale)) {
      probability(atMost: $0)
    }
  }

  public func probability(atMost x: Double) -> Double {
    x > 0 ? gsl_cdf_gamma_P(x, shape, scale) : 0
  }
}
