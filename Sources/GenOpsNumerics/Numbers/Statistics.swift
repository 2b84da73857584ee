import CGSL

/// Summaries of a sample, exact: no histogram, no sketch.
public enum Statistics {
  /// The arithmetic mean; NaN of nothing.
  public static func mean(_ sample: [Double]) -> Double {
    sample.reduce(0, +) / Double(sample.count)
  }

  /// The standard deviation of the population the sample is from (divisor n − 1), by two passes; 0
  /// of fewer than two.
  public static func sd(_ sample: [Double]) -> Double {
    guard sample.count > 1 else { return 0 }
    let center = mean(sample)
    let squares = sample.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    return (squares / Double(sample.count - 1)).squareRoot()
  }

  /// The standard error of the mean: sd / √n.
  public static func standardError(_ sample: [Double]) -> Double {
    sample.isEmpty ? .nan : sd(sample) / Double(sample.count).squareRoot()
  }

  /// The quantiles of `sample` at `probabilities` (0…1, any order), NaN of nothing or of a sample
  /// with a NaN.
  ///
  /// Hyndman and Fan's type 7, the default of R and NumPy: linear between the order statistics
  /// around (n − 1)·p. By selection, not by sorting: about a third of the time at 100,000 numbers.
  public static func quantiles(of sample: [Double], at probabilities: [Double]) -> [Double] {
    if sample.isEmpty || sample.contains(where: \.isNaN) {
      return probabilities.map { _ in .nan }
    }
    return selected(sample, probabilities) { $0 }
  }

  /// The quantiles of whole numbers, such as nano-units of money; see
  /// ``quantiles(of:at:)-([Double],_)``.
  public static func quantiles(of sample: [Int64], at probabilities: [Double]) -> [Double] {
    if sample.isEmpty { return probabilities.map { _ in .nan } }
    return selected(sample, probabilities) { Double($0) }
  }

  /// The quantile of ascending numbers at `probability` (0…1), NaN of nothing: the one that
  /// ``quantiles(of:at:)-([Double],_)`` defines, for a sample that is sorted anyway.
  public static func quantile(ofSorted sorted: [Double], at probability: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let last = sorted.count - 1
    let position = min(1, max(0, probability)) * Double(last)
    let low = Int(position)
    return between(sorted[low], sorted[min(last, low + 1)], part: position - Double(low))
  }

  /// The quantile of Student's t at `p` (0…1); of the standard normal when `degreesOfFreedom` is
  /// infinite.
  package static func studentQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    degreesOfFreedom.isFinite
      ? gsl_cdf_tdist_Pinv(p, degreesOfFreedom) : gsl_cdf_ugaussian_Pinv(p)
  }

  private static func selected<Number: Comparable>(
    _ sample: [Number], _ probabilities: [Double], _ value: (Number) -> Double
  ) -> [Double] {
    let last = sample.count - 1
    let positions = probabilities.map { min(1, max(0, $0)) * Double(last) }
    var ranks: Set<Int> = []
    for position in positions {
      ranks.insert(Int(position))
      ranks.insert(min(last, Int(position) + 1))
    }
    var copy = sample
    copy.withUnsafeMutableBufferPointer { numbers in
      Selection.place(numbers, ranks: ranks.sorted()[...], depth: 0)
    }
    return positions.map { position in
      let low = Int(position)
      return between(
        value(copy[low]), value(copy[min(last, low + 1)]), part: position - Double(low))
    }
  }

  /// The number `part` of the way from one order statistic to the next. Equal ones are not
  /// subtracted: infinities would give NaN. A negative zero becomes 0, so that none is ever
  /// written.
  private static func between(_ a: Double, _ b: Double, part: Double) -> Double {
    part == 0 || a == b ? a + 0 : a + part * (b - a)
  }
}
