public import GenOpsUnits

/// Nothing at all with some chance, else a value: a campaign that may not happen, a tenant that may
/// not come.
public struct ZeroInflatedDistribution: Distribution {
  public static let name = "zero-inflated"
  public static let summary = "nothing with some chance, else a value"
  public static let example = """
    dist: zero-inflated
    zero: 30%
    value: 20 to 60
    """

  public static let manual = KindManual(
    "0 with probability zero, else a value",
    [
      "zero": "a percentage",
      "value": "a number or interval, or a distribution",
    ])

  /// The chance of nothing, below 1.
  public var zero: Double
  public var value: UncertainValue

  /// `zero` is the chance of nothing, 0…1.
  public init(zero: Double, value: UncertainValue) {
    self.zero = zero
    self.value = value
  }

  public static func decode(_ keys: inout DistributionReader) -> ZeroInflatedDistribution? {
    let zero = keys.chance("zero", example: "30%")
    let value = keys.value("value", example: "20 to 60")
    guard let zero, let value else { return nil }
    if zero < 1 { return ZeroInflatedDistribution(zero: zero, value: value) }
    keys.refuse("'zero: 100%' leaves nothing to be uncertain about")
    return nil
  }

  public var mean: Double { (1 - zero) * value.mean }
  public var sd: Double {
    let (m, s) = (value.mean, value.sd)
    return ((1 - zero) * (s * s + zero * m * m)).squareRoot()
  }

  public func quantile(_ p: Double) -> Double {
    // The zeros stand where zero stands among the values: the inverse must not fall anywhere.
    let below = (1 - zero) * value.probability(atMost: -.leastNonzeroMagnitude)
    if p <= below { return value.quantile(min(1.0.nextDown, p / (1 - zero))) }
    if p <= below + zero { return 0 }
    return value.quantile(min(1.0.nextDown, (p - zero) / (1 - zero)))
  }

  public func probability(atMost x: Double) -> Double {
    (1 - zero) * value.probability(atMost: x) + (x >= 0 ? zero : 0)
  }
}
