import GenOpsMetering
import GenOpsUnits

/// The leases that this process holds, and where its core stands in them.
///
/// Of each meter one lease is installed in the core and others may wait; of each budget there is
/// one share per window. Waiting ones serve a rollover too: leases of the next window are fetched
/// before it begins.
package struct LeaseBook {
  package struct Held {
    var lease: MeterLease
    var isDone = false
  }

  package private(set) var held: [MeterAxis: [Held]] = [:]
  package private(set) var shares: [BudgetAxis: BudgetShare] = [:]
  /// What this process spent of a budget, by window; brought up to date by ``sync(_:)``.
  package private(set) var spent: [BudgetAxis: Int64] = [:]
  /// The lease that the core stands in, by meter position; 0 for none.
  private var installed = [Int64](repeating: 0, count: 2 * Meter.count)
  /// The window whose share the core has, by budget position.
  private var sharedWindow: [Int32]
  private var names: [String]
  /// The billing periods that ``installed`` is about.
  private var current: Int32
  private var previous: Int32
  /// Units used beyond a lease, which happens in advisory mode only.
  package private(set) var overrun: Int64 = 0

  package init(budgets names: [String], core: borrowing AdapterCore) {
    self.names = names
    sharedWindow = names.map { _ in .min }
    current = core.clock.currentStart
    previous = core.clock.previousStart
  }

  package func axis(ofMeterAt position: Int) -> MeterAxis {
    let isCurrent = position < Meter.count
    return MeterAxis(
      Meter.allCases[position % Meter.count],
      period: CalendarDay(number: isCurrent ? current : previous))
  }

  package func axis(ofBudgetAt position: Int, _ core: borrowing AdapterCore) -> BudgetAxis {
    BudgetAxis(names[position], window: CalendarDay(number: core.windows[position].startDay))
  }

  /// Brings what was used up to date with the core, and follows it into a new period.
  package mutating func sync(_ core: inout AdapterCore) {
    if core.clock.currentStart != current {
      // What the last period before used after its last report is not known: its leases count as
      // used up, which is the safe side.
      for meter in 0..<Meter.count { finish(Meter.count + meter, isUsedUp: true) }
      let isNext = core.clock.previousStart == current
      for meter in 0..<Meter.count {
        if !isNext { finish(meter, isUsedUp: true) }
        installed[Meter.count + meter] = installed[meter]
        installed[meter] = 0
      }
      current = core.clock.currentStart
      previous = core.clock.previousStart
    }
    for position in 0..<installed.count where installed[position] != 0 {
      let axis = axis(ofMeterAt: position)
      guard let index = index(of: position, axis) else { continue }
      let end = held[axis]?[index].lease.end ?? 0
      let usage = core.meters[position].usage
      overrun = max(overrun, usage - end)
      held[axis]?[index].lease.next = min(usage, end)
    }
    for budget in names.indices {
      spent[axis(ofBudgetAt: budget, core)] = core.ownSpending(budget)
    }
  }

  /// Notes what was spent in a window that ended.
  package mutating func close(_ window: BudgetWindow) {
    let axis = BudgetAxis(names[window.budget], window: window.start)
    guard let share = shares[axis] else { return }
    spent[axis] = window.spent.nanos - share.others.nanos
  }

  private func index(of position: Int, _ axis: MeterAxis) -> Int? {
    held[axis]?.firstIndex { $0.lease.id == installed[position] }
  }

  private mutating func finish(_ position: Int, isUsedUp: Bool) {
    let axis = axis(ofMeterAt: position)
    if let index = index(of: position, axis) {
      held[axis]?[index].isDone = true
      if isUsedUp, let end = held[axis]?[index].lease.end { held[axis]?[index].lease.next = end }
    }
    installed[position] = 0
  }

  /// Installs a waiting lease with room for `units` at a meter position. False when there is none.
  package mutating func advance(_ position: Int, units: Int64, _ core: inout AdapterCore) -> Bool {
    let axis = axis(ofMeterAt: position)
    guard
      let next = held[axis]?.first(where: {
        !$0.isDone && $0.lease.id != installed[position] && $0.lease.room >= units
      })
    else { return false }
    finish(position, isUsedUp: false)
    installed[position] = next.lease.id
    core.install(next.lease, at: position)
    return true
  }

  /// Installs shares of windows that began since. False when nothing changed.
  package mutating func openShares(_ core: inout AdapterCore) -> Bool {
    var changed = false
    for budget in names.indices where sharedWindow[budget] != core.windows[budget].startDay {
      guard let share = shares[axis(ofBudgetAt: budget, core)] else { continue }
      sharedWindow[budget] = core.windows[budget].startDay
      core.install(share, at: budget)
      changed = true
    }
    return changed
  }

  /// Gives up a part of a share of a present window: from here on none of it is spent.
  mutating func giveBack(_ kept: LeaseRequest.Kept, at budget: Int, _ core: inout AdapterCore) {
    let axis = axis(ofBudgetAt: budget, core)
    guard var share = shares[axis], sharedWindow[budget] == core.windows[budget].startDay else {
      return
    }
    (share.granted, share.reserve) = (kept.granted, kept.reserve)
    shares[axis] = share
    core.install(share, at: budget)
  }

  /// Takes over what a store gave.
  package mutating func take(_ reply: LeaseReply, _ core: inout AdapterCore) {
    sync(&core)
    for lease in reply.leases { held[lease.axis, default: []].append(Held(lease: lease)) }
    for share in reply.shares { shares[share.axis] = share }
    for budget in names.indices {
      guard let share = shares[axis(ofBudgetAt: budget, core)] else { continue }
      sharedWindow[budget] = core.windows[budget].startDay
      core.install(share, at: budget)
    }
    for position in 0..<installed.count where room(at: position) <= 0 {
      _ = advance(position, units: 1, &core)
    }
  }

  /// Forgets what was reported as done or over.
  package mutating func forget(reported use: LeaseUse, _ core: borrowing AdapterCore) {
    let done = Set(use.meters.filter(\.isDone).map(\.id))
    for axis in Array(held.keys) {
      held[axis]?.removeAll { $0.isDone && done.contains($0.lease.id) }
      if held[axis]?.isEmpty == true { held[axis] = nil }
    }
    let present = Set(names.indices.map { axis(ofBudgetAt: $0, core) })
    for reported in use.budgets where !present.contains(reported.axis) {
      guard let budget = names.firstIndex(of: reported.axis.budget),
        reported.axis.window.number < core.windows[budget].startDay
      else { continue }
      shares[reported.axis] = nil
      spent[reported.axis] = nil
    }
  }

  /// Units left in the installed lease.
  private func room(at position: Int) -> Int64 {
    let axis = axis(ofMeterAt: position)
    return index(of: position, axis).flatMap { held[axis]?[$0].lease.room } ?? 0
  }

  /// Units left in all leases of an axis.
  package func room(on axis: MeterAxis) -> Int64 {
    (held[axis] ?? []).reduce(0) { $1.isDone ? $0 : $0 + $1.lease.room }
  }

  /// Everything used, for the store. With `isLast` every lease is given back.
  package func use(isLast: Bool) -> LeaseUse {
    let meters = held.values.flatMap { leases in
      leases.map {
        LeaseUse.OfMeter(id: $0.lease.id, next: $0.lease.next, isDone: $0.isDone || isLast)
      }
    }
    let budgets = spent.map { LeaseUse.OfBudget(axis: $0.key, spent: Money(nanos: $0.value)) }
    return LeaseUse(
      meters: meters.sorted { $0.id < $1.id },
      budgets: budgets.sorted {
        ($0.axis.budget, $0.axis.window) < ($1.axis.budget, $1.axis.window)
      })
  }
}
