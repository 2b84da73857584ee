package import GenOpsGovernance
package import GenOpsUnits

/// PostHog's own billing limit: the do-nothing alternative. Data beyond it is dropped until the
/// billing period ends. `none` lifts the limits that there are, `free` is PostHog's free plan.
package struct PostHogLimitLever: Lever {
  package static let name = "posthog_limit"
  package static let summary = "PostHog's billing limit per product: drops data to the period's end"
  package static let example = "{product_analytics: 2500 USD per month}"

  package var policy: PostHogLimitPolicy

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> PostHogLimitLever?
  {
    guard let policy = PostHogLimitPolicy(node, &findings) else { return nil }
    for currency in policy.limits.compactMap(\.currency) where currency != context.currency {
      findings.error(
        "two-currencies",
        "the limit is in \(currency), the price book in \(context.currency); nothing is "
          + "converted", help: "write: posthog_limit: \(example)", at: node.location)
    }
    return PostHogLimitLever(policy: policy)
  }

  package var losesData: Bool { !policy.limits.isEmpty }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    policy.apply(to: &plan.governance)
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    if policy.limits.isEmpty { return policy.sideEffect }
    let days = outcome.darkDaysPerMonth
    if days >= 9.95 { return "dark \(Int64(rounding: days)) days a month" }
    if days >= 0.95 { return "dark \(Double(Int64(rounding: days * 10)) / 10) days a month" }
    return outcome.lost.refused > 0 ? "dark for hours each month" : nil
  }
}
