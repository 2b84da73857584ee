import GenOpsAdmission
import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// `AdapterCore.admit` in bulk: a year of daily totals on four meters, as a simulated path is.
func benchmarkCore() throws {
  print("core: 365 days x 4 streams per path; one admission per stream and day")
  for (label, plan) in plans().prefix(Int(CommandLine.arguments.last ?? "") ?? 9) {
    let rules = try Rules(plan: plan, calculator: CostCalculator())
    let start = CalendarDay(number: 20_454)  // 2026-01-01
    var core = AdapterCore(rules: rules, start: Timestamp(startOf: start))
    var anonymous = Usage(.events)
    let events = anonymous
    anonymous.add(.identifiedEvents)
    let usages = [events, anonymous, Usage(.featureFlagRequests, 10), Usage(.sessionRecordings)]
    let items = usages.enumerated().map { position, usage in
      core.register(usage, usageClass: core.register(UsageClass(eventClass: "class \(position)")))
    }
    let counts: [Int64] = [40_000, 50_000, 9_000, 900]
    let paths = CommandLine.arguments.contains("few") ? 20 : 2_000
    for isBatch in [false, true] {
      var cost: Int64 = 0
      let seconds = medianCPU {
        var offers = items.map { Offer($0, count: 0) }
        for path in 0..<Int64(paths) {
          core.reset()
          for day in 0..<365 {
            let today = start.advanced(by: day)
            let instant = Timestamp(startOf: today)
            for stream in 0..<4 {
              let count = counts[stream] + path + Int64(day)
              if isBatch {
                offers[stream].count = count
                offers[stream].kept = count
              } else {
                core.admit(items[stream], count: count, kept: count, eventDay: today, at: instant)
              }
            }
            if isBatch {
              offers.withUnsafeBufferPointer { core.admit($0, eventDay: today, at: instant) }
            }
          }
          cost &+= core.totalCost.nanos
        }
      }
      keep(cost)
      let each = text(seconds / Double(paths * 365 * 4) * 1e9)
      print("  \(label): \(each) ns per admission, \(isBatch ? "a day at a time" : "one by one")")
    }
  }
}

private func plans() -> [(String, GovernancePlan)] {
  let year = Budget(name: "year", limit: Money(units: 60_000), period: .year)
  let month = Budget(name: "month", limit: Money(units: 5_000), period: .month)
  let day = Budget(name: "day", limit: Money(units: 500), period: .day)
  let tight = Budget(name: "month", limit: Money(units: 60), period: .month)
  let limit = PostHogLimit(meter: .events, amount: Money(units: 40))
  return [
    ("no budget                     ", GovernancePlan()),
    ("year, advisory                ", GovernancePlan(budgets: [year])),
    ("year and month, enforced      ", GovernancePlan(mode: .enforced, budgets: [year, month])),
    (
      "year, month and day, enforced ",
      GovernancePlan(mode: .enforced, budgets: [year, month, day])
    ),
    ("month, refusing half of it    ", GovernancePlan(mode: .enforced, budgets: [tight])),
    ("PostHog limit, dropping       ", GovernancePlan(postHogLimits: [limit])),
  ]
}
