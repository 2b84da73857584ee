import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// What never changes about a budget, in the core's own units.
struct BudgetRule: BitwiseCopyable {
  /// What usage may cost.
  var limit: Int64
  /// The most that ordinary items may bring the spending to.
  var bound: Int64
  /// Refuses at all.
  var isEnforced: Bool
  /// A limit of zero: refuses whatever is on a meter.
  var blocksAll: Bool
  var period: BudgetPeriod
  var fiscalStart: Int8
  var firstAlert: Int32
  var endAlert: Int32

  init(_ budget: Budget, mode: GovernanceMode, firstAlert: Int, endAlert: Int) {
    limit = budget.limitForUsage.nanos
    isEnforced = budget.isHard && mode != .advisory
    blocksAll = budget.limit == .zero && isEnforced
    bound = limit
    if mode == .strict, isEnforced {
      bound = limit.subtractingClamped(budget.share(percent: budget.reservePercent).nanos)
    }
    period = budget.period
    fiscalStart = Int8(clamping: budget.fiscalStart)
    self.firstAlert = Int32(firstAlert)
    self.endAlert = Int32(endAlert)
  }
}
