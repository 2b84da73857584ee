public import GenOpsGovernance

import GenOpsMetering
import GenOpsUnits
import Synchronization
import GenOpsAdmission

extension PostHogAdapter {
  /// Thresholds for alerts and a limit for the worst case, from what the account's own complete days cost since the
  /// adapter began and in ``AdapterConfiguration/history``. A ledger remembers more: `dailyCosts(from:to:)`.
  ///
  /// - Throws: `few-days` before two weeks are known.
  public func suggestedLimits() throws(FindingsError) -> SuggestedLimits {
    try account.state.withLock { $0.history }.suggestedLimits()
  }

  /// Says that somebody looks after the message `id`, so that it is not passed on. False when it is
  /// not waiting for that.
  @discardableResult
  public func acknowledge(_ id: String) -> Bool {
    account.desk.withLock { $0.acknowledge(id) }
  }

  /// Passes unacknowledged messages on to the next recipient. Call it now and then, such as once a
  /// minute; nothing else watches the time.
  public func escalate() {
    let now = account.clock.now()
    account.post(account.desk.withLock { $0.due(at: now) })
  }

  /// The last seven complete days of the account beside the seven before; nil with fewer known.
  public var weeklyTrend: WeeklyTrend? { account.state.withLock { $0.history }.weeklyTrend }

  /// What the account cost on each complete day.
  public var costHistory: CostHistory { account.state.withLock { $0.history } }
}

extension Account {
  /// Tells of thresholds that were reached, after the lock is released.
  func raise(_ alerts: [Alert]) {
    guard configuration.areCostAlertsEnabled, !alerts.isEmpty else { return }
    let budgets = configuration.plan.withAlertThresholds.budgets
    let spent = state.withLock { state in alerts.map { state.core.window(of: $0.budget).spent } }
    let notices = desk.withLock { desk in
      zip(alerts, spent).map { desk.raise($0, budgets[$0.budget], spent: $1) }
    }
    for alert in alerts { configuration.onAlert(alert, budgets[alert.budget]) }
    post(notices)
  }

  /// Looks at the days that are complete, when a new one begins.
  func watchTrends() {
    guard configuration.areCostAlertsEnabled else { return }
    let (history, now) = state.withLock { ($0.history, $0.core.now) }
    post(desk.withLock { $0.watch(history, at: now) })
  }

  func post(_ notices: [AlertNotice]) { for notice in notices { configuration.onNotice(notice) } }
}
