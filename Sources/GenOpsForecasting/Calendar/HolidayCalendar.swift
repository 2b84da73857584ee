public import GenOpsUnits

/// The public holidays that a whole country keeps, by its law. What only a region keeps is left
/// out.
public struct HolidayCalendar: Sendable {
  /// ISO 3166-1, in small letters.
  public var country: String
  public var name: String
  /// The law that says so.
  public var source: String
  public var holidays: [Holiday]

  /// A public holiday: the rule of its day, and since when it is kept.
  public struct Holiday: Sendable, Hashable {
    public var name: String
    public var rule: HolidayRule
    /// The first year it is kept.
    public var since: Int

    init(_ name: String, _ rule: HolidayRule, since: Int = 1) {
      self.name = name
      self.rule = rule
      self.since = since
    }
  }

  /// The holidays of a year, in the order of the law. Where two would fall on one day because a
  /// weekend's is kept later, the second moves on.
  public func days(in year: Int) -> [(name: String, day: CalendarDay)] {
    var taken: Set<CalendarDay> = []
    return holidays.filter { $0.since <= year }.map { holiday in
      var day = holiday.rule.day(in: year)
      if case .fixed(_, _, .nextWeekday) = holiday.rule {
        while taken.contains(day) { day = day.advanced(by: 1) }
      }
      taken.insert(day)
      return (holiday.name, day)
    }
  }

  /// The known calendars.
  public static let all: [HolidayCalendar] = [
    us, gb, de, fr, es, it, nl, se, pl, ca, br,
  ]

  /// The calendar of a country, by its code.
  public static func named(_ country: String) -> HolidayCalendar? {
    all.first { $0.country == country.lowercased() }
  }
}
