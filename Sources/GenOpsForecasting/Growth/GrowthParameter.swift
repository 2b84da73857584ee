public import GenOpsNumerics
import GenOpsUnits

/// One parameter of a growth model.
public struct GrowthParameter: Sendable, Hashable {
  /// The key in a scenario: `cap`.
  public var name: String
  /// In the unit the model computes in, such as fraction per month.
  public var distribution: UncertainValue

  /// A parameter by its name in a file, with the distribution it is drawn from.
  public init(_ name: String, _ distribution: UncertainValue) {
    self.name = name
    self.distribution = distribution
  }
}
