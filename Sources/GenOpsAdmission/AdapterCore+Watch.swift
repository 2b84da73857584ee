import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// Limits, thresholds and breaches: what happens at a step, and how far the next one is.
extension AdapterCore {
  // MARK: PostHog's limits. They look at the current billing period only.

  /// Whether PostHog drops items on one of these meters now.
  mutating func isDropping(_ touches: Int) -> Bool {
    guard hasLimits else { return false }
    for touch in 0..<touches where limits[scratch[touch].meter].from <= clock.now { return true }
    return false
  }

  /// How many items of the present step pass until a limit is reached; the one that reaches it
  /// still passes, as PostHog compares the usage before it.
  mutating func itemsUntilLimit(_ touches: Int) -> Int64 {
    guard hasLimits else { return .max }
    var items = Int64.max
    for touch in 0..<touches where scratch[touch].state < meterCount {
      let limit = limits[scratch[touch].meter]
      let room = limit.units.subtractingClamped(meters[scratch[touch].state].usage)
      if limit.units == .max || room <= 0 { continue }
      let units = scratch[touch].units
      items = min(items, room / units + (room % units == 0 ? 0 : 1))
    }
    return items
  }

  /// Notes the limits that the last step reached.
  mutating func noteLimits(_ touches: Int) {
    guard hasLimits else { return }
    for touch in 0..<touches where scratch[touch].state < meterCount {
      noteLimit(scratch[touch].meter)
    }
  }

  mutating func noteLimit(_ meter: Int) {
    let limit = limits[meter]
    guard limit.units != .max, limit.from == .max, meters[meter].usage >= limit.units else {
      return
    }
    meters[meter].flags.insert(.limited)
    let today = Timestamp(microseconds: clock.now).day
    limits[meter].from =
      limit.graceDays == 0
      ? clock.now
      : Timestamp(startOf: today.advanced(by: 1 + Int(limit.graceDays))).microseconds
    followEvents(after: meter)
  }

  /// An event with groups is an event: where events are dropped, its part is too.
  mutating func followEvents(after meter: Int) {
    let follower = Meter.groupEvents.index
    guard meter == Meter.events.index, limits[meter].from != .max else { return }
    limits[follower].from = limits[meter].from
    meters[follower].flags.insert(.limited)
  }

  /// A period that begins beyond a limit is dark from its first instant.
  mutating func openLimit(_ meter: Int) {
    limits[meter].from = .max
    if limits[meter].units != .max, meters[meter].usage >= limits[meter].units {
      meters[meter].flags.insert(.limited)
      limits[meter].from = .min
    }
    // Meters are opened in their order, so events come before what follows them.
    if meter == Meter.groupEvents.index { followEvents(after: Meter.events.index) }
  }

  // MARK: Budgets

  /// Notes a breach once what is offered has passed the limit.
  mutating func noteOffered(_ budget: Int) {
    guard windows[budget].breachAt == .max,
      budgets[budget].spent + windows[budget].withheld > budgetRules[budget].limit
    else { return }
    windows[budget].breachAt = clock.now
  }

  /// Notes that the budget refused: it is breached, and everything up to 100 % has been reached.
  mutating func noteRefusal(by budget: Int, count: Int64) {
    windows[budget].refused += count
    if windows[budget].breachAt == .max { windows[budget].breachAt = clock.now }
    while windows[budget].nextAlert < budgetRules[budget].endAlert,
      alertRules[Int(windows[budget].nextAlert)].percent <= 100
    {
      raiseNextAlert(budget)
    }
  }

  /// What is offered from here on is decided on: ``isHistory`` ends. A budget that refuses and was passed by
  /// what has happened already has refused nothing by then, so its breach, which is its first refusal, is
  /// still to come.
  public mutating func endHistory() {
    isHistory = false
    for budget in 0..<budgets.count where budgetRules[budget].isEnforced {
      windows[budget].breachAt = .max
      settleBudget(budget)
    }
  }

  /// Raises the thresholds that the spending has reached.
  mutating func raiseAlerts(_ budget: Int) {
    while windows[budget].nextAlert < budgetRules[budget].endAlert,
      alertRules[Int(windows[budget].nextAlert)].amount <= budgets[budget].spent
    {
      raiseNextAlert(budget)
    }
  }

  private mutating func raiseNextAlert(_ budget: Int) {
    let rule = alertRules[Int(windows[budget].nextAlert)]
    windows[budget].nextAlert += 1
    alerts.append(
      Alert(
        budget: budget, periodStart: CalendarDay(number: windows[budget].startDay),
        percent: Int(rule.percent), at: Timestamp(microseconds: clock.now)))
  }

  // MARK: How far the quiet path may go

  /// Recomputes a meter's segment, price and quiet bound after its usage changed.
  mutating func settleMeter(_ position: Int) {
    var state = settled(meters[position])
    if hasLimits, position < meterCount, limits[position].units != .max {
      // The quiet path compares without a sign.
      state.quiet = max(0, min(state.quiet, limits[position].units - 1))
    }
    if isLeased { state.quiet = max(0, min(state.quiet, leaseEnds[position])) }
    meters[position] = state
  }

  /// The same without a limit.
  mutating func settled(_ meter: MeterState) -> MeterState {
    var state = meter
    state.segment = walk(to: state.usage, from: state.segment)
    let segment = segments[Int(state.segment)]
    state.unit = segment.nextUnit
    state.quiet = min(segment.quiet, segment.end(after: state.usage))
    if segment.isUnknown { state.flags.insert(.unpriced) }
    // Where the first unit of all costs more than the next (a fee), it is not a quiet one.
    if state.usage == 0, segment.price.base != segment.price.origin &* segment.price.unit {
      state.quiet = 0
    }
    return state
  }

  /// Recomputes how far a budget may be spent before something has to be noted.
  mutating func settleBudget(_ budget: Int) {
    budgets[budget].quiet = quiet(budgetRules[budget], windows[budget])
  }

  /// Spending up to which nothing happens to a budget but counting.
  func quiet(_ rule: BudgetRule, _ window: BudgetWindowState) -> Int64 {
    var quiet = AdapterCore.ceiling
    if window.nextAlert < rule.endAlert {
      quiet = min(quiet, alertRules[Int(window.nextAlert)].amount.subtractingClamped(1))
    }
    if window.breachAt == .max {
      quiet = min(quiet, rule.limit.subtractingClamped(window.withheld))
    }
    if rule.isEnforced {
      quiet = min(quiet, rule.blocksAll ? .min : rule.bound, window.leased)
    }
    return quiet
  }
}
