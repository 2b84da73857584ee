/// A billing month: half-open `[start, end)` in whole UTC days, anchored at a day of the month.
///
/// PostHog bills monthly from the day of subscription, not by calendar month. An anchor beyond the
/// end of a month falls on that month's last day.
public struct BillingPeriod: Sendable, Hashable {
  public var start: CalendarDay
  /// The first day that is no longer in the period.
  public var end: CalendarDay

  /// The days that somebody else says a period has; `end` is after `start`.
  package init(start: CalendarDay, end: CalendarDay) {
    self.start = start
    self.end = end
  }

  /// The period that contains `day` for the anchor `anchorDay` (1…31).
  public init(containing day: CalendarDay, anchorDay: Int = 1) {
    func anchor(_ month: CalendarMonth) -> CalendarDay {
      month.firstDay.advanced(by: min(max(anchorDay, 1), month.dayCount) - 1)
    }
    let month = day.month
    let here = anchor(month)
    start = here <= day ? here : anchor(month.advanced(by: -1))
    end = here <= day ? anchor(month.advanced(by: 1)) : here
  }

  /// Whether the day lies in the period: its first day does, ``end`` does not.
  public func contains(_ day: CalendarDay) -> Bool { day >= start && day < end }
}
