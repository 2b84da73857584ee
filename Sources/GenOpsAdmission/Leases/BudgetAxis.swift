import GenOpsMetering
public import GenOpsUnits

/// The spending of one budget in one of its windows.
public struct BudgetAxis: Sendable, Hashable {
  /// The budget's name.
  public var budget: String
  /// The first day of the window.
  public var window: CalendarDay

  /// `window` is the first day of the budget's window.
  public init(_ budget: String, window: CalendarDay) {
    self.budget = budget
    self.window = window
  }
}
