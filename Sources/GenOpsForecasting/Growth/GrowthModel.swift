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

  /// Whether a path strays from day to day by itself. One that does not says how fast usage grows, and how
  /// steadily is left to the history.
  var strays: Bool { get }
}

extension GrowthModel {
  /// The parameters that draw themselves, in order: the inputs that can be correlated or given to
  /// ``RandomGenerator/give(_:)``.
  public var uncertainParameters: [GrowthParameter] {
    parameters.filter { !$0.distribution.isConstant && !$0.distribution.isDerived }
  }
}
