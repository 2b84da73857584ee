import GenOpsCosting
import GenOpsGovernance
package import GenOpsMetering
package import GenOpsUnits

/// How far the order does not matter in which alike items of one instant are admitted.
///
/// Order matters where a bound is passed: who stands before a tier's bound pays its price, and who stands
/// before the last of a budget is sent. Up to there every order ends in the same state.
extension AdapterCore {
  /// How many rounds can be admitted from here in any order; `Int64.max` when no number of them passes a
  /// bound. It may be too few, never too many.
  ///
  /// - Parameters:
  ///   - offers: What `parts` rounds bring together. A round has its part of each, give or take one item.
  ///   - parts: At least 1.
  ///   - instant: When the rounds are decided.
  ///
  /// - Returns: The number of rounds.
  ///
  /// What a limit or a budget keeps away now is kept away in every order: it moves nothing and its bounds
  /// do not count, so that a budget that is used up costs no time.
  package mutating func roundsInAnyOrder(
    _ offers: [RoundOffer], parts: Int64, at instant: Timestamp
  ) -> Int64 {
    moveClock(to: instant)
    let touched = clearRounds(offers)
    for offer in offers where offer.kept > 0 { sum(offer) }
    var rounds = Int64.max
    for (first, bits) in [(0, touched.current), (meterCount, touched.previous)] {
      var left = bits
      while left != 0 {
        let position = first + left.trailingZeroBitCount
        left &= left - 1
        rounds = min(rounds, self.rounds(onMeter: position, parts: parts))
        if decidesByBudget {
          rounds = min(rounds, self.rounds(offeredOn: position, parts: parts))
        }
      }
    }
    guard decidesByBudget else { return rounds }
    for budget in 0..<budgets.count where budgetRounds[budget].offers > 0 {
      let sum = budgetRounds[budget]
      let room = sum.bound.subtractingClamped(budgets[budget].spent)
      rounds = min(rounds, sum.rounds(within: room, parts: parts))
    }
    return rounds
  }

  /// How many units of a meter cost the same from here; `Int64.max` when all do.
  package mutating func unitsOfOnePrice(_ meter: Meter, at instant: Timestamp) -> Int64 {
    moveClock(to: instant)
    let state = meters[meter.index]
    if !isAlike(state.usage, state.segment) { return 0 }
    let end = price(meter.index).upTo
    return end == .max ? end : end.subtractingClamped(state.usage)
  }

  /// The first day after which ``roundsInAnyOrder(_:parts:at:)`` says nothing: other prices or, where
  /// something is kept away, another budget window. At least the day after the last decision's.
  package var dayOfNewBounds: CalendarDay {
    var day = clock.currentEnd
    if Int(clock.stage) < rules.priceChanges.count {
      day = min(day, rules.priceChanges[Int(clock.stage)].from.number)
    }
    if decidesByBudget {
      for budget in 0..<budgets.count where budgetRules[budget].isEnforced {
        day = min(day, windows[budget].endDay)
      }
    }
    return CalendarDay(number: day)
  }

  /// Whether a budget can refuse what is offered now.
  private var decidesByBudget: Bool { refusesByBudget && !isHistory }

  /// Takes the sums of the meters back that the offers are on; says which those are, in the current billing
  /// period and in the previous one.
  private mutating func clearRounds(_ offers: [RoundOffer]) -> (current: UInt64, previous: UInt64) {
    var touched: (current: UInt64, previous: UInt64) = (0, 0)
    for offer in offers where offer.kept > 0 {
      let bits = items[Int(offer.item.number)].touched
      if offer.eventDay.number < clock.currentStart {
        touched.previous |= bits
      } else {
        touched.current |= bits
      }
    }
    for (first, bits) in [(0, touched.current), (meterCount, touched.previous)] {
      var left = bits
      while left != 0 {
        let position = first + left.trailingZeroBitCount
        left &= left - 1
        meterRounds[position] = RoundSum()
        offeredRounds[position] = RoundSum()
      }
    }
    if decidesByBudget {
      for budget in 0..<budgets.count { budgetRounds[budget] = RoundSum() }
    }
    return touched
  }

  /// Adds an offer to what the rounds bring.
  @inline(__always)
  private mutating func sum(_ offer: RoundOffer) {
    let item = items.base + Int(offer.item.number)
    let day = offer.eventDay.number
    guard
      usageClasses[Int(item.pointee.usageClass)].standingRefusal == UsageClassState.admitted
        || isHistory, day >= clock.previousStart
    else { return }
    let slot = day < clock.currentStart ? meterCount : 0
    if hasLimits || decidesByBudget { return sumCarefully(offer, slot: slot) }
    for touch in Int(item.pointee.firstTouch)..<Int(item.pointee.endTouch) {
      let touch = itemTouches.base + touch
      (meterRounds.base + slot + touch.pointee.meter).pointee.add(
        touch.pointee.units, times: offer.kept)
    }
  }

  /// The same where a limit or a budget may keep the items away.
  private mutating func sumCarefully(_ offer: RoundOffer, slot: Int) {
    let usageClass = Int(items[Int(offer.item.number)].usageClass)
    let touches = layOut(Int(offer.item.number), slot: slot)
    if touches == 0 || !isHistory && isDropping(touches) { return }
    guard decidesByBudget else { return count(offer.kept, touches) }
    _ = priceStep(1, touches: touches, offered: false)
    let isRefused = isRefused(usageClass, touches)
    // What is refused, and what comes after it, walks on as what was only offered.
    for touch in 0..<touches {
      let position = scratch[touch].state
      offeredRounds[position].add(scratch[touch].units, times: offer.kept)
      if isRefused {
        offeredRounds[position].bound = 0
        // So far from a bound that none of it comes to cost less; others may not begin its package.
        let spare = price(position).step == 1 ? scratch[touch].units : 1 << 61
        meterRounds[position].spare = max(meterRounds[position].spare, spare)
      }
    }
    if isRefused { return keepRefuser(usageClass, touches) }
    count(offer.kept, touches)
    countMoney(offer.kept, usageClass, touches)
  }

  /// Of items that one budget refuses: the others that have room for one keep it, so that it stays the same
  /// budget that is said to refuse.
  private mutating func keepRefuser(_ usageClass: Int, _ touches: Int) {
    for position in Int(
      usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
    {
      let budget = Int(lineBudgets[position])
      let rule = budgetRules[budget]
      guard rule.isEnforced, let cost = itemCost(budget, touches: touches), cost > 0 else {
        continue
      }
      let bound = usageClasses[usageClass].isCritical ? rule.limit : rule.bound
      guard bound.subtractingClamped(budgets[budget].spent) >= cost else { continue }
      budgetRounds[budget].spare = max(budgetRounds[budget].spare, cost)
      budgetRounds[budget].bound = min(budgetRounds[budget].bound, bound)
    }
  }

  /// Adds what the items cost to the budgets that may refuse them.
  private mutating func countMoney(_ kept: Int64, _ usageClass: Int, _ touches: Int) {
    // The items of a package pay for it together, and one more may be begun.
    var package: Int64 = 0
    for touch in 0..<touches {
      let price = price(scratch[touch].state)
      if price.step == 1 { continue }
      package = package.addingClamped(price.unit)
      scratch[touch].cost = scratch[touch].units.multipliedClamped(by: price.unit / price.step + 1)
    }
    for position in Int(
      usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
    {
      let budget = Int(lineBudgets[position])
      guard budgetRules[budget].isEnforced, let cost = itemCost(budget, touches: touches) else {
        continue
      }
      let rule = budgetRules[budget]
      budgetRounds[budget].add(max(0, cost), times: kept)
      budgetRounds[budget].spare = max(budgetRounds[budget].spare, package)
      budgetRounds[budget].bound = min(
        budgetRounds[budget].bound, usageClasses[usageClass].isCritical ? rule.limit : rule.bound)
    }
  }

  /// The price of the next unit of a meter.
  private mutating func price(_ position: Int) -> RateTable.Segment {
    segments[Int(walk(to: meters[position].usage + 1, from: meters[position].segment))].price
  }

  private mutating func count(_ kept: Int64, _ touches: Int) {
    for touch in 0..<touches {
      meterRounds[scratch[touch].state].add(scratch[touch].units, times: kept)
    }
  }

  private mutating func isRefused(_ usageClass: Int, _ touches: Int) -> Bool {
    for position in Int(
      usageClasses[usageClass].firstBudget)..<Int(usageClasses[usageClass].endBudget)
    where itemsThatFit(Int(lineBudgets[position]), usageClass: usageClass, touches: touches) == 0 {
      return true
    }
    return false
  }

  /// Whether the next items on a meter cost the same: not where the first of a tier pays a fee or a jump, and
  /// not where more costs less, as a budget that is used up then has room again.
  private mutating func isAlike(_ usage: Int64, _ segment: Int32) -> Bool {
    let next = segments[Int(walk(to: usage + 1, from: segment))].price
    if next.unit < 0 { return false }
    if next.step != 1 { return usage > 0 || next.base == next.origin &* next.unit }
    guard let here = usage == 0 ? 0 : segments[Int(segment)].price.cost(of: usage),
      let there = next.cost(of: usage + 1)
    else { return false }
    return there.subtractingClamped(here) == next.unit
  }

  private mutating func rounds(onMeter position: Int, parts: Int64) -> Int64 {
    let state = meters[position]
    let sum = meterRounds[position]
    var rounds = Int64.max
    let meter = position < meterCount ? position : position - meterCount
    let isShared = sum.offers > 1 && sharedMeters & (1 << UInt64(meter)) != 0
    // Where a budget refuses, the price decides, and where more costs less, a budget may have been passed in
    // between.
    if isShared || decidesByBudget || state.flags.contains(.irregular) {
      if sum.total > 0, !isAlike(state.usage, state.segment) { return 0 }
      let room = price(position).upTo.subtractingClamped(state.usage)
      rounds = sum.rounds(within: room, parts: parts)
    }
    if hasLimits, position < meterCount, !isHistory {
      let limit = limits[position]
      if limit.units != .max, limit.from == .max, limit.graceDays == 0 {
        // Not up to it: who comes after the one that reaches it is dropped, of the previous period too.
        let room = limit.units.subtractingClamped(state.usage).subtractingClamped(1)
        rounds = min(rounds, sum.rounds(within: room, parts: parts))
      }
    }
    return rounds
  }

  /// The same for what was only offered, on a meter of which something was or will be refused.
  private mutating func rounds(offeredOn position: Int, parts: Int64) -> Int64 {
    let hasDiverged = meters[position].flags.contains(.diverged)
    let sum = offeredRounds[position]
    guard hasDiverged || sum.bound == 0 else { return .max }
    let (usage, segment) =
      hasDiverged
      ? (offered[position].usage, offered[position].segment)
      : (meters[position].usage, meters[position].segment)
    guard isAlike(usage, segment) else { return 0 }
    let next = segments[Int(walk(to: usage + 1, from: segment))]
    return sum.rounds(within: next.price.upTo.subtractingClamped(usage), parts: parts)
  }
}
