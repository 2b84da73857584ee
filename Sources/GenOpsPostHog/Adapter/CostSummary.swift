public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

import Synchronization

/// The costs of one view, with the keys of the integration guide.
public struct CostSummary: Sendable, Hashable {
  /// Of the present UTC day.
  public var dailyCosts: Money
  /// Of the present calendar month, UTC.
  public var monthlyCosts: Money
  /// Of the narrowest budget of a day that covers the view; nil without one.
  public var dailyBudgetLimit: Money?
  public var monthlyBudgetLimit: Money?
  public var activeSessions: Int
  public var attribution: Attribution
  public var isGovernanceEnabled: Bool
  public var mode: GovernanceMode
  public var areCostAlertsEnabled: Bool

  /// Percent of the daily limit; nil without a limit.
  public var dailyBudgetUtilization: Double? {
    guard let limit = dailyBudgetLimit, limit > .zero else { return nil }
    return dailyCosts.approximate / limit.approximate * 100
  }

  /// The guide's twelve keys. Money is text, as everywhere in our JSON.
  public var json: JSONValue {
    func money(_ amount: Money?) -> JSONValue { amount.map { .money($0) } ?? .null }
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "daily_costs": money(dailyCosts), "monthly_costs": money(monthlyCosts),
      "daily_budget_limit": money(dailyBudgetLimit),
      "monthly_budget_limit": money(monthlyBudgetLimit),
      "daily_budget_utilization": dailyBudgetUtilization.map { .double($0) } ?? .null,
      "active_sessions": .integer(activeSessions), "team": text(attribution.team),
      "project": text(attribution.project), "environment": text(attribution.environment),
      "governance_enabled": .bool(isGovernanceEnabled), "governance_policy": .string(mode.rawValue),
      "cost_alerts_enabled": .bool(areCostAlertsEnabled),
    ]
  }
}

extension PostHogAdapter {
  /// What this view has cost, and what it may.
  public func costSummary() -> CostSummary {
    let configuration = account.configuration
    let today = account.clock.now().day
    func limit(_ period: BudgetPeriod) -> Money? {
      func width(_ budget: Budget) -> Int {
        Attribution.dimensions.count { budget.scope[$0] != nil }
      }
      return configuration.plan.budgets
        .filter { $0.period == period && attribution.matches($0.scope) }
        .max { width($0) < width($1) }?.limit
    }
    return account.state.withLock { state in
      let spending = state.spending(of: owner)
      return CostSummary(
        dailyCosts: Money(nanos: spending.day == today.number ? spending.dayNanos : 0),
        monthlyCosts: Money(
          nanos:
            spending.month == today.month.number ? spending.monthNanos : 0),
        dailyBudgetLimit: limit(.day), monthlyBudgetLimit: limit(.month),
        activeSessions: state.activeSessions, attribution: attribution,
        isGovernanceEnabled: configuration.isGovernanceEnabled, mode: configuration.plan.mode,
        areCostAlertsEnabled: configuration.areCostAlertsEnabled)
    }
  }

  /// What limits the numbers so far: unknown prices or openings, late events, a full memory.
  public func findings() -> Findings {
    account.state.withLock { state in
      var findings = state.core.rules.findings
      var (late, unpriced): (Int64, Int64) = (0, 0)
      for tally in state.core.snapshot().lines {
        late += tally.late
        unpriced += tally.unpriced
      }
      if unpriced > 0 {
        findings.warning(
          "price-unknown", "\(unpriced) items were sent without a known price",
          help: "give the usage of the month so far as the opening balance")
      }
      if late > 0 {
        findings.warning(
          "late-beyond-period", "\(late) events came after their billing period was closed",
          help: "they are delivered and not priced")
      }
      if state.core.futureDated > 0 {
        findings.warning(
          "future-dated", "\(state.core.futureDated) events lie beyond the billing period",
          help: "check the clocks that made their timestamps; they are priced in the current period"
        )
      }
      if state.core.overflowed {
        findings.error(
          "overflow", "a counter or an amount of money left its range",
          help: "split the account; what would have overflowed was refused")
      }
      if let memory = state.meter.memoryFinding { findings.add(memory) }
      return findings
    }
  }
}
