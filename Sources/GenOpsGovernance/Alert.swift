public import GenOpsUnits

/// A budget reached a threshold. Raised once per threshold and budget period.
public struct Alert: Sendable, Hashable {
  /// The budget's position in the plan.
  public var budget: Int
  /// The first day of the budget's period.
  public var periodStart: CalendarDay
  /// Percent of the limit.
  public var percent: Int
  /// When.
  public var at: Timestamp

  /// `budget` is its position in the plan, `percent` that of the limit.
  public init(budget: Int, periodStart: CalendarDay, percent: Int, at: Timestamp) {
    self.budget = budget
    self.periodStart = periodStart
    self.percent = percent
    self.at = at
  }
}

extension Alert: Comparable {
  /// By time, then budget, then threshold. Alerts of one instant have no other order.
  public static func < (a: Alert, b: Alert) -> Bool {
    if a.at != b.at { return a.at < b.at }
    if a.budget != b.budget { return a.budget < b.budget }
    if a.periodStart != b.periodStart { return a.periodStart < b.periodStart }
    return a.percent < b.percent
  }
}
