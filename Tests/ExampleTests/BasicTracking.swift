import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// A session with events, a conversion and flag requests; what it cost, and how much of the day's
/// budget is left.
func basicTracking(_ adapter: PostHogAdapter) -> String {
  var lines: [String] = []
  adapter.withSession(
    "user_onboarding_flow", attribution: Attribution(customer: "demo_customer_123")
  ) { session in
    for step in ["landing", "pricing", "signup_form"] {
      session.capture(
        "$pageview", distinctID: "user_12345", properties: ["$current_url": .string("/" + step)],
        isIdentified: false)
    }
    let signup = session.capture(
      "signup_completed", distinctID: "user_12345",
      properties: ["plan": "business", "value": .number("299.00")])
    session.record(.flagRequest)
    session.recordConversion(value: Money(units: 299), distinctID: "user_12345")
    let totals = session.summary
    let cost = (try? signup.get())?.description ?? "unknown"
    lines.append("signup: \(signup.outcome.id), \(cost) USD")
    lines.append("session: \(totals.eventsCaptured) events, \(totals.flagsEvaluated) flag requests")
    lines.append(
      "cost: \(totals.cost) USD, for each conversion \(totals.costPerConversion ?? .zero)")
  }
  let summary = adapter.costSummary()
  let left = (summary.dailyBudgetLimit ?? .zero) - summary.dailyCosts
  lines.append("today: \(summary.dailyCosts) USD of \(summary.dailyBudgetLimit ?? .zero)")
  lines.append(
    "status: "
      + (left > Money(units: 10)
        ? "healthy" : left > Money(units: 1) ? "monitor" : "approaching the limit"))
  return lines.joined(separator: "\n") + "\n"
}
