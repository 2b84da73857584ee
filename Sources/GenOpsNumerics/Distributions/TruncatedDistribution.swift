/// A distribution cut off at one or both ends: what lies outside is redistributed over what is
/// left. Written as `min` and `max` in any distribution.
public struct TruncatedDistribution: Sendable, Hashable {
  public let base: UncertainValue
  /// −∞ and ∞ where nothing is cut.
  public let low: Double
  public let high: Double
  /// The probabilities of the uncut distribution below `low` and up to `high`.
  private let below: Double
  private let upTo: Double
  public let mean: Double
  public let sd: Double

  /// Nil when less than a millionth of the distribution lies between `low` and `high`.
  public init?(_ base: UncertainValue, low: Double = -.infinity, high: Double = .infinity) {
    let below = low == -.infinity ? 0 : base.probability(atMost: low.nextDown)
    let upTo = high == .infinity ? 1 : base.probability(atMost: high)
    guard upTo - below > 1e-6 else { return nil }
    self.base = base
    self.low = low
    self.high = high
    self.below = below
    self.upTo = upTo
    let moments = Inversion.moments {
      TruncatedDistribution.quantile($0, base, low, high, below, upTo)
    }
    mean = moments.mean
    sd = moments.sd
  }

  private static func quantile(
    _ p: Double, _ base: UncertainValue, _ low: Double, _ high: Double, _ below: Double,
    _ upTo: Double
  ) -> Double {
    let inner = min(1.0.nextDown, max(.leastNormalMagnitude, below + p * (upTo - below)))
    return min(high, max(low, base.quantile(inner)))
  }

  /// See ``Distribution/quantile(_:)``.
  public func quantile(_ p: Double) -> Double {
    TruncatedDistribution.quantile(p, base, low, high, below, upTo)
  }

  /// P(X ≤ x).
  public func probability(atMost x: Double) -> Double {
    if x < low { return 0 }
    return x >= high ? 1 : min(1, max(0, (base.probability(atMost: x) - below) / (upTo - below)))
  }
}
