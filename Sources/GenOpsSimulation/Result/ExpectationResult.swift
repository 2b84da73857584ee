import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// One line of `expect:` or `--fail-on`.
package struct ExpectationResult: Sendable, Hashable {
  package var option: String
  package var expression: String
  /// The measured value as text with its unit.
  package var value: String
  /// Whether the result knows the value; what it does not know never passes.
  package var isKnown: Bool
  package var passed: Bool

  package init(
    option: String, expression: String, value: String, isKnown: Bool = true, passed: Bool
  ) {
    self.isKnown = isKnown
    self.option = option
    self.expression = expression
    self.value = value
    self.passed = passed
  }
}
