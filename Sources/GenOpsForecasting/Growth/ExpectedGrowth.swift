import GenOpsNumerics
import GenOpsUnits

/// A growth model whose expected path has a closed form. The contract tests hold the mean of 20,000
/// paths against it.
public protocol ExpectedGrowth: GrowthModel {
  /// The expectation of each of the first `count` days' multipliers when every uncertain parameter
  /// is at its median; nil where these parameters have none.
  func expectation(days count: Int) -> [Double]?
}
