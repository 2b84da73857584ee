import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

extension AccountState {
  /// Decides on items of a shared account: what is refused because no lease is left is decided on again
  /// while there are leases waiting.
  mutating func admitShared(
    _ usage: Usage, usageClass: UsageClassID, count: Int64, kept: Int64, eventDay: CalendarDay,
    at instant: Timestamp, within allowance: Allowance = .unlimited
  ) -> Outcome {
    var outcome = core.admit(
      usage, usageClass: usageClass, count: count, kept: kept, eventDay: eventDay, at: instant,
      within: allowance)
    while outcome.reason == .leaseExhausted,
      shared?.advance(usage, eventDay: eventDay, &core) == true
    {
      let rest = outcome.refused
      core.takeBackRefusal(of: usageClass, count: rest)
      let next = core.admit(
        usage, usageClass: usageClass, count: rest, kept: rest, eventDay: eventDay, at: instant,
        within: allowance.less(outcome.costNanos))
      outcome.refused = next.refused
      outcome.reasonCode = next.reasonCode
      outcome.budget = next.budget
      outcome.sent += next.sent
      outcome.costNanos += next.costNanos
      outcome.alerts += next.alerts
      outcome.isCostKnown = outcome.isCostKnown && next.isCostKnown
    }
    if outcome.reason == .leaseExhausted {
      if let budget = shared?.spentBudget(
        usage, usageClass: usageClass, eventDay: eventDay, &core)
      {
        core.blame(budget, &outcome)
      } else if let budget = shared?.scarceBudget(
        usage, usageClass: usageClass, eventDay: eventDay, &core)
      {
        // A position in the plan, which has far fewer budgets than `Int32` counts.
        outcome.budget = Int32(clamping: budget)
      }
    }
    if shared?.needs.isDue(usage, outcome, core, at: instant) == true { isRenewalDue = true }
    return outcome
  }

  /// What there was no lease for.
  borrowing func shortage(_ outcome: Outcome) -> LeaseShortage {
    if shared?.isClosed == true { return .givenBack }
    if shared?.isFirst == true { return .noAnswer }
    guard outcome.budget >= 0 else { return .units }
    let position = Int(outcome.budget)
    let budget = core.rules.plan.budgets[position]
    var processes: Int?
    if let axis = shared?.book.axis(ofBudgetAt: position, core) {
      processes = shared?.book.shares[axis]?.holders
    }
    return .share(
      .init(
        budget: budget.name, limit: budget.limitForUsage, currency: budget.currency,
        spent: core.window(of: position).spent, processes: processes))
  }

  /// What to ask the store; nil for an account that is not shared.
  mutating func leaseRequest(at instant: Timestamp) -> LeaseRequest? {
    isRenewalDue = false
    guard let isClosed = shared?.isClosed, !isClosed else { return nil }
    // Nobody may have captured since the last period: what is asked for is what the next event
    // needs.
    core.advance(to: instant)
    for window in core.closedWindows { shared?.book.close(window) }
    shared?.book.sync(&core)
    return shared?.request(&core, at: instant)
  }

  /// When to ask again though nothing is captured; nil for an account that is not shared.
  mutating func nextRenewal(after instant: Timestamp) -> Timestamp? {
    guard let book = shared?.book else { return nil }
    return LeaseNeeds.nextRenewal(&core, book, after: instant)
  }

  /// Takes over the store's answer; returns the alerts that it raised.
  mutating func take(_ reply: LeaseReply, to request: LeaseRequest, at instant: Timestamp)
    -> [Alert]?
  {
    guard shared != nil else { return nil }
    shared?.isFirst = false
    shared?.book.forget(reported: request.use, core)
    shared?.book.take(reply, &core)
    if let book = shared?.book { shared?.needs.settle(&core, book, at: instant) }
    return core.alerts.isEmpty && core.closedWindows.isEmpty ? nil : takeLogs()
  }

  /// Notes that the store could not be asked.
  mutating func noteLeaseFailure(at instant: Timestamp) {
    shared?.failures += 1
    shared?.needs.settleFailure(at: instant)
  }

  /// Everything used, after which this process may use nothing more.
  mutating func lastUse() -> LeaseUse? {
    if shared?.isClosed == true { return nil }
    shared?.book.sync(&core)
    guard let use = shared?.book.use(isLast: true) else { return nil }
    core.beginLeasing(binds: core.leasesBind)
    shared = SharedAccount(core, opening: .nothing, at: core.now)
    shared?.isClosed = true
    return use
  }
}
