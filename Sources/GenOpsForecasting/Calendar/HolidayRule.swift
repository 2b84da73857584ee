public import GenOpsUnits

/// A day that comes every year by a rule.
public enum HolidayRule: Sendable, Hashable {
  /// The same date; a weekend's holiday may be kept on another day.
  case fixed(month: Int, day: Int, kept: Weekend = .asItFalls)
  /// Days after Easter Sunday of the western churches; −2 is Good Friday.
  case easter(Int)
  /// The `nth` (1 …) weekday (0 = Monday) of a month; −1 is the last.
  case nth(Int, weekday: Int, month: Int)
  /// The first such weekday on or after a date.
  case onOrAfter(month: Int, day: Int, weekday: Int)

  /// What becomes of a holiday on a Saturday or Sunday.
  public enum Weekend: Sendable, Hashable {
    case asItFalls
    /// Saturday's on Friday, Sunday's on Monday.
    case nearestWeekday
    /// On the next working day, and the one after when another holiday is kept there already.
    case nextWeekday
    /// Sunday's on the Saturday before.
    case saturdayForSunday
  }

  /// The day in a year of 1 … 9998.
  public func day(in year: Int) -> CalendarDay {
    switch self {
    case .fixed(let month, let day, let kept):
      HolidayRule.kept(HolidayRule.date(year, month, day), kept)
    case .easter(let days): HolidayRule.easterSunday(in: year).advanced(by: days)
    case .nth(let nth, let weekday, let month):
      if nth > 0 {
        HolidayRule.first(weekday, from: HolidayRule.date(year, month, 1)).advanced(
          by: 7 * (nth - 1))
      } else {
        HolidayRule.first(
          weekday, from: CalendarMonth(year: year, month: month).lastDay.advanced(by: -6))
      }
    case .onOrAfter(let month, let day, let weekday):
      HolidayRule.first(weekday, from: HolidayRule.date(year, month, day))
    }
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int) -> CalendarDay {
    CalendarMonth(year: year, month: month).firstDay.advanced(by: day - 1)
  }

  private static func first(_ weekday: Int, from day: CalendarDay) -> CalendarDay {
    day.advanced(by: (weekday - day.weekday + 7) % 7)
  }

  private static func kept(_ day: CalendarDay, _ rule: Weekend) -> CalendarDay {
    switch (rule, day.weekday) {
    case (.nearestWeekday, 5), (.saturdayForSunday, 6): day.advanced(by: -1)
    case (.nearestWeekday, 6): day.advanced(by: 1)
    case (.nextWeekday, 5): day.advanced(by: 2)
    case (.nextWeekday, 6): day.advanced(by: 1)
    default: day
    }
  }

  /// Easter Sunday by the Gregorian computus (Butcher 1876, as in J. Meeus, "Astronomical
  /// Algorithms", chapter 8).
  public static func easterSunday(in year: Int) -> CalendarDay {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let g = (b - (b + 8) / 25 + 1) / 3
    let h = (19 * a + b - b / 4 - g + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let sum = h + l - 7 * m + 114
    return date(year, sum / 31, sum % 31 + 1)
  }
}
