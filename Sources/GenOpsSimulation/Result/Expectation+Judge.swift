package import GenOpsScenario
import GenOpsUnits

extension Expectation {
  /// What the condition says of `summary`; an unknown value never passes, and "never" is more than
  /// any number of months.
  package func judge(_ summary: OptionSummary, currency: String) -> ExpectationResult {
    let value = metric.value(summary, quantile ?? .mean, argument).flatMap { $0.isNaN ? nil : $0 }
    return ExpectationResult(
      option: summary.name, expression: text,
      value: value.map { metric.unit.describe($0, currency) } ?? "unknown",
      isKnown: value != nil,
      passed: value.map { comparison.holds($0, bound) } ?? false)
  }
}
