import Foundation

/// The scale on which a series is smoothed and its errors are measured: logarithms where it is never
/// negative, so that no forecast is either, and as it is elsewhere.
struct SeriesScale: Sendable, Hashable {
  /// Added before the logarithm is taken: the median of the positive values where some are zero, so
  /// that a zero is not infinitely far from one; else 0.
  var offset: Double
  /// Whether there is a logarithm at all.
  var isLogarithmic: Bool

  /// The scale of known `values`.
  init(_ values: [Double]) {
    let positive = values.filter { $0 > 0 }.sorted()
    isLogarithmic = !positive.isEmpty && values.allSatisfy { $0 >= 0 }
    offset =
      isLogarithmic && positive.count < values.count
      ? positive[positive.count / 2] : 0
  }

  /// A value on this scale.
  func scaled(_ value: Double) -> Double {
    isLogarithmic ? log(max(value + offset, .leastNormalMagnitude)) : value
  }

  /// The value at `z`, never negative where the series never was.
  func value(_ z: Double) -> Double { isLogarithmic ? max(0, exp(z) - offset) : z }
}
