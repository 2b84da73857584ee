import GenOpsGovernance
import GenOpsPostHog
import GenOpsUnits

/// Tenants of one PostHog organization: shared tiers, budgets and modes of their own.
func multiTenant(_ tenants: TenantDirectory) throws -> String {
  var lines: [String] = []
  for id in tenants.ids {
    let adapter = try tenants.adapter(for: id)
    for number in 0..<10 {
      adapter.capture("report_opened", distinctID: "\(id)-\(number)", isIdentified: false)
    }
    let summary = adapter.costSummary()
    let limit = summary.dailyBudgetLimit?.description ?? "no limit"
    lines.append(
      "\(id) (\(summary.mode.rawValue)): \(summary.eventsToday) of 10 sent, "
        + "\(summary.dailyCosts) of \(limit) USD")
  }
  return lines.joined(separator: "\n") + "\n"
}
