import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// The walk of alike items through tiers, limits and budgets.
///
/// While no touched meter leaves its segment, every item costs the same, so a whole run is decided
/// by one division per budget. An item that straddles a bound is a step of its own. A cliff is a
/// bound like any other: behind it the walk starts anew, so it is decided item by item.
extension AdapterCore {
  /// What ended a walk before its last item.
  enum Stop {
    case nothing
    case limit
    /// The ``Allowance`` has no room.
    case allowance
    case lease
    case budget(Int)
    /// In strict mode: the next item's price is unknown.
    case unknownPrice
  }

  /// Sends as many of `kept` items as limits and budgets let through.
  mutating func send(
    _ kept: Int64, usageClass: Int, touches: Int, hadDiverged: Bool, _ outcome: inout Outcome
  ) -> Stop {
    var left = kept
    while left > 0 {
      if !isHistory, isDropping(touches) { return .limit }
      if !isHistory, rules.plan.mode == .strict, reachesUnknown(touches) { return .unknownPrice }
      var step = priceStep(left, touches: touches, offered: false)
      step = min(step, itemsUntilLimit(touches))
      step = min(step, itemsWithinAllowance(touches))
      if step == 0 { return .allowance }
      var refusing = -1
      if isLeased {
        step = min(step, itemsUntilLeaseEnd(touches))
        if step == 0 { return .lease }
      }
      for position in Int(
        usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
      {
        let budget = Int(lineBudgets[position])
        let fits = itemsThatFit(budget, usageClass: usageClass, touches: touches)
        if fits < step { (step, refusing) = (fits, budget) }
        if step == 0 { return .budget(refusing) }
        if isLeased {
          step = min(step, itemsWithinLease(budget, usageClass: usageClass, touches: touches))
          if step == 0 { return .lease }
        }
      }
      for position in Int(
        usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
      {
        let budget = Int(lineBudgets[position])
        guard let cost = itemCost(budget, touches: touches) else { continue }
        budgets[budget].spent += step * cost
        if hadDiverged {
          windows[budget].withheld -= step * cost
        } else {
          noteOffered(budget)
        }
        raiseAlerts(budget)
      }
      for touch in 0..<touches {
        let item = scratch[touch]
        let cost = step * item.cost
        meters[item.state].usage += step * item.units
        meters[item.state].segment = walk(
          to: meters[item.state].usage, from: meters[item.state].segment)
        meters[item.state].cost += cost
        outcome.costNanos += cost
        allowance.spend(cost)
        moved += abs(cost)
      }
      noteLimits(touches)
      // Where all of a meter is unknown, ``finish`` counts; this is a tier that was reached.
      if !touchesHave(.unpriced, touches), !touchesHave(.unknownOpening, touches),
        isUnknown(touches)
      {
        usageClasses[usageClass].tally.unpriced += step
      }
      for touch in 0..<touches
      where segments[Int(meters[scratch[touch].state].segment)].isUnknownTier {
        beyondKnownTiers += step
        break
      }
      outcome.sent += step
      left -= step
    }
    return .nothing
  }

  /// Walks `count` items as if no budget refused, so that a breach and its overshoot are known.
  mutating func offer(_ count: Int64, usageClass: Int, touches: Int) {
    var left = count
    while left > 0 {
      let step = priceStep(left, touches: touches, offered: true)
      for touch in 0..<touches {
        let item = scratch[touch]
        offered[item.state].usage += step * item.units
        offered[item.state].segment = walk(
          to: offered[item.state].usage, from: offered[item.state].segment)
        moved += abs(step * item.cost)
      }
      for position in Int(
        usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
      {
        let budget = Int(lineBudgets[position])
        guard let cost = itemCost(budget, touches: touches) else { continue }
        windows[budget].withheld += step * cost
        noteOffered(budget)
      }
      left -= step
    }
  }

  /// How many of `left` items cost the same from here, at least 1; writes what one of them costs.
  mutating func priceStep(_ left: Int64, touches: Int, offered isOffered: Bool) -> Int64 {
    var step = left
    for touch in 0..<touches {
      let (usage, segment) = position(of: scratch[touch].state, offered: isOffered)
      let here = segments[Int(segment)].price
      let end = segments[Int(segment)].end(after: usage)
      // Where the first unit of a table costs more than the next (a fee), it is a step of its own.
      let isUniform = usage > 0 || here.base == here.origin &* here.unit
      step = min(step, isUniform ? (end - usage) / scratch[touch].units : 0)
    }
    for touch in 0..<touches {
      let item = scratch[touch]
      let (usage, segment) = position(of: item.state, offered: isOffered)
      scratch[touch].cost =
        step > 0
        ? item.units * segments[Int(segment)].nextUnit
        : cost(of: usage + item.units, from: segment) - cost(of: usage, from: segment)
    }
    return max(1, step)
  }

  /// Whether what the touched meters have come to has an unknown price.
  mutating func isUnknown(_ touches: Int) -> Bool {
    for touch in 0..<touches where segments[Int(meters[scratch[touch].state].segment)].isUnknown {
      return true
    }
    return false
  }

  /// Whether one more item would come to units with an unknown price.
  private mutating func reachesUnknown(_ touches: Int) -> Bool {
    for touch in 0..<touches {
      let state = meters[scratch[touch].state]
      let next = walk(to: state.usage + scratch[touch].units, from: state.segment)
      if segments[Int(next)].isUnknown { return true }
    }
    return false
  }

  private mutating func position(of state: Int, offered isOffered: Bool) -> (Int64, Int32) {
    isOffered
      ? (offered[state].usage, offered[state].segment)
      : (meters[state].usage, meters[state].segment)
  }

  mutating func walk(to usage: Int64, from segment: Int32) -> Int32 {
    let bounds = segments.base
    return Int32(
      truncatingIfNeeded: RateTable.walk(to: usage, from: Int(segment)) { bounds[$0].price.upTo })
  }

  /// The cost of the first `units` of a meter whose walk has come to `segment`. In range, because
  /// the admission was checked by ``pathLength(from:segment:adding:)`` before it began.
  private mutating func cost(of units: Int64, from segment: Int32) -> Int64 {
    units == 0 ? 0 : segments[Int(walk(to: units, from: segment))].price.cost(of: units) ?? 0
  }

  /// How many items the budget lets through at the present step's price.
  mutating func itemsThatFit(_ budget: Int, usageClass: Int, touches: Int) -> Int64 {
    let rule = budgetRules[budget]
    guard rule.isEnforced, !isHistory, let cost = itemCost(budget, touches: touches) else {
      return .max
    }
    if rule.blocksAll { return 0 }
    if cost <= 0 { return .max }
    let bound = usageClasses[usageClass].isCritical ? rule.limit : rule.bound
    let spent = budgets[budget].spent
    return spent > bound ? 0 : bound.subtractingClamped(spent) / cost
  }

  /// What one item of the present step costs the budget; nil when it looks at none of the meters.
  mutating func itemCost(_ budget: Int, touches: Int) -> Int64? {
    var sum: Int64 = 0
    var isInside = false
    for touch in 0..<touches where budgets[budget].meters & (1 << UInt64(scratch[touch].meter)) != 0
    {
      sum += scratch[touch].cost
      isInside = true
    }
    return isInside ? sum : nil
  }

  /// The sum of all rises and falls of a meter's cost over the next `units`: at least what any
  /// partition of them into steps can move. Nil when it leaves the range of money.
  mutating func pathLength(from usage: Int64, segment: Int, adding units: Int64) -> Int64? {
    let (end, overflow) = usage.addingReportingOverflow(units)
    if overflow { return nil }
    var length: Int64 = 0
    var (at, index) = (usage, segment)
    guard var here = usage == 0 ? 0 : segments[index].price.cost(of: usage) else { return nil }
    while at < end {
      let segment = segments[index].price
      let stop = min(end, segment.upTo)
      if stop > at {
        guard let first = segment.cost(of: at + 1), let last = segment.cost(of: stop) else {
          return nil
        }
        guard let jump = distance(here, first), let slope = distance(first, last) else {
          return nil
        }
        let (sum, a) = length.addingReportingOverflow(jump)
        let (longer, b) = sum.addingReportingOverflow(slope)
        if a || b { return nil }
        length = longer
        (here, at) = (last, stop)
      }
      index += 1
    }
    return length
  }
}

/// How far apart two amounts are; nil when that leaves `Int64`.
private func distance(_ a: Int64, _ b: Int64) -> Int64? {
  let (difference, overflow) = b.subtractingReportingOverflow(a)
  return overflow || difference == .min ? nil : abs(difference)
}
