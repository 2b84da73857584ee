/// Inverse distribution functions where there is no formula, and moments from them.
enum Inversion {
  /// The smallest x in `low … high` with `probability(x)` ≥ `p`, by bisection to the last digit.
  static func quantile(
    _ p: Double, between low: Double, and high: Double, _ probability: (Double) -> Double
  ) -> Double {
    var (low, high) = (low, high)
    if probability(low) >= p { return low }
    // Also where an end is infinite or not a number, of which no middle lies between.
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if probability(middle) >= p { high = middle } else { low = middle }
    }
  }

  /// The largest count that is not above `x`, held at 4·10⁹, beyond every mean that a distribution of
  /// counts may have; nil below 0 and for what is not a number.
  static func count(_ x: Double) -> UInt32? { x >= 0 ? UInt32(min(x, 4e9)) : nil }

  /// The smallest whole number k ≥ 0 with `probability(k)` ≥ `p`: steps from the mean, the first a
  /// standard deviation and each twice the one before, until it is enclosed, then bisection.
  static func count(
    _ p: Double, mean: Double, sd: Double, _ probability: (UInt32) -> Double
  ) -> Double {
    var stride = max(1, sd.rounded(.up))
    var high = mean.rounded()
    var low = high
    while probability(UInt32(high)) < p, high < 4e9 {
      low = high
      high = min(4e9, high + stride)
      stride *= 2
    }
    if low == high {
      while low > 0, probability(UInt32(low)) >= p {
        high = low
        low = max(0, low - stride)
        stride *= 2
      }
      if low == 0, probability(0) >= p { return 0 }
    }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if probability(UInt32(middle)) >= p { high = middle } else { low = middle }
    }
    return high
  }

  /// Abscissas and weights of Gauss and Legendre's rule with five points on −1 … 1.
  private static let nodes: [(x: Double, weight: Double)] = [
    (0, 0.5688888888888889), (-0.5384693101056831, 0.47862867049936647),
    (0.5384693101056831, 0.47862867049936647), (-0.906179845938664, 0.23692688505618908),
    (0.906179845938664, 0.23692688505618908),
  ]

  /// Mean and standard deviation as integrals of the quantile function over 0 … 1, with panels that
  /// halve towards both ends, where a tail makes it steep.
  static func moments(_ quantile: (Double) -> Double) -> (mean: Double, sd: Double) {
    var sums = [0.0, 0.0]
    let center = quantile(0.5)
    for panel in 1...45 {
      let high = 1 / Double(1 << panel)
      let low = panel == 45 ? 0 : high / 2
      // The wide panels in many parts: the quantiles of counts are steps.
      let parts = panel <= 8 ? 64 : 1
      let width = (high - low) / Double(parts)
      for part in 0..<parts {
        for (x, weight) in nodes {
          let p = low + width * (Double(part) + (x + 1) / 2)
          for off in [quantile(p) - center, quantile(1 - p) - center] {
            sums[0] += off * weight * width / 2
            sums[1] += off * off * weight * width / 2
          }
        }
      }
    }
    return (center + sums[0], max(0, sums[1] - sums[0] * sums[0]).squareRoot())
  }
}
