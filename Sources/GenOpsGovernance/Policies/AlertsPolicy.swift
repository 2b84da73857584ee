public import GenOpsUnits

/// When budgets alert, by their period.
public struct AlertsPolicy: Policy {
  public static let name = "alerts"
  public static let summary = "Percent of the limit at which the budgets of a period alert."
  public static let example = #"{"daily": 80, "weekly": 90, "monthly": [90, 95]}"#

  /// The words of the integration guide for periods.
  static let periods: [(word: String, period: BudgetPeriod)] = [
    ("daily", .day), ("weekly", .week), ("monthly", .month), ("quarterly", .quarter),
    ("yearly", .year),
  ]

  public var thresholds: [BudgetPeriod: [Int]]

  /// Percent of the limit, by the period of the budget; in place of what the plan has for that
  /// period.
  public init(_ thresholds: [BudgetPeriod: [Int]]) { self.thresholds = thresholds }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    thresholds = [:]
    var keys = MappingReader(node, "alerts", &own)
    for (word, period) in AlertsPolicy.periods {
      guard let value = keys.take(word) else { continue }
      let percents = (value.sequence ?? [value]).compactMap {
        $0.whole("an alert's percentage", in: 1...1000, &own)
      }
      thresholds[period] = Array(Set(percents)).sorted()
    }
    keys.finish(&own)
    if !own.hasErrors, thresholds.isEmpty {
      own.error(
        "alerts-none", "these alerts name no period", help: "write for example daily: 80",
        at: node.location)
    }
    if own.hasErrors { return nil }
  }

  public var sideEffect: String { "alerts only" }

  public func apply(to plan: inout GovernancePlan) {
    plan.alerting.thresholds.merge(thresholds) { _, new in new }
  }
}
