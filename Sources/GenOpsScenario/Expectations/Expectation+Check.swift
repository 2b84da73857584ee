import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
package import GenOpsUnits

extension Expectation {
  /// Reports what the condition names and `option` of the scenario does not have: a month outside
  /// the period, a budget, a meter, a value case. Such a condition could never be judged, so it is
  /// an error and not a gate that fails.
  package func check(
    _ option: OptionPlan, isAsIs: Bool, _ scenario: Scenario, _ period: Scenario.Period,
    at location: SourceLocation?, _ findings: inout Findings
  ) {
    guard let obstacle = obstacle(option, isAsIs: isAsIs, scenario, period) else { return }
    findings.error(obstacle.code, obstacle.message, help: obstacle.help, at: location)
  }

  private typealias Obstacle = (code: String, message: String, help: String)

  private func obstacle(
    _ option: OptionPlan, isAsIs: Bool, _ scenario: Scenario, _ period: Scenario.Period
  ) -> Obstacle? {
    switch metric.id {
    case .cost: return period.months.count == 12 && argument == "year" ? nil : month(period)
    case .overshoot, .askFor, .breachProbability:
      let budgets = option.governance.budgets
      if budgets.isEmpty {
        return (
          "missing-key", "\(metric.name) needs a budget, and '\(option.name)' has none",
          "add: budget: 5000 \(scenario.book.currency) per month"
        )
      }
      let names = budgets.flatMap { [$0.name, $0.period.rawValue] }
      return argument.map(names.contains) ?? true ? nil : month(period, or: budgets.map(\.name))
    case .usage: return usage(option, isAsIs: isAsIs)
    case .npv, .roi, .payback, .lossProbability:
      if scenario.value != nil { return nil }
      return (
        "missing-key", "\(metric.name) needs the benefits and costs of value:",
        "add: value: {benefits: [replaced tools: {amount: 3500 \(scenario.book.currency) per month}]}"
      )
    case .lostShare: return used(option)
    case .saves, .lostEvents, .lostRefused, .lostSampled, .lostCritical: return nil
    }
  }

  /// Why the argument is not a month of the period, where it is not one of `names` either.
  private func month(_ period: Scenario.Period, or names: [String] = []) -> Obstacle? {
    guard let argument else { return nil }
    let span = "\(period.first) to \(period.last)"
    let first = names.first ?? period.first.description
    if let month = CalendarMonth(argument) {
      if period.first <= month, month <= period.last { return nil }
      let message = "\(metric.name)(\(argument)) lies outside the period, \(span)"
      return ("metric-argument", message, "write: \(metric.name)(\(first))")
    }
    let help = "write: \(metric.name)(\(DateForm.month(argument)?.description ?? first))"
    if argument == "year", names.isEmpty {
      let message = "the period, \(span), is not a year"
      return ("metric-argument", message, "leave '(year)' out: \(metric.name) is for all of it")
    }
    let message =
      names.isEmpty
      ? "'\(argument)' is not a month of the period, \(span)"
      : "'\(argument)' is neither a budget ('\(names.joined(separator: "', '"))') nor a month of the "
        + "period, \(span)"
    return ("metric-argument", message, help)
  }

  private func usage(_ option: OptionPlan, isAsIs: Bool) -> Obstacle? {
    if !isAsIs {
      let message = "usage is counted for 'as is' alone, not for '\(option.name)'"
      return ("metric-argument", message, "write it under: as is")
    }
    return used(option)
  }

  /// Why the argument is not a meter that the option uses.
  private func used(_ option: OptionPlan) -> Obstacle? {
    guard let meter = argument.flatMap({ Meter(named: $0) }) else { return nil }
    if option.uses(meter) { return nil }
    let used = Meter.allCases.filter(option.uses).map(\.id)
    return (
      "metric-argument", "the scenario has no usage of \(meter.id)",
      "it has: \(used.joined(separator: ", "))"
    )
  }
}
