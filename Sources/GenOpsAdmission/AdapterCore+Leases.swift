import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
package import GenOpsUnits

/// A core whose account is shared by several processes.
///
/// Each process holds intervals of every meter's usage, so that each unit is priced once, and a
/// share of every hard budget, so that all together never pass it. The core stands at a position in
/// one interval per meter; the shell moves it to the next.
extension AdapterCore {
  /// From here on the account is shared. What is spent so far counts as other processes'.
  ///
  /// With `binds` nothing is admitted until a lease is given; without it leases only say where
  /// units are priced.
  package mutating func beginLeasing(binds: Bool) {
    isLeased = true
    leasesBind = binds
    for position in 0..<meters.count {
      leaseEnds[position] = binds ? 0 : .max
      settleMeter(position)
    }
    for budget in 0..<budgets.count {
      windows[budget].others = budgets[budget].spent
      openLease(budget)
      settleBudget(budget)
    }
  }

  /// Follows the clock without a decision, into the period or window that has begun since.
  package mutating func advance(to instant: Timestamp) {
    clock.now = max(clock.now, instant.microseconds)
    if clock.now >= clock.nextRollover { rollOver() }
  }

  /// Goes on at `lease` on a meter. What was counted before stays counted.
  mutating func install(_ lease: MeterLease, at position: Int) {
    let meter = position % meterCount
    let before = meters[position].usage
    let stage = Int(position < meterCount ? clock.stage : clock.previousStage)
    let fresh = freshMeters[stage * meterCount + meter]
    closed[meter].units &+= before &- lease.next
    let stages =
      position < meterCount
      ? rules.stages(from: stage, before: CalendarDay(number: clock.currentEnd)) : stage...stage
    let isUnknown = !lease.isOpeningKnown && !rules.isFlat(meter, inStages: stages)
    let segment = isUnknown ? unknownSegments[stage * meterCount + meter] : fresh.segment
    if meters[position].flags.contains(.diverged) {
      let apart = max(0, offered[position].usage - before)
      offered[position].usage = lease.next.addingClamped(apart)
      offered[position].segment = walk(to: offered[position].usage, from: segment)
    }
    meters[position].usage = lease.next
    meters[position].segment = segment
    meters[position].flags =
      fresh.flags.union(meters[position].flags.intersection([.diverged, .limited]))
    if isUnknown { meters[position].flags.insert(.unknownOpening) }
    leaseEnds[position] = leasesBind ? lease.end : .max
    if hasLimits, position < meterCount { noteLimit(meter) }
    settleMeter(position)
  }

  /// Takes over what is known of a budget. What this process spent stays.
  mutating func install(_ share: BudgetShare, at budget: Int) {
    let own = budgets[budget].spent - windows[budget].others
    budgets[budget].spent = share.others.nanos.addingClamped(own)
    windows[budget].others = share.others.nanos
    if leasesBind, budgetRules[budget].isEnforced {
      windows[budget].leased = share.others.nanos.addingClamped(share.granted.nanos)
      windows[budget].leasedCritical =
        windows[budget].leased.addingClamped(share.reserve.nanos)
    }
    noteOffered(budget)
    raiseAlerts(budget)
    settleBudget(budget)
  }

  /// Whether a meter position is about the billing periods that the core began in.
  func isFirstPeriod() -> Bool { clock.currentStart == startClock.currentStart }

  /// Whether a budget is in the window that the core began in.
  func isFirstWindow(_ budget: Int) -> Bool {
    windows[budget].startDay == startWindows[budget].startDay
  }

  /// What this process spent in the present window of a budget.
  mutating func ownSpending(_ budget: Int) -> Int64 {
    budgets[budget].spent - windows[budget].others
  }

  /// Takes back that `count` items were refused, so that they can be decided on again.
  package mutating func takeBackRefusal(of usageClass: UsageClassID, count: Int64) {
    usageClasses[usageClass.index].tally.refused -= count
    counted -= count
  }

  /// The first hard budget of a usage class that has no room for one item, neither in this process's share nor,
  /// by `rest`, in any other's. Critical items have a reserve of which `rest` says nothing, so they have none, unless
  /// with `countsReserve` this process's part of it is looked at too.
  mutating func budgetWithoutRoom(
    for usage: Usage, usageClass: UsageClassID, countsReserve: Bool = false,
    rest: (Int, borrowing AdapterCore) -> Int64?
  ) -> Int? {
    let line = usageClasses[usageClass.index]
    // Both are positions that ``register(_:)`` wrote, the first no higher than the end.
    for position in Int(line.firstBudget)..<Int(line.endBudget) {
      let budget = Int(lineBudgets[position])
      let rule = budgetRules[budget]
      let hasReserve = line.isCritical && rule.bound < rule.limit
      if !rule.isEnforced || (hasReserve && !countsReserve) { continue }
      guard let rest = rest(budget, self) else { continue }
      var cost: Int64 = 0
      for slot in 0..<usage.count
      where budgets[budget].meters & (1 << UInt64(usage.meterIndex(slot))) != 0 {
        let unit = segments[Int(meters[usage.meterIndex(slot)].segment)].nextUnit
        cost = cost.addingClamped(usage.units(slot).multipliedClamped(by: unit))
      }
      let leased = hasReserve ? windows[budget].leasedCritical : windows[budget].leased
      let own = leased.subtractingClamped(budgets[budget].spent)
      if cost > max(0, own, rest) { return budget }
    }
    return nil
  }

  /// Makes of a refusal for lack of a lease one by a budget that is used up.
  package mutating func blame(_ budget: Int, _ outcome: inout Outcome) {
    let alertsBefore = alerts.count
    noteRefusal(by: budget, count: outcome.refused)
    settleBudget(budget)
    outcome.reason = .budget
    // A position in the plan, which has far fewer budgets than `Int32` counts.
    outcome.budget = Int32(clamping: budget)
    outcome.alerts += Int32(clamping: alerts.count - alertsBefore)
  }

  /// How many items of the present step lie inside the leases of their meters.
  mutating func itemsUntilLeaseEnd(_ touches: Int) -> Int64 {
    var items = Int64.max
    for touch in 0..<touches {
      let position = scratch[touch].state
      let room = max(0, leaseEnds[position].subtractingClamped(meters[position].usage))
      items = min(items, room / scratch[touch].units)
    }
    return items
  }

  /// How many items the share of a hard budget pays for.
  mutating func itemsWithinLease(_ budget: Int, usageClass: Int, touches: Int) -> Int64 {
    guard budgetRules[budget].isEnforced, let cost = itemCost(budget, touches: touches), cost > 0
    else { return .max }
    let bound =
      usageClasses[usageClass].isCritical ? windows[budget].leasedCritical : windows[budget].leased
    let spent = budgets[budget].spent
    return spent > bound ? 0 : bound.subtractingClamped(spent) / cost
  }

  /// A new billing period has no leases yet; those of the ended one stay good for late events.
  mutating func openLeases(isNext: Bool) {
    for meter in 0..<meterCount {
      leaseEnds[meterCount + meter] = isNext ? leaseEnds[meter] : leasesBind ? 0 : .max
      leaseEnds[meter] = leasesBind ? 0 : .max
      settleMeter(meter)
      settleMeter(meterCount + meter)
    }
  }

  /// A new window has no share yet.
  mutating func openLease(_ budget: Int) {
    guard leasesBind, budgetRules[budget].isEnforced else { return }
    windows[budget].leased = 0
    windows[budget].leasedCritical = 0
    settleBudget(budget)
  }
}
