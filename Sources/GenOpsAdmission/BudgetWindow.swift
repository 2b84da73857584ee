public import GenOpsGovernance
public import GenOpsUnits

/// What a budget saw in one of its periods.
public struct BudgetWindow: Sendable, Hashable {
  /// The budget's position in the plan.
  public var budget: Int
  public var start: CalendarDay
  /// The first day that is no longer in it.
  public var end: CalendarDay
  /// What usage cost.
  public var spent: Money
  /// What it would have cost had no budget refused.
  public var offered: Money
  /// The first instant at which what was offered would have passed the limit, or something was
  /// refused.
  public var breach: Timestamp?
  /// How many items this budget refused.
  public var refused: Int64
}

extension BudgetWindow {
  /// How far the offered cost lies beyond what usage may cost; zero when it does not.
  public func overshoot(of budget: Budget) -> Money {
    max(.zero, offered - budget.limitForUsage)
  }
}
