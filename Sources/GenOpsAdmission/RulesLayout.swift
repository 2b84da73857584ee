import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// The instants and days a core is at.
@usableFromInline struct CoreClock: BitwiseCopyable, Hashable {
  /// The latest decision instant, in µs. It never goes back.
  @usableFromInline var now: Int64
  /// The first instant at which a billing period or a budget window ends, in µs.
  var nextRollover: Int64
  var currentStart: Int32
  var currentEnd: Int32
  var previousStart: Int32
  /// The stage of the prices in the current period, and at the end of the previous one.
  var stage: Int32
  var previousStage: Int32
}

/// Lays rules and an opening balance out as a core's flat buffers.
struct RulesLayout {
  var segments: [CoreSegment] = []
  var freshMeters: [MeterState] = []
  /// By stage of the prices then meter: the segment that units are judged by while the usage before them is
  /// unknown.
  var unknownSegments: [Int32] = []
  var meters: [MeterState] = []
  var limits: [LimitState] = []
  var budgets: [BudgetState] = []
  var windows: [BudgetWindowState] = []
  var budgetRules: [BudgetRule] = []
  var alertRules: [AlertRule] = []
  var clock: CoreClock

  /// `judgesUnknown` says whether meters whose usage before is unknown are judged at their first paid price.
  init(rules: Rules, opening: OpeningBalance, start: Timestamp, judgesUnknown: Bool) {
    let day = start.day
    let period = BillingPeriod(containing: day, anchorDay: rules.billingAnchorDay)
    let before = BillingPeriod(
      containing: period.start.advanced(by: -1), anchorDay: rules.billingAnchorDay)
    clock = CoreClock(
      now: start.microseconds, nextRollover: Timestamp(startOf: period.end).microseconds,
      currentStart: period.start.number, currentEnd: period.end.number,
      previousStart: before.start.number, stage: Int32(rules.stage(on: day)),
      previousStage: Int32(rules.stage(on: before.end.advanced(by: -1))))
    for tables in rules.stages {
      for meter in Meter.allCases { addTable(tables[meter.index], judgesUnknown: judgesUnknown) }
    }
    openNextChange(rules)
    for (known, isCurrent) in [(opening.current, true), (opening.previous, false)] {
      for meter in Meter.allCases {
        addMeter(meter, known: known[meter], isCurrent: isCurrent, rules)
      }
    }
    for (position, budget) in rules.plan.budgets.enumerated() {
      addBudget(budget, position, spent: opening.spent[budget.name] ?? .zero, day, rules)
    }
  }

  /// A meter without a table is laid out as free and flagged, so that the walk needs no special
  /// case.
  private mutating func addTable(_ table: RateTable?, judgesUnknown: Bool) {
    var state = MeterState()
    state.segment = Int32(segments.count)
    unknownSegments.append(state.segment)
    if table?.isMonotone == false { state.flags.insert(.irregular) }
    let known = table?.knownUpTo ?? 0
    segments += (table ?? .free).segments.map { CoreSegment($0, known: known) }
    if table?.unit.contains(where: { $0 < 0 }) == true { state.flags.insert(.irregular) }
    freshMeters.append(state)
    if judgesUnknown, let paid = table?.firstPaid {
      unknownSegments[unknownSegments.count - 1] = Int32(segments.count)
      segments.append(CoreSegment(paid, known: .max))
    }
  }

  private mutating func addMeter(_ meter: Meter, known: Int64?, isCurrent: Bool, _ rules: Rules) {
    let stage = Int(isCurrent ? clock.stage : clock.previousStage)
    var state = freshMeters[stage * Meter.count + meter.index]
    // Below 2⁶¹, so that what is added later cannot overflow.
    state.usage = min(max(0, known ?? 0), 1 << 61)
    // Where every unit costs the same, the price does not depend on the usage before. Prices that
    // no unit of this period can have do not matter.
    let stages =
      isCurrent
      ? rules.stages(from: stage, before: CalendarDay(number: clock.currentEnd)) : stage...stage
    if known == nil, !rules.isFlat(meter.index, inStages: stages) {
      state.flags.insert(.unknownOpening)
      state.segment = unknownSegments[stage * Meter.count + meter.index]
    }
    if isCurrent {
      var limit = LimitState()
      limit.units = rules.limitUnits[stage * Meter.count + meter.index]
      limit.graceDays = Int32(clamping: rules.graceDays[meter.index])
      limits.append(limit)
    }
    meters.append(state)
  }

  /// The prices that come next are a rollover of their own.
  private mutating func openNextChange(_ rules: Rules) {
    guard Int(clock.stage) < rules.priceChanges.count else { return }
    let next = Timestamp(startOf: rules.priceChanges[Int(clock.stage)].from)
    clock.nextRollover = min(clock.nextRollover, next.microseconds)
  }

  private mutating func addBudget(
    _ budget: Budget, _ position: Int, spent: Money, _ day: CalendarDay, _ rules: Rules
  ) {
    let first = alertRules.count
    for percent in budget.alertPercents {
      let amount = budget.share(percent: percent).nanos.subtractingClamped(budget.committed.nanos)
      alertRules.append(AlertRule(amount: amount, percent: Int32(clamping: percent)))
    }
    budgetRules.append(
      BudgetRule(
        budget, mode: rules.plan.mode(for: budget.scope), firstAlert: first,
        endAlert: alertRules.count))
    var state = BudgetState()
    state.spent = min(max(spent.nanos, -(1 << 61)), 1 << 61)
    for meter in Meter.allCases where budget.meters?.contains(meter) ?? true {
      state.meters |= 1 << UInt64(meter.rawValue)
    }
    budgets.append(state)
    let span = budget.period.window(containing: day, fiscalStart: budget.fiscalStart)
    var window = BudgetWindowState()
    window.startDay = span.start.number
    window.endDay = span.end.number
    window.nextAlert = Int32(first)
    // What was reached before the start has been told before.
    while window.nextAlert < Int32(alertRules.count), spent.nanos > 0,
      alertRules[Int(window.nextAlert)].amount <= spent.nanos
    {
      window.nextAlert += 1
    }
    windows.append(window)
    clock.nextRollover = min(clock.nextRollover, Timestamp(startOf: span.end).microseconds)
  }
}

extension RateTable {
  /// The first price above zero, applied to every unit, without a free allotment. While earlier usage is
  /// unknown, a unit costs at most this, provided that later tiers are never dearer. Nil when no known price
  /// is above zero.
  var firstPaid: Segment? {
    segments.first { $0.unit > 0 }.map {
      Segment(upTo: .max, origin: 0, base: 0, unit: $0.unit, step: $0.step)
    }
  }

  /// Whether every unit costs the same, the first included.
  var isFlat: Bool {
    segmentCount == 1 && base[0] == origin[0] &* unit[0] && step[0] == 1 && knownUpTo == .max
  }
}
