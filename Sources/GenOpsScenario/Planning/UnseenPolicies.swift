import GenOpsGovernance
import GenOpsUnits

/// Names the policies whose doing is not in a run of days: what they need to see, days do not have.
/// Recorded events that are walked one by one have it all.
enum UnseenPolicies {
  static func report(_ scenario: Scenario, _ options: [OptionPlan], _ findings: inout Findings) {
    let plans = options.map(\.governance)
    func warn(_ code: String, _ message: String, _ help: String) {
      findings.warning(code, message, help: help, at: scenario.location)
    }
    if let high = plans.compactMap(\.trafficSampling).first?.highPerMinute {
      warn(
        "traffic-sampling-unseen",
        "sampling above \(high) events a minute is not simulated, because days have no minutes here: "
          + "usage and cost may be lower, and what is lost higher",
        "'genops replay' decides on recorded events at their own instants; for a year ahead give "
          + "rates under governance: sampling:")
    }
    if plans.contains(where: \.blocksByEvent) {
      warn(
        "privacy-unseen",
        "what strict rules of data and consent refuse is not simulated, because days have no properties and "
          + "no people here: usage and cost may be lower, and what is lost higher",
        "'genops replay' decides on recorded events with their properties")
    }
    if plans.contains(where: { !$0.eventRules.isEmpty }) {
      warn(
        "event-rules-unseen",
        "what cost-limit, rate-limit, content-filter and team-access refuse is not simulated, because days have "
          + "no single events here: usage and cost may be lower, and what is lost higher",
        "'genops replay' decides on recorded events")
    }
    let alerting = plans.map(\.alerting)
    if !scenario.faults.isEmpty,
      alerting.contains(where: { $0.growthPercent != nil || $0.anomaly != nil })
    {
      warn(
        "watch-unseen",
        "growth-watch and anomaly-watch are not simulated, only the alerts of budgets are: a fault "
          + "may be noticed earlier than is shown",
        "they watch in an application's adapter; see docs/settings.md")
    }
  }
}

extension GovernancePlan {
  /// Whether it refuses events by what is in them or by whom they are of: only strict mode does.
  fileprivate var blocksByEvent: Bool {
    let isStrict = mode == .strict || scopedModes.contains { $0.mode == .strict }
    return isStrict && (needsConsent || privacy.data.contains { $0.action == .block })
  }
}
