import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The same traffic through three plans: what each saves is the difference of two bills, never a
/// sum of guesses.
func costOptimisation(_ make: (GovernancePlan) throws -> PostHogAdapter) throws -> String {
  let plans: [(name: String, plan: GovernancePlan)] = [
    ("as is", .open),
    ("views at 10 %", GovernancePlan(sampling: SamplingRates(byClass: ["page_view": 0.1]))),
    ("the guide's rates", GovernancePlan(sampling: TrafficSampling.guideRates)),
  ]
  var lines: [String] = []
  var before: Money?
  for (name, plan) in plans {
    let adapter = try make(plan)
    for number in 0..<2000 {
      let names = ["$pageview", "$autocapture", "feature_use", "search", "purchase"]
      adapter.capture(names[number % 5], distinctID: "user-\(number % 400)", isIdentified: false)
    }
    let summary = adapter.costSummary()
    let saved = (before ?? summary.dailyCosts) - summary.dailyCosts
    before = before ?? summary.dailyCosts
    lines.append(
      "\(name): \(summary.eventsToday) events, \(summary.dailyCosts) USD, saves \(saved)")
  }
  let analysis = try CostCalculator().volumeAnalysis(projectedMonthlyEvents: 2_500_000)
  lines.append("2.5 M events a month cost \(analysis.projectedCost) USD")
  return lines.joined(separator: "\n") + "\n"
}
