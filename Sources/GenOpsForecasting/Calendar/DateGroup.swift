public import GenOpsUnits

/// Days in a row, or a list of days, that come again by a rule of the calendar and move usage alike from
/// year to year: Thanksgiving week, Christmas, Easter, a holiday, dates of one's own.
public struct DateGroup: Sendable, Hashable {
  /// When its days are.
  public enum Dates: Sendable, Hashable {
    /// `days` in a row from the day of a rule on, kept since a year.
    case yearly(HolidayRule, days: Int, since: Int = 1)
    /// These days, which all move usage alike.
    case listed([CalendarDay])
  }

  /// What people call it.
  public var name: String
  public var dates: Dates
  /// Whether the user named it, so that its absence from a history is worth a word.
  public var isNamed: Bool

  /// `dates`, called `name`.
  public init(_ name: String, _ dates: Dates, isNamed: Bool = false) {
    self.name = name
    self.dates = dates
    self.isNamed = isNamed
  }

  /// The five days from Thanksgiving on, which hold Black Friday and its Monday. Thursday is weekday 3.
  public static let thanksgiving = DateGroup(
    "Thanksgiving week", .yearly(.nth(4, weekday: 3, month: 11), days: 5))
  /// From 23 December to 2 January.
  public static let christmas = DateGroup(
    "Christmas and New Year", .yearly(.fixed(month: 12, day: 23), days: 11))
  /// From Good Friday to Easter Monday.
  public static let easter = DateGroup("Easter", .yearly(.easter(-2), days: 4))

  /// The public holidays of a calendar, each by itself.
  public static func holidays(of calendar: HolidayCalendar) -> [DateGroup] {
    calendar.holidays.map {
      DateGroup($0.name, .yearly($0.rule, days: 1, since: $0.since), isNamed: true)
    }
  }

  /// How many of its days move usage each in its own way.
  var places: Int {
    switch dates {
    case .yearly(_, let days, _): max(0, days)
    case .listed: 1
    }
  }

  /// Its days in the years `from` to `to` and that of their places, in order of time.
  func days(from: Int, to: Int) -> [(day: CalendarDay, place: Int)] {
    switch dates {
    case .yearly(let rule, let days, let since):
      let first = max(from, since)
      guard first <= to else { return [] }
      return (first...to).flatMap { year in
        let day = rule.day(in: year)
        return (0..<max(0, days)).map { (day.advanced(by: $0), $0) }
      }
    case .listed(let days):
      return days.sorted().filter { (from...max(from, to)).contains($0.civil.year) }
        .map { ($0, 0) }
    }
  }

  /// How many times it came from `start` to the day before `end`: as often as the one of its days that came
  /// most.
  func times(from start: CalendarDay, to end: CalendarDay) -> Int {
    var times = [Int](repeating: 0, count: places)
    for (day, place) in days(from: start.civil.year - 1, to: end.civil.year)
    where day >= start && day < end { times[place] += 1 }
    return times.max() ?? 0
  }

  /// Its days the next time that one of them is `day` or later; of listed ones all that are.
  func next(after day: CalendarDay) -> [(day: CalendarDay, place: Int)] {
    let year = day.civil.year
    if case .listed = dates { return days(from: year, to: year + 100).filter { $0.day >= day } }
    // A group may begin in one year and end in the next.
    for first in (year - 1)...(year + 1) {
      let days = days(from: first, to: first)
      if let last = days.last, last.day >= day { return days }
    }
    return []
  }
}
