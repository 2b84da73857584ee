import GenOpsGovernance
import GenOpsMetering
import GenOpsPostHogTesting
import GenOpsTestSupport
import GenOpsUnits

@testable import GenOpsPostHog

/// Adapters of several processes on one store of budgets.
struct SharedFixture {
  let base = AdapterFixture()
  var clock: ManualClock { base.clock }

  func plan(_ limit: Int64, mode: GovernanceMode = .enforced) -> GovernancePlan {
    GovernancePlan(mode: mode, budgets: [base.dayBudget(limit)])
  }

  func adapter(
    _ store: any BudgetStore, _ plan: GovernancePlan, used: Int64 = 1_000_000,
    renewsByItself: Bool = false, _ change: (inout AdapterConfiguration) -> Void = { _ in }
  ) throws -> PostHogAdapter {
    try base.adapter(plan, used: used) {
      $0.budgetStore = store
      $0.renewsLeasesByItself = renewsByItself
      change(&$0)
    }
  }

  func nanos(_ outcome: CaptureOutcome) -> Int64 {
    if case .sent(let cost) = outcome { cost?.nanos ?? 0 } else { 0 }
  }
}
