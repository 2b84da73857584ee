package import GenOpsScenario
import GenOpsUnits

extension TrackResult {
  /// The number that a condition names; nil where it is not known, such as the miss of a month that has
  /// not ended.
  package func value(_ condition: TrackCondition) -> Double? {
    switch (condition.metric, condition.scope) {
    case (.landing, .whole): total.landing.approximate
    case (.landing, .month(let month)): row(month)?.landing.approximate
    case (.overBudget, .whole): total.overBudget
    case (.overBudget, .month(let month)): row(month)?.overBudget
    case (.miss, .month(let month)): row(month).flatMap(\.missPart)
    case (.miss, .whole): nil
    case (.coverage, _): score.coverage
    }
  }

  private func row(_ month: CalendarMonth) -> Month? { months.first { $0.month == month } }

  /// What a condition of `--fail-on` says: it passes when it is known not to hold.
  package func judge(_ condition: TrackCondition) -> ExpectationResult {
    let value = value(condition)
    return ExpectationResult(
      option: "as is", expression: condition.negated,
      value: value.map { condition.describe($0, currency) } ?? "unknown", isKnown: value != nil,
      passed: value.map { !condition.holds($0) } ?? false)
  }
}
