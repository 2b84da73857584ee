public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

import Synchronization
public import GenOpsAdmission

/// The costs of one view, with the keys of the integration guide: of everything whose attribution
/// has the view's dimensions, its sessions and narrower views included.
public struct CostSummary: Sendable, Hashable {
  /// Of the present UTC day.
  public var dailyCosts: Money
  /// Since Monday, UTC.
  public var weeklyCosts: Money
  /// Of the present calendar month, UTC.
  public var monthlyCosts: Money
  /// Of the narrowest budget of a day that covers the view; nil without one.
  public var dailyBudgetLimit: Money?
  public var weeklyBudgetLimit: Money?
  public var monthlyBudgetLimit: Money?
  /// Sent on the present UTC day.
  public var eventsToday: Int64
  /// Flag requests of the present UTC day, as they are billed.
  public var flagsEvaluatedToday: Int64
  /// Everything sent since the adapter began: events, flag requests, recordings. What customers, features
  /// and the like did that have been idle for a month counts for the account only.
  public var operationsCount: Int64
  public var activeSessions: Int
  public var attribution: Attribution
  public var isGovernanceEnabled: Bool
  public var mode: GovernanceMode
  public var areCostAlertsEnabled: Bool

  /// Percent of the daily limit; nil without a limit. Below a hard budget of this very scope it
  /// stays at 100 or less.
  public var dailyBudgetUtilization: Double? {
    guard let limit = dailyBudgetLimit, limit > .zero else { return nil }
    return dailyCosts.approximate / limit.approximate * 100
  }

  /// The guide's twelve keys, then ours. Money is text, as everywhere in our JSON.
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
      "cost_alerts_enabled": .bool(areCostAlertsEnabled), "weekly_costs": money(weeklyCosts),
      "weekly_budget_limit": money(weeklyBudgetLimit), "events_today": .integer(eventsToday),
      "flags_evaluated": .integer(flagsEvaluatedToday),
      "operations_count": .integer(operationsCount),
    ]
  }
}

extension PostHogAdapter {
  /// What this view has cost, and what it may.
  public func costSummary() -> CostSummary {
    let configuration = account.configuration
    let wall = account.clock.now().day
    func limit(_ period: BudgetPeriod) -> Money? {
      func width(_ budget: Budget) -> Int {
        Attribution.dimensions.count { budget.scope[$0] != nil }
      }
      return configuration.plan.budgets
        .filter { $0.period == period && attribution.matches($0.scope) }
        .max { width($0) < width($1) }?.limit
    }
    return account.state.withLock { state in
      // Decisions never go back, and what they cost stands under their days.
      let today = max(wall, state.core.now.day)
      let spending = state.spending(in: attribution, on: today)
      return CostSummary(
        dailyCosts: Money(nanos: spending.dayNanos), weeklyCosts: Money(nanos: spending.weekNanos),
        monthlyCosts: Money(nanos: spending.monthNanos), dailyBudgetLimit: limit(.day),
        weeklyBudgetLimit: limit(.week), monthlyBudgetLimit: limit(.month),
        eventsToday: spending.events, flagsEvaluatedToday: spending.flags,
        operationsCount: spending.operations, activeSessions: state.activeSessions,
        attribution: attribution, isGovernanceEnabled: configuration.isGovernanceEnabled,
        mode: configuration.plan.mode(for: attribution),
        areCostAlertsEnabled: configuration.areCostAlertsEnabled)
    }
  }

  /// What limits the numbers so far: unknown prices or openings, late events, a full memory.
  public func findings() -> Findings {
    let withheld = account.preparation.withheld
    return account.state.withLock { state in
      var findings = state.core.rules.findings
      findings.merge(account.remarks)
      OpeningFinding.add(of: state, &findings)
      var (late, unpriced): (Int64, Int64) = (0, 0)
      let snapshot = state.core.snapshot()
      for tally in snapshot.usageClasses + snapshot.retired.values {
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
      if withheld.byOptOut > 0 {
        findings.note(
          "opt-out", "\(withheld.byOptOut) events were not sent: opted out of analytics")
      }
      if withheld.byHook > 0 {
        findings.note("before-send", "\(withheld.byHook) events were kept back by the hook")
      }
      let afterSessions = account.afterSessions.load(ordering: .relaxed)
      if afterSessions > 0 {
        findings.warning(
          "session-closed", "\(afterSessions) calls named a session that had ended",
          help: "they count for the account and for no session; capture within its closure")
      }
      if state.foldedOwners > 0 {
        findings.warning(
          "owners-folded",
          "\(state.foldedOwners) customers, features or other owners are counted together",
          help: "open sessions for fewer of them; budgets hold for each all the same")
      }
      let undeliverable = state.refusals[Int(RefusalReason.upstreamDown.rawValue)]
      if undeliverable > 0 {
        findings.warning(
          "upstream-down",
          "\(undeliverable) events were refused while none of PostHog's servers answered",
          help: "strict mode fails closed; enforced mode keeps events until a server is back")
      }
      findings.merge(account.clock.findings)
      findings.merge(state.undecidedFindings)
      findings.merge(state.gateFindings)
      findings.merge(state.sessionFindings)
      if let shared = state.shared { findings.merge(shared.findings) }
      findings.merge(account.unwritten.withLock { $0.findings })
      if let memory = state.meter.memoryFinding { findings.add(memory) }
      return findings
    }
  }
}

extension PostHogAdapter {
  /// The present window of the budget called `name`, as of the last decision; nil when there is
  /// none.
  public func standing(ofBudget name: String) -> BudgetWindow? {
    guard let position = account.configuration.plan.budgets.firstIndex(where: { $0.name == name })
    else { return nil }
    return account.state.withLock { $0.core.window(of: position) }
  }
}
