import GenOpsGovernance
import GenOpsUnits

/// How much of each hard budget this process needs, from what it spent lately. What it holds beyond
/// that it gives back, so that a busy process finds it.
///
/// While one process lives there is no other to give to. Of several each keeps twice what it spent since
/// the last look, and at least a part of what all have left: an eighth of an equal share while it spends, a
/// sixty-fourth while it idles. The parts shrink with the budget, so what lies unused at its end is small.
package struct LeaseSizing {
  /// Spending is measured over at least this time, in µs: what was spent between two requests that
  /// follow on one another says nothing.
  package static let span: Int64 = 2_000_000
  private static let busyParts: Int64 = 8
  private static let idleParts: Int64 = 64

  private struct Measure {
    var window: Int32
    var spent: Int64
    var at: Int64
  }

  /// By budget; nil before it had a share.
  private var measures: [Measure?]

  package init(budgets: Int) { measures = [Measure?](repeating: nil, count: budgets) }

  /// Begins to measure in a window whose share has come.
  mutating func begin(_ budget: Int, _ core: inout AdapterCore) {
    let window = core.windows[budget].startDay
    if measures[budget]?.window == window { return }
    measures[budget] = Measure(
      window: window, spent: core.ownSpending(budget), at: core.clock.now)
  }

  /// What this process keeps of its share; nil when that is all of it.
  mutating func kept(of share: BudgetShare, budget: Int, _ core: inout AdapterCore)
    -> LeaseRequest.Kept?
  {
    let (own, now) = (core.ownSpending(budget), core.clock.now)
    let window = core.windows[budget].startDay
    guard let last = measures[budget], last.window == window, now - last.at >= LeaseSizing.span
    else { return nil }
    measures[budget] = Measure(window: window, spent: own, at: now)
    guard let holders = share.holders, holders > 1 else { return nil }
    let rule = core.budgetRules[budget]
    let keep = max(
      LeaseSizing.room(core: &core, budget: budget, holders: holders, isIdle: own <= last.spent),
      max(0, own - last.spent).addingClamped(max(0, own - last.spent)))
    let held = share.granted.nanos - own
    let granted = held > keep ? own.addingClamped(keep) : share.granted.nanos
    // Of what is kept for critical items an equal part, and what was spent of it.
    let reserved = max(0, rule.limit - rule.bound) / Int64(clamping: holders)
    let reserve = min(share.reserve.nanos, max(0, -held).addingClamped(reserved))
    if granted == share.granted.nanos, reserve == share.reserve.nanos { return nil }
    return LeaseRequest.Kept(granted: Money(nanos: granted), reserve: Money(nanos: reserve))
  }

  /// Whether an idle process would give something back.
  static func hasSpare(_ share: BudgetShare, budget: Int, _ core: inout AdapterCore) -> Bool {
    guard let holders = share.holders else { return false }
    let held = share.granted.nanos - core.ownSpending(budget)
    // A single one asks now and then whether it still is.
    return held
      > room(core: &core, budget: budget, holders: holders, isIdle: true).addingClamped(1)
  }

  /// The least that one of several processes keeps, in nano-units.
  private static func room(
    core: inout AdapterCore, budget: Int, holders: Int, isIdle: Bool
  ) -> Int64 {
    let bound = max(0, core.budgetRules[budget].bound)
    let left = max(0, bound.subtractingClamped(core.budgets[budget].spent))
    // At least 1: there is always this process.
    let parts = max(1, Int64(clamping: min(holders, 1_000_000))) * (isIdle ? idleParts : busyParts)
    return max(left / parts, bound / 1000, 1)
  }
}
