import GenOpsCosting
package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsUnits

/// When to ask for leases, and for how much. Looked at after every decision of a shared account, so
/// it compares with marks that were worked out when leases last changed.
package struct LeaseNeeds {
  /// What others spent is asked for at least this often, in µs: alerts depend on it.
  private static let refresh: Int64 = 10_000_000
  /// How long before a window ends the leases of the next one are fetched, in µs.
  private static let ahead: Int64 = 60_000_000
  /// The same while others live: what one of them does not need is another's.
  private static let refreshWithOthers: Int64 = 2_000_000
  /// What may be spent before it is reported, as a part of each hard budget.
  private static let unreportedParts: Int64 = 16
  private static let leastUnits: Int64 = 10_000
  private static let mostUnits: Int64 = 1_000_000

  /// Usage, and own spending in a window, beyond which more is asked for.
  private var meterMarks = [Int64](repeating: .min, count: Meter.count)
  private var budgetMarks: [Int64]
  /// What was granted when the marks were last worked out, and whether more was asked for since.
  private var granted: [BudgetShare?]
  private var isAsked: [Bool]
  private var refreshAt: Int64
  /// No request before this instant by the caller's clock, unless that clock went back.
  private var quietUntil = Int64.min
  private var askedAt = Int64.min
  private var units = [Int64](repeating: leastUnits, count: Meter.count)
  private var meterAskedAt = [Int64](repeating: .min, count: Meter.count)
  /// Meters that ran out since the last request, the previous period's included.
  private var exhausted: Set<Int> = []
  private var isBudgetExhausted = false
  /// The most that one of the items cost that were refused for it, in nano-units.
  private var leastShare: Int64 = 0
  /// What was left of each share when it last grew, in nano-units.
  private var rooms: [Int64]
  private var sizing: LeaseSizing

  package init(budgets: Int, at instant: Timestamp) {
    budgetMarks = [Int64](repeating: .max, count: budgets)
    granted = [BudgetShare?](repeating: nil, count: budgets)
    isAsked = [Bool](repeating: false, count: budgets)
    rooms = [Int64](repeating: 0, count: budgets)
    sizing = LeaseSizing(budgets: budgets)
    refreshAt = instant.microseconds
  }

  /// Whether a request is due after a decision.
  package func isDue(
    _ usage: Usage, _ outcome: Outcome, _ core: borrowing AdapterCore, at instant: Timestamp
  )
    -> Bool
  {
    var isDue = outcome.reason == .leaseExhausted || core.clock.now >= refreshAt
    for slot in 0..<usage.count {
      let meter = usage.meterIndex(slot)
      if core.meters[meter].usage > meterMarks[meter] { isDue = true }
    }
    for budget in budgetMarks.indices
    where core.budgets[budget].spent - core.windows[budget].others > budgetMarks[budget] {
      isDue = true
    }
    let now = instant.microseconds
    return isDue && (now >= quietUntil || now < askedAt)
  }

  /// Notes what a refusal ran out of.
  package mutating func noteExhausted(meterAt position: Int) { exhausted.insert(position) }

  /// Notes that a share was too small for an item of this cost.
  package mutating func noteExhaustedShare(cost: Money?) {
    isBudgetExhausted = true
    leastShare = max(leastShare, cost?.nanos ?? 0)
  }

  /// A request for everything that is or soon will be needed.
  package mutating func request(
    _ core: inout AdapterCore, _ book: inout LeaseBook, opening: OpeningBalance, isFirst: Bool,
    at instant: Timestamp
  ) -> LeaseRequest {
    let now = instant.microseconds
    var intervals: [LeaseRequest.Interval] = []
    let isEnding = isNear(core.clock.currentEnd, core)
    for position in 0..<2 * Meter.count {
      let meter = position % Meter.count
      let isCurrent = position < Meter.count
      let axis = book.axis(ofMeterAt: position)
      let isLow = isCurrent && core.meters[position].usage > meterMarks[meter]
      if isFirst || isLow || exhausted.contains(position) {
        if !isFirst, isCurrent { resize(meter, at: now) }
        let known = isCurrent ? opening.current : opening.previous
        intervals.append(
          .init(
            axis: axis, units: isCurrent ? units[meter] : LeaseNeeds.leastUnits,
            opening: core.isFirstPeriod() ? known[axis.meter] : 0))
      }
      if isEnding, isCurrent {
        let next = MeterAxis(axis.meter, period: CalendarDay(number: core.clock.currentEnd))
        if book.held[next] == nil {
          intervals.append(.init(axis: next, units: units[meter], opening: 0))
        }
      }
    }
    askedAt = now
    let hasOthers = book.shares.values.contains { ($0.holders ?? 1) > 1 }
    refreshAt = core.clock.now.addingClamped(
      hasOthers ? LeaseNeeds.refreshWithOthers : LeaseNeeds.refresh)
    let shares = shares(&core, &book, opening)
    return LeaseRequest(
      at: core.now, use: book.use(isLast: false), intervals: intervals, shares: shares)
  }

  private mutating func shares(
    _ core: inout AdapterCore, _ book: inout LeaseBook, _ opening: OpeningBalance
  )
    -> [LeaseRequest.Share]
  {
    var shares: [LeaseRequest.Share] = []
    for (position, budget) in core.rules.plan.budgets.enumerated() {
      let axis = book.axis(ofBudgetAt: position, core)
      let isHard = core.leasesBind && core.budgetRules[position].isEnforced
      let isLow = core.ownSpending(position) > budgetMarks[position] || isBudgetExhausted
      let rule = core.budgetRules[position]
      // Where more can cost less, what the items cost together says nothing about each budget.
      let unreported =
        isHard && core.rules.areCostsMonotone
        ? Money(nanos: max(1, rule.limit / LeaseNeeds.unreportedParts)) : nil
      func share(
        _ axis: BudgetAxis, opening: Money, wantsMore: Bool, isIdle: Bool = false
      ) -> LeaseRequest.Share {
        .init(
          axis: axis, bound: Money(nanos: max(0, rule.bound)),
          limit: Money(nanos: max(0, rule.limit)), opening: opening, wantsMore: wantsMore,
          least: Money(nanos: leastShare), isIdle: isIdle, unreported: unreported)
      }
      let isNew = book.shares[axis] == nil
      if isHard, isNew || isLow { isAsked[position] = true }
      var present = share(
        axis, opening: core.isFirstWindow(position) ? opening.spent[budget.name] ?? .zero : .zero,
        wantsMore: isHard && (isNew || isLow))
      if isHard, let held = book.shares[axis] {
        let room = held.granted.nanos.subtractingClamped(core.ownSpending(position))
        // Twice what it had when it last got some.
        present.wanted = Money(
          nanos: rooms[position].addingClamped(rooms[position]).subtractingClamped(max(0, room)))
        let kept = sizing.kept(of: held, budget: position, &core)
        if let kept, !isLow {
          book.giveBack(kept, at: position, &core)
          present.kept = kept
        }
      }
      shares.append(present)
      let end = core.windows[position].endDay
      if isNear(end, core) {
        let next = BudgetAxis(budget.name, window: CalendarDay(number: end))
        if book.shares[next] == nil {
          shares.append(
            share(
              next, opening: .zero, wantsMore: isHard, isIdle: core.ownSpending(position) == 0))
        }
      }
    }
    return shares
  }

  /// When leases are renewed though nothing is captured: when those of the next period or window
  /// can be had, when it has begun, and before that while there is something that another process
  /// may need.
  package static func nextRenewal(
    _ core: inout AdapterCore, _ book: LeaseBook, after instant: Timestamp
  ) -> Timestamp {
    let early = core.clock.nextRollover - ahead
    var next = instant.microseconds < early ? early : core.clock.nextRollover
    for budget in 0..<core.rules.plan.budgets.count
    where core.leasesBind && core.budgetRules[budget].isEnforced {
      guard let share = book.shares[book.axis(ofBudgetAt: budget, core)],
        LeaseSizing.hasSpare(share, budget: budget, &core)
      else { continue }
      let isAlone = share.holders == 1
      next = min(
        next, instant.microseconds.addingClamped(isAlone ? refresh : refreshWithOthers))
    }
    return Timestamp(microseconds: next)
  }

  /// Whether the first instant of a day is about to come.
  private func isNear(_ day: Int32, _ core: borrowing AdapterCore) -> Bool {
    core.clock.now >= Timestamp(startOf: CalendarDay(number: day)).microseconds - LeaseNeeds.ahead
  }

  /// Larger intervals for a meter that asks often, smaller ones for one that asks rarely.
  private mutating func resize(_ meter: Int, at now: Int64) {
    let since = now.subtractingClamped(meterAskedAt[meter])
    if meterAskedAt[meter] != .min, since < 1_000_000 {
      units[meter] = min(LeaseNeeds.mostUnits, units[meter] * 4)
    } else if since > 60_000_000 {
      units[meter] = max(LeaseNeeds.leastUnits, units[meter] / 4)
    }
    meterAskedAt[meter] = now
  }

  /// Works out the marks after leases came or were moved to. A request that brought nothing is not
  /// repeated at once.
  package mutating func settle(_ core: inout AdapterCore, _ book: LeaseBook, at instant: Timestamp?)
  {
    var isStarved = false
    for meter in 0..<Meter.count {
      let room = book.room(on: book.axis(ofMeterAt: meter))
      meterMarks[meter] = core.meters[meter].usage.addingClamped(room / 2)
      if exhausted.contains(meter), room <= 0 { isStarved = true }
    }
    for budget in budgetMarks.indices where core.leasesBind && core.budgetRules[budget].isEnforced {
      let share = book.shares[book.axis(ofBudgetAt: budget, core)]
      let room = core.windows[budget].leased.subtractingClamped(core.budgets[budget].spent)
      let before = granted[budget]
      let grew =
        share?.axis != before?.axis || share?.granted != before?.granted
        || share?.reserve != before?.reserve
      // A share that did not grow is asked for again at a refusal only.
      if grew || isAsked[budget] {
        budgetMarks[budget] =
          grew && room > 1 ? core.ownSpending(budget).addingClamped(room / 2) : .max
        if grew { rooms[budget] = max(0, room) }
      }
      if share != nil { sizing.begin(budget, &core) }
      granted[budget] = share
      if isBudgetExhausted, !grew { isStarved = true }
    }
    guard let instant else { return }
    isAsked = isAsked.map { _ in false }
    exhausted = []
    isBudgetExhausted = false
    leastShare = 0
    quietUntil = isStarved ? instant.microseconds.addingClamped(250_000) : .min
  }

  /// The store could not be asked; it is not asked again at once.
  package mutating func settleFailure(at instant: Timestamp) {
    quietUntil = instant.microseconds.addingClamped(250_000)
  }
}
