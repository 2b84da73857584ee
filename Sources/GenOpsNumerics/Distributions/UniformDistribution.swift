public import GenOpsUnits

/// Uniform: anything between two numbers, all alike.
public struct UniformDistribution: Distribution {
  public static let name = "uniform"
  public static let summary = "anything between two numbers, all alike"
  public static let example = """
    dist: uniform
    low: 2
    high: 3
    """

  public static let manual = KindManual(
    "every value between low and high alike",
    [
      "low": "in the unit of the number",
      "high": "in the unit of the number",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ])

  public var low: Double
  /// Above ``low``.
  public var high: Double

  /// In ascending order, in the unit of the number.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  public static func decode(_ keys: inout DistributionReader) -> UniformDistribution? {
    let low = keys.amount("low", example: "2")
    let high = keys.amount("high", example: "3")
    guard let low, let high else { return nil }
    if low < high { return UniformDistribution(low: low, high: high) }
    keys.refuse("'low' lies below 'high'")
    return nil
  }

  public var mean: Double { (low + high) / 2 }
  public var sd: Double { (high - low) / 12.0.squareRoot() }
  public func quantile(_ p: Double) -> Double { low + (high - low) * p }
  public func probability(atMost x: Double) -> Double {
    min(1, max(0, (x - low) / (high - low)))
  }
}
