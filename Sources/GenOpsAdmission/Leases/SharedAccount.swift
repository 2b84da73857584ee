package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsUnits

/// The part of an account's state that exists only when processes share it.
package struct SharedAccount {
  package var book: LeaseBook
  package var needs: LeaseNeeds
  package let opening: OpeningBalance
  /// Whether no store has answered yet.
  package var isFirst = true
  /// Requests that a store could not answer.
  package var failures = 0
  /// Set by the last report: nothing more is asked for.
  package var isClosed = false

  package init(_ core: borrowing AdapterCore, opening: OpeningBalance, at instant: Timestamp) {
    self.opening = opening
    book = LeaseBook(budgets: core.rules.plan.budgets.map(\.name), core: core)
    needs = LeaseNeeds(budgets: core.rules.plan.budgets.count, at: instant)
  }

  /// What limits the numbers of a shared account.
  package var findings: Findings {
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

  /// What to ask a store, and what to give back with it.
  package mutating func request(_ core: inout AdapterCore, at instant: Timestamp) -> LeaseRequest {
    needs.request(&core, &book, opening: opening, isFirst: isFirst, at: instant)
  }

  /// Moves to waiting leases that a refused item needs. False when there are none.
  package mutating func advance(_ usage: Usage, eventDay: CalendarDay, _ core: inout AdapterCore)
    -> Bool
  {
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
    if !changed, !isMeterShort { needs.noteExhaustedShare(cost: core.judgedCost(of: usage)) }
    if changed { needs.settle(&core, book, at: nil) }
    return changed
  }

  /// The budget that an item was refused for which found no lease: no process has room for it, as far as the
  /// store's last answer says. Nil while another may have room, and where units are short instead of money.
  package func spentBudget(
    _ usage: Usage, usageClass: UsageClassID, eventDay: CalendarDay, _ core: inout AdapterCore
  ) -> Int? {
    if isShortOfUnits(usage, eventDay: eventDay, &core) { return nil }
    return core.budgetWithoutRoom(for: usage, usageClass: usageClass) { budget, core in
      book.shares[book.axis(ofBudgetAt: budget, core)]?.rest?.nanos
    }
  }

  /// The budget of which this process's share has no room for an item that was refused: another may have room. Nil
  /// where units are short instead of money.
  package func scarceBudget(
    _ usage: Usage, usageClass: UsageClassID, eventDay: CalendarDay, _ core: inout AdapterCore
  ) -> Int? {
    if isShortOfUnits(usage, eventDay: eventDay, &core) { return nil }
    return core.budgetWithoutRoom(
      for: usage, usageClass: usageClass, countsReserve: true
    ) { _, _ in 0 }
  }

  private func isShortOfUnits(
    _ usage: Usage, eventDay: CalendarDay, _ core: inout AdapterCore
  ) -> Bool {
    let isPrevious = eventDay.number < core.clock.currentStart
    for slot in 0..<usage.count {
      let position = usage.meterIndex(slot) + (isPrevious ? Meter.count : 0)
      let room = core.leaseEnds[position].subtractingClamped(core.meters[position].usage)
      if room < usage.units(slot) { return true }
    }
    return false
  }
}
