public import GenOpsGovernance
package import GenOpsMetering
public import GenOpsUnits

/// Decides what is sent and what it costs: tiers, budgets, alerts, PostHog's limits and the tallies
/// of one billing account.
///
/// A decision is a function of the state and the arguments: no clock, no randomness, no I/O. It
/// takes one item, or `n` alike at one instant; `n` calls with one item end in the identical state.
/// Production keeps one per account behind a lock; a simulated path is ``reset()`` and a walk.
///
/// Order of a decision, the first that applies:
/// 1. what no instant changes, in strict mode: incomplete attribution, compliance, consent, unknown
///    price or month to date, too late. All `n` are refused.
/// 2. sampling: `n − kept` are sampled.
/// 3. on no meter: the kept are delivered, not billable.
/// 4. PostHog's limit, an ``Allowance``, then each hard budget in the plan's order: `k` of the kept are sent, the
///    rest refused. `k` is the largest number for which every smaller one fits too.
///
/// An item that costs a budget nothing is never refused by it, unless its limit is zero. PostHog's
/// limit drops in every mode, as PostHog does; advisory refuses nothing else.
public struct AdapterCore: ~Copyable {
  public let rules: Rules

  // Prices, flat: the segments of all meters one after the other.
  var segments: FlatBuffer<CoreSegment>
  // Meters: the current billing period, then the previous one.
  var meters: FlatBuffer<MeterState>
  var offered: FlatBuffer<OfferedState>
  // What periods that are no longer open have moved, less the opening balances.
  var closed: FlatBuffer<MeterTotal>
  var limits: FlatBuffer<LimitState>
  // Budgets, by their position in the plan.
  var budgets: FlatBuffer<BudgetState>
  var windows: FlatBuffer<BudgetWindowState>
  var budgetRules: FlatBuffer<BudgetRule>
  var alertRules: FlatBuffer<AlertRule>
  // How far each may be spent quietly when its window opens.
  var freshQuiet: FlatBuffer<Int64>
  // Usage classes, by id, and the budgets of each.
  var usageClasses: FlatBuffer<UsageClassState>
  var lineBudgets: FlatBuffer<Int32>
  // Items, by id; item 0 is laid out anew for usage that is not kept.
  var items: FlatBuffer<ItemState>
  var itemTouches: FlatBuffer<ItemTouch>
  // Scratch of one admission.
  var scratch: FlatBuffer<Touch>
  // Scratch of a look at coming rounds: by meter, by meter of what is only offered, by budget.
  let meterRounds: FlatBuffer<RoundSum>
  let offeredRounds: FlatBuffer<RoundSum>
  let budgetRounds: FlatBuffer<RoundSum>
  /// The meters, by bit, at whose tiers it matters who comes first: those that several owners use.
  package var sharedMeters = UInt64.max

  // The state to which `reset` returns.
  let startMeters: FlatBuffer<MeterState>
  let startLimits: FlatBuffer<LimitState>
  let startBudgets: FlatBuffer<BudgetState>
  let startWindows: FlatBuffer<BudgetWindowState>
  let startClock: CoreClock
  // Fresh meters for a new billing period, by stage of the prices then meter.
  let freshMeters: FlatBuffer<MeterState>
  // The segments of meters whose usage before is unknown, like ``freshMeters``.
  let unknownSegments: FlatBuffer<Int32>

  @usableFromInline var clock: CoreClock
  /// Sums of everything counted and of all money moved. Each stays under 2⁶²; as every other
  /// number is a part of one of them, none can overflow.
  var counted: Int64 = 0
  var moved: Int64 = 0
  let hasLimits: Bool
  /// Whether any budget refuses.
  let refusesByBudget: Bool
  /// Whether processes share this account, and whether what is not leased is refused. Such a core
  /// is not reset.
  var isLeased = false
  package internal(set) var leasesBind = false
  /// Usage up to which a meter's lease goes, like ``meters``.
  var leaseEnds: FlatBuffer<Int64>
  let meterCount = Meter.count
  /// Whether what is offered has happened already: it is counted and priced, and no limit, budget or
  /// rule keeps anything of it away. ``reset()`` leaves it as it is.
  public var isHistory = false

  /// Whether an admission was refused because a number would have left its range. Stays set.
  public internal(set) var overflowed = false
  /// Items whose timestamp lies beyond the current billing period; they are priced in it.
  public internal(set) var futureDated: Int64 = 0
  /// Items that came to a tier whose price is unknown, where the tiers below it are known.
  public internal(set) var beyondKnownTiers: Int64 = 0
  /// The alerts raised since the start or ``removeLogs()``. Those of one instant have no order.
  public internal(set) var alerts: [Alert] = []
  /// The budget windows that ended with something offered in them, in order of their ends.
  public internal(set) var closedWindows: [BudgetWindow] = []
  private var usageClassIDs: [UsageClass: UsageClassID] = [:]
  /// What became of the items of usage classes that are no longer told apart, by team.
  private(set) var retired: [String?: UsageClassTally] = [:]
  /// What each ``UsageClassID`` stands for.
  public private(set) var registeredClasses: [UsageClass] = []
  /// That of the present admission.
  var allowance = Allowance.unlimited

  /// A core that begins at `start`, in the billing period and budget windows that contain it.
  ///
  /// With `judgesUnknown`, and where anything is refused at all, a unit of a meter whose usage before is
  /// unknown is judged at the first price of its meter that is not nothing, so that no budget lets a free
  /// allotment pass that may be used up. Otherwise such meters are priced as if nothing came before.
  public init(
    rules: Rules, start: Timestamp, opening: OpeningBalance = .nothing, judgesUnknown: Bool = false
  ) {
    self.rules = rules
    let plan = RulesLayout(
      rules: rules, opening: opening, start: start,
      judgesUnknown: judgesUnknown && rules.enforcesSomewhere)
    segments = FlatBuffer(plan.segments)
    meters = FlatBuffer(plan.meters)
    offered = FlatBuffer(plan.meters.map { _ in OfferedState() })
    closed = FlatBuffer(Meter.allCases.map { _ in MeterTotal() })
    leaseEnds = FlatBuffer(plan.meters.map { _ in Int64.max })
    limits = FlatBuffer(plan.limits)
    budgets = FlatBuffer(plan.budgets)
    windows = FlatBuffer(plan.windows)
    budgetRules = FlatBuffer(plan.budgetRules)
    alertRules = FlatBuffer(plan.alertRules)
    freshQuiet = FlatBuffer(plan.budgetRules.map { _ in 0 })
    usageClasses = FlatBuffer([])
    lineBudgets = FlatBuffer([])
    items = FlatBuffer([ItemState(usageClass: 0, firstTouch: 0, endTouch: 0)])
    itemTouches = FlatBuffer((0..<Usage.capacity).map { _ in ItemTouch() })
    scratch = FlatBuffer((0..<Usage.capacity).map { _ in Touch() })
    meterRounds = FlatBuffer(plan.meters.map { _ in RoundSum() })
    offeredRounds = FlatBuffer(plan.meters.map { _ in RoundSum() })
    budgetRounds = FlatBuffer(plan.budgets.map { _ in RoundSum() })
    startMeters = FlatBuffer(plan.meters)
    startLimits = FlatBuffer(plan.limits)
    startBudgets = FlatBuffer(plan.budgets)
    startWindows = FlatBuffer(plan.windows)
    freshMeters = FlatBuffer(plan.freshMeters)
    unknownSegments = FlatBuffer(plan.unknownSegments)
    startClock = plan.clock
    clock = plan.clock
    hasLimits = plan.limits.contains { $0.units != .max }
    refusesByBudget = plan.budgetRules.contains(where: \.isEnforced)
    for meter in 0..<Meter.count { openLimit(meter) }
    for position in 0..<meters.count { settleMeter(position) }
    for position in 0..<freshMeters.count {
      freshMeters[position] = settled(freshMeters[position])
    }
    for budget in 0..<budgets.count {
      settleBudget(budget)
      let rule = budgetRules[budget]
      freshQuiet[budget] = quiet(rule, BudgetWindowState(nextAlert: rule.firstAlert))
    }
    takeOffOpening()
    startMeters.copy(from: meters)
    startLimits.copy(from: limits)
    startBudgets.copy(from: budgets)
  }

  /// Back to the start, keeping the usage classes and all memory.
  public mutating func reset() {
    meters.copy(from: startMeters)
    limits.copy(from: startLimits)
    budgets.copy(from: startBudgets)
    windows.copy(from: startWindows)
    takeOffOpening()
    for usageClass in 0..<usageClasses.count { usageClasses[usageClass].tally = UsageClassTally() }
    retired = [:]
    clock = startClock
    counted = 0
    moved = 0
    overflowed = false
    futureDated = 0
    beyondKnownTiers = 0
    removeLogs()
  }

  private mutating func takeOffOpening() {
    for meter in 0..<meterCount {
      closed[meter] = MeterTotal(
        units: 0 &- meters[meter].usage &- meters[meterCount + meter].usage, cost: 0)
    }
  }

  /// Forgets the alerts and closed windows that have been read.
  public mutating func removeLogs() {
    if !alerts.isEmpty { alerts.removeAll(keepingCapacity: true) }
    if !closedWindows.isEmpty { closedWindows.removeAll(keepingCapacity: true) }
  }

  /// The id of `usageClass`, the same for equal usage classes. Not for the hot path: keep the id.
  public mutating func register(_ usageClass: UsageClass) -> UsageClassID {
    if let id = usageClassIDs[usageClass] { return id }
    let id = UsageClassID(number: Int32(usageClasses.count))
    var state = UsageClassState()
    state.firstBudget = Int32(lineBudgets.count)
    for (position, budget) in rules.plan.budgets.enumerated()
    where usageClass.attribution.matches(budget.scope) {
      lineBudgets.append(Int32(position))
    }
    state.endBudget = Int32(lineBudgets.count)
    state.isCritical = usageClass.isCritical
    state.isStrict = rules.plan.mode(for: usageClass.attribution) == .strict
    state.standingRefusal =
      rules.standingRefusal(of: usageClass)?.rawValue ?? UsageClassState.admitted
    usageClasses.append(state)
    usageClassIDs[usageClass] = id
    registeredClasses.append(usageClass)
    return id
  }
}

extension AdapterCore {
  /// Lets go of a usage class whose owner is no longer told apart. Nothing may use it before
  /// ``reassign(_:to:)``.
  package mutating func retire(_ id: UsageClassID) {
    var team = registeredClasses[id.index].attribution.team
    // A bound for names that an application makes up.
    if retired[team] == nil, retired.count >= 1000 { team = "(others)" }
    retired[team, default: UsageClassTally()].add(usageClasses[id.index].tally)
    usageClasses[id.index].tally = UsageClassTally()
    usageClassIDs[registeredClasses[id.index]] = nil
  }

  /// Makes a usage class that was let go another owner's. Budgets, modes and required dimensions must treat the
  /// two alike, so that everything that was laid out for the one holds for the other.
  package mutating func reassign(_ id: UsageClassID, to attribution: Attribution) {
    registeredClasses[id.index].attribution = attribution
    usageClassIDs[registeredClasses[id.index]] = id
  }
}

/// One owner at a time: the type is `~Copyable` and its buffers are private to it, so moving it to
/// another thread moves everything.
extension AdapterCore: @unchecked Sendable {}
