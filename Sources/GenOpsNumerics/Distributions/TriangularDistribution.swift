public import GenOpsUnits

/// Triangular: least, likeliest and most, with straight lines between.
public struct TriangularDistribution: Distribution {
  public static let name = "triangular"
  public static let summary = "least, likeliest and most, straight lines between"
  public static let example = """
    dist: triangular
    low: 2
    likely: 3
    high: 6
    """

  public static let manual = KindManual(
    "density rises from low to likely and falls to high in straight lines",
    [
      "low": "least",
      "likely": "likeliest",
      "high": "most",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ])

  /// `low` ≤ `likely` ≤ `high`, `low` < `high`.
  public var low: Double
  public var likely: Double
  public var high: Double

  /// In ascending order, in the unit of the number.
  public init(low: Double, likely: Double, high: Double) {
    self.low = low
    self.likely = likely
    self.high = high
  }

  public static func decode(_ keys: inout DistributionReader) -> TriangularDistribution? {
    keys.threePoints().map { TriangularDistribution(low: $0.low, likely: $0.likely, high: $0.high) }
  }

  public var mean: Double { (low + likely + high) / 3 }
  public var sd: Double {
    let (left, right) = (likely - low, high - likely)
    return ((left * left + right * right + left * right) / 18).squareRoot()
  }

  public func quantile(_ p: Double) -> Double {
    let (left, right, width) = (likely - low, high - likely, high - low)
    return p * width <= left
      ? low + (p * width * left).squareRoot() : high - ((1 - p) * width * right).squareRoot()
  }

  public func probability(atMost x: Double) -> Double {
    let (left, right, width) = (likely - low, high - likely, high - low)
    if x <= low { return 0 }
    if x >= high { return 1 }
    return x < likely
      ? (x - low) * (x - low) / (width * left) : 1 - (high - x) * (high - x) / (width * right)
  }
}

extension DistributionReader {
  /// `low`, `likely` and `high` in order.
  mutating func threePoints() -> (low: Double, likely: Double, high: Double)? {
    let low = amount("low", example: "2")
    let likely = amount("likely", example: "3")
    let high = amount("high", example: "6")
    guard let low, let likely, let high else { return nil }
    if low <= likely, likely <= high, low < high { return (low, likely, high) }
    refuse("'low', 'likely' and 'high' stand in this order")
    return nil
  }
}
