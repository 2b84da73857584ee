import GenOpsGovernance
import GenOpsUnits

/// What days that are admitted together come to on the budgets.
extension AdapterCore {
  /// Shortens the days to those after which every budget that refuses has been kept.
  mutating func keepWithinBudgets(_ block: inout DayBlock, _ count: inout Int) {
    guard refusesByBudget, !isHistory else { return }
    for place in block.budgets.indices where budgetRules[block.budgets[place]].isEnforced {
      let budget = block.budgets[place]
      let room = budgetRules[budget].bound.subtractingClamped(budgets[budget].spent)
      if spending(&block, budget, days: count) <= room { continue }
      addSpending(&block, budget, days: count)
      while count > 0, block.spent[count] > room { count -= 1 }
    }
  }

  /// What a budget is spent by on all of the days.
  private mutating func spending(_ block: inout DayBlock, _ budget: Int, days count: Int) -> Int64 {
    var sum: Int64 = 0
    for place in block.meters.indices where block.meters[place].live > 0 {
      if budgets[budget].meters & (1 << UInt64(block.meters[place].meter)) == 0 { continue }
      sum &+= block.meters[place].cost[count] &- block.meters[place].cost[0]
    }
    return sum
  }

  /// Writes what a budget has been spent by at the end of each of the days, from nothing at their beginning.
  private mutating func addSpending(_ block: inout DayBlock, _ budget: Int, days count: Int) {
    let spent = block.spent.base
    for day in 0...count { spent[day] = 0 }
    for place in block.meters.indices where block.meters[place].live > 0 {
      if budgets[budget].meters & (1 << UInt64(block.meters[place].meter)) == 0 { continue }
      let cost = block.meters[place].cost
      for day in 0...count { spent[day] &+= cost[day] &- cost[0] }
    }
  }

  /// Counts the days on the budgets. All costs together are in range, as ``reserve(_:days:)`` has found. Breaches and alerts are of the first instant of a day.
  mutating func spend(_ block: inout DayBlock, days count: Int) {
    let first = clock.now
    for place in block.budgets.indices {
      let budget = block.budgets[place]
      let before = budgets[budget].spent
      let all = spending(&block, budget, days: count)
      if before &+ all <= budgets[budget].quiet {
        budgets[budget].spent = before &+ all
        continue
      }
      addSpending(&block, budget, days: count)
      for day in 0..<count {
        let spent = before &+ block.spent[day + 1]
        if spent == budgets[budget].spent { continue }
        budgets[budget].spent = spent
        if spent <= budgets[budget].quiet { continue }
        clock.now = first + Int64(day) * Timestamp.microsecondsPerDay
        noteOffered(budget)
        raiseAlerts(budget)
        settleBudget(budget)
      }
    }
    // The last of at most 31 days.
    clock.now = first + Int64(count - 1) * Timestamp.microsecondsPerDay
  }
}
