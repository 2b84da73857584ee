import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsGovernance

@Suite("Budgets")
struct BudgetTests {
  private func codes(_ change: (inout Budget) -> Void) -> [String] {
    var budget = Budget(name: "b", limit: Money(units: 100), period: .month)
    change(&budget)
    var findings = Findings()
    budget.validate(&findings)
    return findings.all.map { "\($0.severity) \($0.code)" }
  }

  @Test("A sound budget has no findings")
  func sound() { #expect(codes { _ in } == []) }

  @Test("Every mistake is found")
  func mistakes() {
    #expect(codes { $0.limit = Money(units: -1) } == ["error budget-limit"])
    #expect(codes { $0.limit = .zero } == ["note budget-zero"])
    #expect(codes { $0.name = "" } == ["error budget-name"])
    #expect(codes { $0.committed = Money(units: -1) } == ["error budget-committed"])
    #expect(codes { $0.committed = Money(units: 100) } == ["warning budget-committed"])
    #expect(codes { $0.fiscalStart = 13 } == ["error fiscal-start"])
    #expect(codes { $0.reservePercent = 101 } == ["error budget-reserve"])
    #expect(codes { $0.alertPercents = [90, 80] } == ["error budget-alerts"])
    #expect(codes { $0.alertPercents = [0] } == ["error budget-alerts"])
    #expect(codes { $0.meters = [] } == ["error budget-meters"])
  }

  @Test("A share is rounded up to a nano-unit and never overflows")
  func shares() {
    var budget = Budget(name: "b", limit: Money(nanos: 101), period: .day)
    #expect(budget.share(percent: 50).nanos == 51)
    #expect(budget.share(percent: 100).nanos == 101)
    budget.limit = Money(nanos: .max)
    #expect(budget.share(percent: 1000).nanos == .max)
    #expect(budget.share(percent: 100).nanos == .max)
  }

  @Test("A plan reports what only shows together")
  func plans() {
    var findings = Findings()
    var plan = GovernancePlan()
    plan.budgets = [
      Budget(name: "a", limit: Money(units: 1), period: .day),
      Budget(name: "a", limit: Money(units: 1), currency: "EUR", period: .day),
    ]
    plan.postHogLimits = [
      PostHogLimit(meter: .events, amount: .zero), PostHogLimit(meter: .events, amount: .zero),
    ]
    plan.validate(&findings)
    #expect(
      findings.all.map(\.code) == ["duplicate-budget", "two-currencies", "duplicate-limit"])
  }
}
