public import GenOpsMetering
public import GenOpsUnits

/// The usage of one meter in one billing period: a line of units of which each is priced once.
public struct MeterAxis: Sendable, Hashable {
  public var meter: Meter
  /// The first day of the billing period.
  public var period: CalendarDay

  /// `period` is the first day of the billing period.
  public init(_ meter: Meter, period: CalendarDay) {
    self.meter = meter
    self.period = period
  }
}

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

/// An interval of a meter's usage that one process may use. No two processes hold the same unit.
public struct MeterLease: Sendable, Hashable {
  /// Unique in its store.
  public var id: Int64
  public var axis: MeterAxis
  /// Units before the next one to be used: from the interval's start to ``end``.
  public var next: Int64
  /// Units up to which the interval goes.
  public var end: Int64
  /// Whether the usage before the interval is all of the period's.
  public var isOpeningKnown: Bool

  /// The units above `next`, up to and including `end`.
  public init(id: Int64, axis: MeterAxis, next: Int64, end: Int64, isOpeningKnown: Bool) {
    self.id = id
    self.axis = axis
    self.next = next
    self.end = end
    self.isOpeningKnown = isOpeningKnown
  }

  /// Units left.
  public var room: Int64 { end - next }
}

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

  /// `reserve` comes on top of `granted`, for critical items only.
  public init(axis: BudgetAxis, others: Money, granted: Money, reserve: Money) {
    self.axis = axis
    self.others = others
    self.granted = granted
    self.reserve = reserve
  }
}
