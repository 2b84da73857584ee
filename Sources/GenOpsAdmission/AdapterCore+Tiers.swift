import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

extension AdapterCore {
  /// The path between the quiet and the careful one: everything kept is sent and no limit,
  /// threshold or budget is near, but tiers are crossed, the items are late by a period, or a
  /// budget looks at some of their meters only. It need not look at every step, because its prices
  /// never fall: what a budget allows at the end, it allows all the way.
  @inline(never)
  mutating func admitAcrossTiers(_ id: Int, count: Int64, kept: Int64, eventDay day: Int32)
    -> Outcome
  {
    if hasLimits, let dropped = dropAll(id, count: count, kept: kept, eventDay: day) {
      return dropped
    }
    guard let total = movements(id, count: count, kept: kept, eventDay: day) else {
      return admitCarefully(id, count: count, kept: kept, eventDay: day)
    }
    let item = items[id]
    let touches = Int(item.endTouch - item.firstTouch)
    for touch in 0..<touches {
      let movement = scratch[touch]
      meters[movement.state].usage &+= movement.units
      meters[movement.state].cost &+= movement.cost
      if meters[movement.state].usage > meters[movement.state].quiet {
        settleMeter(movement.state)
      }
    }
    for position in Int(item.firstBudget)..<Int(item.endBudget) {
      let budget = Int(lineBudgets[position])
      budgets[budget].spent &+= cost(inside: budgets[budget].meters, touches: touches)
    }
    moved &+= total
    let usageClass = Int(item.usageClass)
    usageClasses[usageClass].tally.sampled &+= count &- kept
    usageClasses[usageClass].tally.sent &+= kept
    usageClasses[usageClass].tally.units &+= scratch[0].units
    usageClasses[usageClass].tally.cost &+= total
    return Outcome(sent: kept, sampled: count &- kept, costNanos: total)
  }

  /// All kept items refused, where PostHog drops already; nil when it does not, or when something
  /// else comes first.
  private mutating func dropAll(_ id: Int, count: Int64, kept: Int64, eventDay day: Int32)
    -> Outcome?
  {
    let item = items[id]
    let usageClass = Int(item.usageClass)
    guard usageClasses[usageClass].standingRefusal == UsageClassState.admitted,
      !usageClasses[usageClass].isStrict, !isHistory,
      day >= clock.previousStart, day < clock.currentEnd, kept >= 0, kept <= count,
      count <= AdapterCore.ceiling - counted
    else { return nil }
    for position in Int(item.firstTouch)..<Int(item.endTouch)
    where limits[itemTouches[position].meter].from <= clock.now {
      counted += count
      usageClasses[usageClass].tally.sampled += count - kept
      usageClasses[usageClass].tally.refused += kept
      usageClasses[usageClass].tally.dropped += kept
      var outcome = Outcome(sent: 0, sampled: count - kept, costNanos: 0)
      outcome.refused = kept
      if kept > 0 { outcome.reason = .postHogLimit }
      return outcome
    }
    return nil
  }

  /// Writes what all kept items together move on each meter and counts it; nil, with nothing
  /// changed, when this is for the careful path.
  private mutating func movements(_ id: Int, count: Int64, kept: Int64, eventDay day: Int32)
    -> Int64?
  {
    let item = items[id]
    var slot = 0
    if day < clock.currentStart || day >= clock.currentEnd {
      if day < clock.previousStart || day >= clock.currentEnd || hasLimits { return nil }
      slot = meterCount
    }
    guard item.firstTouch < item.endTouch,
      usageClasses[Int(item.usageClass)].standingRefusal == UsageClassState.admitted, count >= 0,
      UInt64(bitPattern: kept) <= UInt64(bitPattern: count)
    else { return nil }
    var total: Int64 = 0
    var newCounted = UInt64(bitPattern: counted) &+ UInt64(bitPattern: count)
    var touches = 0
    for position in Int(item.firstTouch)..<Int(item.endTouch) {
      let touch = itemTouches[position]
      let state = meters[slot + touch.meter]
      let (units, overflow) = kept.multipliedReportingOverflow(by: touch.units)
      let reached = UInt64(bitPattern: state.usage) &+ UInt64(bitPattern: units)
      guard !overflow, state.flags.isEmpty, reached <= UInt64(AdapterCore.most),
        let cost = costAcrossTiers(slot + touch.meter, to: Int64(reached))
      else { return nil }
      scratch[touches] = Touch(
        meter: touch.meter, state: slot + touch.meter, units: units, cost: cost)
      touches += 1
      total &+= cost
      newCounted &+= UInt64(bitPattern: units)
    }
    guard newCounted <= UInt64(AdapterCore.ceiling), moved &+ total <= AdapterCore.ceiling else {
      return nil
    }
    for position in Int(item.firstBudget)..<Int(item.endBudget) {
      let budget = Int(lineBudgets[position])
      let meters = budgets[budget].meters
      if meters & item.touched == 0 { continue }
      if budgets[budget].spent &+ cost(inside: meters, touches: touches) > budgets[budget].quiet {
        return nil
      }
    }
    counted = Int64(bitPattern: newCounted)
    return total
  }

  /// The part of the movements' cost that falls on `meters`.
  private mutating func cost(inside meters: UInt64, touches: Int) -> Int64 {
    var sum: Int64 = 0
    for touch in 0..<touches where meters & (1 << UInt64(scratch[touch].meter)) != 0 {
      sum &+= scratch[touch].cost
    }
    return sum
  }

  /// What the units up to `end` cost; nil when that is for the careful path: at a limit, or too
  /// much to be sure of the sums.
  private mutating func costAcrossTiers(_ position: Int, to end: Int64) -> Int64? {
    let state = meters[position]
    if hasLimits, position < meterCount, end >= limits[position].units { return nil }
    let here = segments[Int(state.segment)].price
    if isLeased, end > leaseEnds[position] { return nil }
    let last = segments[Int(walk(to: end, from: state.segment))]
    if last.isUnknown { return nil }
    let next = last.price
    guard let from = state.usage == 0 ? 0 : here.cost(of: state.usage),
      let to = end == 0 ? 0 : next.cost(of: end), to <= AdapterCore.most
    else { return nil }
    return to &- from
  }
}
