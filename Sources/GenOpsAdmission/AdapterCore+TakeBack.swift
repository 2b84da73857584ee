public import GenOpsMetering
public import GenOpsUnits

import GenOpsCosting
import GenOpsGovernance

extension AdapterCore {
  /// Takes back a sent item that was lost on its way: its units and its cost leave the meters and the
  /// budgets, as if it had not been sent. For the budgets it stays offered, so a breach is one still.
  ///
  /// Exactly undone is what was sent in the current billing period of an account that is not shared:
  /// the price taken off is that of the last units, which is what all others then cost less. Units of
  /// a leased interval are not given back one by one; there `cost` leaves the budgets that look at all
  /// meters of the item, and what the ledger was told stays the most that was ever spent. Alerts that
  /// were raised stay raised, and PostHog's limit that was reached stays reached.
  ///
  /// - Parameters:
  ///   - usage: What the item used.
  ///   - usageClass: Whose it is.
  ///   - cost: What it cost when it was decided, in nano-units.
  ///   - isUsageCertain: Whether `usage` is what was metered then. Otherwise no more than `cost` is
  ///     taken back.
  ///   - eventDay: The UTC day of its timestamp.
  ///   - decided: When it was decided. Budget windows that have ended since stay as they are.
  /// - Returns: Nano-units that were taken back.
  @discardableResult
  public mutating func takeBack(
    _ usage: Usage, usageClass: UsageClassID, cost: Int64, isUsageCertain: Bool = true,
    eventDay: CalendarDay, decided: Timestamp
  ) -> Int64 {
    let day = eventDay.number
    guard cost >= 0, usage.count > 0, day >= clock.currentStart, day < clock.currentEnd else {
      return 0
    }
    let parts = isLeased ? nil : lastCosts(of: usage, atMost: isUsageCertain ? .max : cost)
    if let parts {
      for slot in 0..<usage.count {
        giveBack(usage.units(slot), parts[slot], usage.meterIndex(slot))
      }
      usageClasses[usageClass.index].tally.units -= usage.units(0)
    } else if usage.count == 1 {
      meters[usage.meterIndex(0)].cost -= cost
    }
    let decidedDay = decided.day.number
    let lines = usageClasses[usageClass.index]
    for position in Int(lines.firstBudget)..<Int(lines.endBudget) {
      let budget = Int(lineBudgets[position])
      guard decidedDay >= windows[budget].startDay, decidedDay < windows[budget].endDay else {
        continue
      }
      var inside: Int64 = 0
      var looksAtAll = true
      for slot in 0..<usage.count {
        if budgets[budget].meters & (1 << UInt64(usage.meterIndex(slot))) != 0 {
          inside += parts?[slot] ?? 0
        } else {
          looksAtAll = false
        }
      }
      if parts == nil { inside = looksAtAll ? cost : 0 }
      budgets[budget].spent -= inside
      windows[budget].withheld += inside
      settleBudget(budget)
    }
    let total = parts?.reduce(0, +) ?? cost
    usageClasses[usageClass.index].tally.cost -= total
    return total
  }

  /// What the last units of each meter cost; nil when a price is not known, or all is more than
  /// `most`.
  private mutating func lastCosts(of usage: Usage, atMost most: Int64) -> [Int64]? {
    var costs: [Int64] = []
    var sum: Int64 = 0
    for slot in 0..<usage.count {
      let meter = usage.meterIndex(slot)
      let state = meters[meter]
      guard state.flags.isDisjoint(with: .priceUnknown), state.usage >= usage.units(slot),
        let table = rules.tables(inStage: Int(clock.stage))[meter],
        let cost = table.cost(from: state.usage - usage.units(slot), to: state.usage)
      else { return nil }
      costs.append(cost.nanos)
      sum = sum.addingClamped(cost.nanos)
    }
    return sum <= most ? costs : nil
  }

  private mutating func giveBack(_ units: Int64, _ cost: Int64, _ meter: Int) {
    meters[meter].usage -= units
    meters[meter].cost -= cost
    // A walk goes up only, so it begins anew.
    meters[meter].segment = freshMeters[Int(clock.stage) * meterCount + meter].segment
    settleMeter(meter)
  }
}
