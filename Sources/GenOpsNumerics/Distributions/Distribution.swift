public import GenOpsUnits

/// A distribution that an uncertain number can follow.
///
/// A kind is one file with its parameters, an ``example`` and one line in ``Distributions``. It is
/// drawn by its inverse distribution function from one uniform number, never by rejection: then one
/// place in the unit interval is one value, which is what correlations (copulas), Sobol' points and
/// antithetic pairs need.
public protocol Distribution: Documented, Sendable, Hashable {
  /// The distribution in a scenario, as YAML. The registry's tests decode it.
  static var example: String { get }

  /// The distribution from the keys of a mapping; nil with findings when it cannot be read.
  static func decode(_ keys: inout DistributionReader) -> Self?

  /// The expected value.
  var mean: Double { get }

  /// The standard deviation; infinite for a distribution whose tail is that heavy.
  var sd: Double { get }

  /// The value that a draw does not exceed with probability `p`, 0 < p < 1: the smallest x with
  /// P(X ≤ x) ≥ p.
  func quantile(_ p: Double) -> Double

  /// P(X ≤ x).
  func probability(atMost x: Double) -> Double
}
