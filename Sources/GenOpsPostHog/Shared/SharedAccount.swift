import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// The part of an account's state that exists only when processes share it.
struct SharedAccount {
  var book: LeaseBook
  var needs: LeaseNeeds
  let opening: OpeningBalance
  /// Whether no store has answered yet.
  var isFirst = true
  /// Requests that a store could not answer.
  var failures = 0
  /// Set by the last report: nothing more is asked for.
  var isClosed = false

  init(_ core: borrowing AdapterCore, opening: OpeningBalance, at instant: Timestamp) {
    self.opening = opening
    book = LeaseBook(budgets: core.rules.plan.budgets.map(\.name), core: core)
    needs = LeaseNeeds(budgets: core.rules.plan.budgets.count, at: instant)
  }

  /// What limits the numbers of a shared account.
  var findings: Findings {
    var findings = Findings()
    if isFirst {
      findings.warning(
        "lease-unavailable", "the ledger has given no lease yet",
        help: "check that its file can be opened and written")
    } else if failures > 0 {
      findings.warning(
        "lease-unavailable", "the ledger could not be asked \(failures) times",
        help: "check that its file can be written; no budget is exceeded meanwhile")
    }
    if book.overrun > 0 {
      findings.warning(
        "lease-overrun", "up to \(book.overrun) units were priced outside of a lease",
        help: "advisory mode goes on without the ledger; other processes may price them again")
    }
    return findings
  }

  /// Moves to waiting leases that a refused item needs. False when there are none.
  mutating func advance(_ usage: Usage, eventDay: CalendarDay, _ core: inout AdapterCore) -> Bool {
    book.sync(&core)
    var changed = book.openShares(&core)
    let isPrevious = eventDay.number < core.clock.currentStart
    var isMeterShort = false
    for slot in 0..<usage.count {
      let position = usage.meterIndex(slot) + (isPrevious ? Meter.count : 0)
      let room = core.leaseEnds[position].subtractingClamped(core.meters[position].usage)
      if room >= usage.units(slot) { continue }
      isMeterShort = true
      if book.advance(position, units: usage.units(slot), &core) {
        changed = true
      } else {
        needs.noteExhausted(meterAt: position)
      }
    }
    if !changed, !isMeterShort { needs.noteExhaustedShare(cost: core.marginalCost(of: usage)) }
    if changed { needs.settle(&core, book, at: nil) }
    return changed
  }
}

extension AccountState {
  /// Decides on items of a shared account: what is refused for want of a lease is decided on again
  /// while there are leases waiting.
  mutating func admitShared(
    _ usage: Usage, line: LineID, count: Int64, kept: Int64, eventDay: CalendarDay,
    at instant: Timestamp
  ) -> Outcome {
    var outcome = core.admit(
      usage, line: line, count: count, kept: kept, eventDay: eventDay, at: instant)
    while outcome.reason == .leaseExhausted,
      shared?.advance(usage, eventDay: eventDay, &core) == true
    {
      let rest = outcome.refused
      core.takeBackRefusal(of: line, count: rest)
      let next = core.admit(
        usage, line: line, count: rest, kept: rest, eventDay: eventDay, at: instant)
      outcome.refused = next.refused
      outcome.reasonCode = next.reasonCode
      outcome.budget = next.budget
      outcome.sent += next.sent
      outcome.costNanos += next.costNanos
      outcome.alerts += next.alerts
      outcome.isCostKnown = outcome.isCostKnown && next.isCostKnown
    }
    if shared?.needs.isDue(usage, outcome, core, at: instant) == true { isRenewalDue = true }
    return outcome
  }

  /// What to ask the store; nil for an account that is not shared.
  mutating func leaseRequest(at instant: Timestamp) -> LeaseRequest? {
    isRenewalDue = false
    guard let isClosed = shared?.isClosed, !isClosed else { return nil }
    // Nobody may have captured since the last period: what is asked for is what the next event needs.
    core.advance(to: instant)
    for window in core.closedWindows { shared?.book.close(window) }
    shared?.book.sync(&core)
    guard let book = shared?.book, let opening = shared?.opening, let isFirst = shared?.isFirst
    else { return nil }
    return shared?.needs.request(&core, book, opening: opening, isFirst: isFirst, at: instant)
  }

  /// When to ask again though nothing is captured.
  func nextRenewal(after instant: Timestamp) -> Timestamp {
    LeaseNeeds.nextRenewal(core, after: instant)
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
