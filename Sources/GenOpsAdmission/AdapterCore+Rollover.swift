import GenOpsMetering
import GenOpsGovernance
import GenOpsUnits

extension AdapterCore {
  /// Ends billing periods and budget windows that lie behind the present instant.
  @inline(never)
  mutating func rollOver() {
    let today = Timestamp(microseconds: clock.now).day
    let mayChange = Int(clock.stage) < rules.priceChanges.count
    let opened =
      today.number >= clock.currentEnd
      ? BillingPeriod(containing: today, anchorDay: rules.billingAnchorDay) : nil
    // Prices that changed before the period that opens belong to those that ended, also to one in
    // which nothing was decided: late events are priced as of its end.
    if mayChange { changePrices(through: opened.map { $0.start.number - 1 } ?? today.number) }
    if let opened { openBillingPeriod(opened) }
    var next = clock.currentEnd
    if mayChange {
      changePrices(through: today.number)
      if Int(clock.stage) < rules.priceChanges.count {
        next = min(next, rules.priceChanges[Int(clock.stage)].from.number)
      }
    }
    for budget in 0..<budgets.count {
      if today.number >= windows[budget].endDay { openWindow(budget, containing: today) }
      next = min(next, windows[budget].endDay)
    }
    clock.nextRollover = Timestamp(startOf: CalendarDay(number: next)).microseconds
  }

  /// Takes up the prices whose day has come.
  private mutating func changePrices(through day: Int32) {
    let before = clock.stage
    while Int(clock.stage) < rules.priceChanges.count,
      rules.priceChanges[Int(clock.stage)].from.number <= day
    {
      clock.stage += 1
    }
    if clock.stage == before { return }
    let first = Int(clock.stage) * meterCount
    for meter in 0..<meterCount {
      let old = meters[meter]
      var state = freshMeters[first + meter]
      state.usage = old.usage
      state.cost = old.cost
      state.flags.formUnion(old.flags.intersection([.unknownOpening, .diverged]))
      if state.flags.contains(.unknownOpening) { state.segment = unknownSegments[first + meter] }
      offered[meter].segment = walk(to: offered[meter].usage, from: state.segment)
      meters[meter] = state
      if hasLimits { moveLimit(meter, to: rules.limitUnits[first + meter]) }
      settleMeter(meter)
    }
  }

  /// A limit in money is another number of units at other prices.
  private mutating func moveLimit(_ meter: Int, to units: Int64) {
    limits[meter].units = units
    guard units != .max, meters[meter].usage >= units else {
      limits[meter].from = .max
      if meter == Meter.groupEvents.index { followEvents(after: Meter.events.index) }
      return
    }
    meters[meter].flags.insert(.limited)
    if limits[meter].from == .max { limits[meter].from = clock.now }
  }

  private mutating func openBillingPeriod(_ period: BillingPeriod) {
    // When whole periods passed without a decision, the one before this had no usage.
    let isNext = period.start.number == clock.currentEnd
    for meter in 0..<meterCount {
      closed[meter].add(meters[meterCount + meter])
      if !isNext { closed[meter].add(meters[meter]) }
    }
    (meters.base + meterCount).update(
      from: isNext ? meters.base : freshMeters.base + Int(clock.stage) * meterCount,
      count: meterCount)
    (offered.base + meterCount).update(from: offered.base, count: meterCount)
    meters.base.update(
      from: freshMeters.base + Int(clock.stage) * meterCount, count: meterCount)
    clock.previousStage = clock.stage
    if isLeased { openLeases(isNext: isNext) }
    if hasLimits { openLimits() }
    clock.previousStart =
      isNext
      ? clock.currentStart
      : BillingPeriod(
        containing: period.start.advanced(by: -1), anchorDay: rules.billingAnchorDay
      ).start.number
    clock.currentStart = period.start.number
    clock.currentEnd = period.end.number
  }

  private mutating func openLimits() {
    for meter in 0..<meterCount {
      meters[meterCount + meter].flags.remove(.limited)
      settleMeter(meterCount + meter)
      openLimit(meter)
      settleMeter(meter)
    }
  }

  private mutating func openWindow(_ budget: Int, containing today: CalendarDay) {
    // Days are opened every day of every simulated path: what can be known before is.
    let rule = budgetRules.base + budget
    let window = windows.base + budget
    let money = budgets.base + budget
    if money.pointee.spent != 0 || window.pointee.withheld != 0 || window.pointee.breachAt != .max {
      closedWindows.append(self.window(of: budget))
    }
    let span =
      rule.pointee.period == .day
      ? (start: today, end: today.advanced(by: 1))
      : rule.pointee.period.window(
        containing: today, fiscalStart: Int(rule.pointee.fiscalStart))
    window.pointee = BudgetWindowState(
      startDay: span.start.number, endDay: span.end.number, nextAlert: rule.pointee.firstAlert)
    money.pointee.spent = 0
    money.pointee.quiet = freshQuiet[budget]
    if isLeased { openLease(budget) }
  }

  /// The present window of the budget at this position in the plan.
  public func window(of budget: Int) -> BudgetWindow {
    let state = windows[budget]
    let spent = budgets[budget].spent
    return BudgetWindow(
      budget: budget, start: CalendarDay(number: state.startDay),
      end: CalendarDay(number: state.endDay), spent: Money(nanos: spent),
      offered: Money(nanos: spent &+ state.withheld),
      breach: state.breachAt == .max ? nil : Timestamp(microseconds: state.breachAt),
      refused: state.refused)
  }
}
