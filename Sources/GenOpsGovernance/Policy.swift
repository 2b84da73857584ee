public import GenOpsUnits

/// A rule a file can name. A new kind is one file in `Policies` and one line in ``PolicyKinds``.
public protocol Policy: Named, Sendable {
  /// A whole value that decodes without findings, as JSON (which YAML reads too).
  static var example: String { get }

  /// Reads the policy from `node`; nil when the findings say why it cannot be used.
  init?(_ node: Node, _ findings: inout Findings)

  /// What it changes besides the cost, for the column beside every saving. Empty is not allowed: a
  /// rule without a side effect does nothing.
  var sideEffect: String { get }

  /// Adds what it asks for to the plan.
  func apply(to plan: inout GovernancePlan)
}
