/// How long a budget runs before it starts again.
public enum BudgetPeriod: String, Sendable, Hashable, CaseIterable, BitwiseCopyable {
  /// A UTC day.
  case day
  /// Monday to Sunday, UTC.
  case week
  /// A calendar month.
  case month
  /// Three months, counted from the fiscal start.
  case quarter
  /// Twelve months from the fiscal start.
  case year

  /// The half-open window `[start, end)` that contains `day`. `fiscalStart` is the month (1…12)
  /// in which the fiscal year begins; it moves quarters and years only.
  public func window(containing day: CalendarDay, fiscalStart: Int = 1) -> (
    start: CalendarDay, end: CalendarDay
  ) {
    switch self {
    case .day: return (day, day.advanced(by: 1))
    case .week:
      let start = day.advanced(by: -day.weekday)
      return (start, start.advanced(by: 7))
    case .month:
      let month = day.month
      return (month.firstDay, month.advanced(by: 1).firstDay)
    case .quarter, .year:
      let length = self == .quarter ? 3 : 12
      let month = day.month
      let offset = ((month.month - fiscalStart) % length + length) % length
      let start = month.advanced(by: -offset)
      return (start.firstDay, start.advanced(by: length).firstDay)
    }
  }
}
