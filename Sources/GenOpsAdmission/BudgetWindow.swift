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

  init(
    budget: Int, start: CalendarDay, end: CalendarDay, spent: Money, offered: Money,
    breach: Timestamp?, refused: Int64
  ) {
    self.budget = budget
    self.start = start
    self.end = end
    self.spent = spent
    self.offered = offered
    self.breach = breach
    self.refused = refused
  }

  /// A period, the days from `start` to before `end`, in which nothing was offered.
  public init(unused budget: Int, start: CalendarDay, end: CalendarDay) {
    self.init(
      budget: budget, start: start, end: end, spent: .zero, offered: .zero, breach: nil, refused: 0)
  }
}

extension BudgetWindow {
  /// How far the offered cost lies beyond what usage may cost; zero when it does not.
  public func overshoot(of budget: Budget) -> Money {
    max(.zero, offered - budget.limitForUsage)
  }
}
