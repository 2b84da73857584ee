import GenOpsGovernance
import GenOpsHistory
import GenOpsMetering
import GenOpsUnits

/// Where the first billing period stands when the scenario's begins.
extension Planner {
  /// Units since the billing period began, when it began before the period asked about.
  static func openingBalance(
    _ scenario: Scenario, _ history: UsageHistory, _ window: PlanWindow, billingDay: Int,
    _ findings: inout Findings
  ) -> OpeningBalance {
    let start = window.start
    let billing = BillingPeriod(containing: start, anchorDay: billingDay)
    if let given = scenario.openingUsage {
      if billing.start == start, Meter.allCases.contains(where: { given[$0] > 0 }) {
        findings.warning(
          "opening-twice",
          "opening_usage is what the billing period used before the scenario's period, and the one of "
            + "\(start) begins with it: the first month starts on dearer tiers than it will",
          help: "leave it out; days that have passed go under history:, and another billing day is "
            + "billing_day: 15", at: window.period.location)
      }
      return OpeningBalance(
        current: Dictionary(uniqueKeysWithValues: Meter.allCases.map { ($0, given[$0]) }))
    }
    if billing.start == start { return .nothing }
    // Of days that are not exported yet the days before them tell.
    guard let first = history.firstDay, first <= billing.start,
      window.forecastStart > billing.start
    else {
      findings.warning(
        "unknown-opening",
        "the usage of \(billing.start) to \(start.advanced(by: -1)) is unknown, so the first "
          + "billing period is priced as if it began empty",
        help: "add: \(OpeningBalance.line(history, from: billing.start, to: start))",
        at: window.period.location)
      return .unknown
    }
    return OpeningBalance(
      history, from: billing.start, to: start, at: window.period.location, &findings)
  }
}
