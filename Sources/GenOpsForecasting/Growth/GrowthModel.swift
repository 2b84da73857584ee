public import GenOpsNumerics
public import GenOpsUnits

/// How a stream grows: one path of multipliers per future, 1 at day 0.
///
/// A kind is one file with its parameters, an ``example`` and one line in ``GrowthModels``. Its
/// parameters may be uncertain; they are drawn once per path.
public protocol GrowthModel: Documented, Sendable {
  /// The model in a scenario, as YAML. The registry's tests decode it.
  static var example: String { get }

  /// The model written in `node`, a mapping with `model` and the kind's own keys; nil with findings
  /// when it cannot be read.
  static func decode(_ node: Node, _ findings: inout Findings) -> Self?

  /// What may be uncertain, in the order in which ``path(into:generator:)`` draws it. Constants may
  /// be listed: they draw nothing.
  var parameters: [GrowthParameter] { get }

  /// Writes the multiplier of each day: index 0 is day 0 and is 1. Never negative.
  ///
  /// Draws its parameters first, then what happens from day to day, in order of time, so that a
  /// longer horizon leaves the earlier days as they were.
  func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator)

  /// Whether every path is the same.
  var isDeterministic: Bool { get }
}

extension GrowthModel {
  /// The parameters that draw themselves, in order: the inputs that can be correlated or given to
  /// ``RandomGenerator/give(_:)``.
  public var uncertainParameters: [GrowthParameter] {
    parameters.filter { !$0.distribution.isConstant && !$0.distribution.isDerived }
  }
}

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

/// A growth model whose expected path has a closed form. The contract tests hold the mean of 20,000
/// paths against it.
public protocol ExpectedGrowth: GrowthModel {
  /// The expectation of each of the first `count` days' multipliers when every uncertain parameter
  /// is at its median; nil where these parameters have none.
  func expectation(days count: Int) -> [Double]?
}
