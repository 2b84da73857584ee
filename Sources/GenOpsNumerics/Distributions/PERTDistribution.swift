public import GenOpsUnits

/// PERT (Malcolm, Roseboom, Clark and Fazar 1959): a beta distribution between least and most whose
/// mean is (low + 4·likely + high) / 6. Smoother than a triangle, with thinner tails.
///
/// α = 1 + w·(likely − low)/(high − low), β = 1 + w·(high − likely)/(high − low), weight w = 4.
public struct PERTDistribution: Distribution {
  public static let name = "pert"
  public static let summary = "least, likeliest and most, a smooth curve between"
  public static let example = """
    dist: pert
    low: 2
    likely: 3
    high: 6
    """

  public static let manual = KindManual(
    "beta between low and high with mean (low + 4·likely + high) / 6",
    [
      "low": "least",
      "likely": "likeliest",
      "high": "most",
      "min, max": "cut the distribution off; what lies outside is redistributed",
    ],
    source: "D. Malcolm, J. Roseboom, C. Clark and W. Fazar 1959")

  /// `low` ≤ `likely` ≤ `high`, `low` < `high`.
  public let low: Double
  public let likely: Double
  public let high: Double
  private let beta: BetaDistribution

  /// In ascending order, in the unit of the number.
  public init(low: Double, likely: Double, high: Double) {
    self.low = low
    self.likely = likely
    self.high = high
    beta = BetaDistribution(
      alpha: 1 + 4 * (likely - low) / (high - low), beta: 1 + 4 * (high - likely) / (high - low),
      low: low, high: high)
  }

  public static func decode(_ keys: inout DistributionReader) -> PERTDistribution? {
    keys.threePoints().map { PERTDistribution(low: $0.low, likely: $0.likely, high: $0.high) }
  }

  public var mean: Double { beta.mean }
  public var sd: Double { beta.sd }
  public func quantile(_ p: Double) -> Double { beta.quantile(p) }
  public func probability(atMost x: Double) -> Double { beta.probability(atMost: x) }
}
