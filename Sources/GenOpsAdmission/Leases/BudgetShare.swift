import GenOpsMetering
public import GenOpsUnits

/// What one process may spend of a budget in one window. The grants of all processes together stay
/// within the limit.
public struct BudgetShare: Sendable, Hashable {
  public var axis: BudgetAxis
  /// What other processes are known to have spent, and what was spent before.
  public var others: Money
  /// What this process may spend on ordinary items in the whole window, spent or not.
  public var granted: Money
  /// What it may spend beyond that on critical items, in strict mode.
  public var reserve: Money
  /// How many processes live that share the budget, this one included. Nil from a store that does not
  /// know: then nothing is given back before the end.
  public var holders: Int?

  /// The most that a process beside this one could still spend on ordinary items: what is granted to it and not
  /// known to be spent, or what is granted to none. Nil from a store that does not know.
  public var rest: Money?

  /// `reserve` comes on top of `granted`, for critical items only.
  public init(
    axis: BudgetAxis, others: Money, granted: Money, reserve: Money, holders: Int? = nil,
    rest: Money? = nil
  ) {
    self.axis = axis
    self.others = others
    self.granted = granted
    self.reserve = reserve
    self.holders = holders
    self.rest = rest
  }
}
