package import GenOpsUnits

/// Some days of the week, such as Monday to Friday: the days of a series that has no others.
package struct WeekdaySet: Sendable, Hashable {
  /// By day of the week from Monday on: its place among those in the set, nil outside it.
  private let places: [Int?]
  /// The days of the week in the set, Monday 0.
  private let members: [Int]

  /// How many days of a week are in it, 1 to 7.
  package var count: Int { members.count }

  /// `contained` is by day of the week, from Monday on. Nil of none.
  package init?(_ contained: [Bool]) {
    guard contained.count == 7, contained.contains(true) else { return nil }
    members = (0..<7).filter { contained[$0] }
    var next = 0
    places = contained.map { isIn -> Int? in
      defer { if isIn { next += 1 } }
      return isIn ? next : nil
    }
  }

  /// The days in the set from the beginning of counting to `day`; nil where it is not in it.
  package func position(_ day: CalendarDay) -> Int? {
    let (week, weekday) = WeekdaySet.split(day)
    return places[weekday].map { week * members.count + $0 }
  }

  /// The day that is `index` days of the set behind `start`; nil where `start` is not in it.
  package func day(_ index: Int, from start: CalendarDay) -> CalendarDay? {
    guard let first = position(start) else { return nil }
    let (position, overflow) = first.addingReportingOverflow(index)
    if overflow { return nil }
    // Rounded down, so that the remainder is a place in the set also before 1970.
    let place = ((position % count) + count) % count
    let week = (position - place) / count
    let (days, isBeyond) = week.multipliedReportingOverflow(by: 7)
    return isBeyond ? nil : WeekdaySet.monday.advanced(by: days).advanced(by: members[place])
  }

  /// `Mon-Fri`, `Mon, Wed, Fri`.
  package var words: String { WeekdaySet.words(members) }

  /// Those that are not in it.
  package var otherWords: String { WeekdaySet.words((0..<7).filter { places[$0] == nil }) }

  private static func words(_ days: [Int]) -> String {
    guard let first = days.first, let last = days.last else { return "" }
    let isRow = days.count > 2 && last - first == days.count - 1
    return isRow
      ? "\(names[first])-\(names[last])" : days.map { names[$0] }.joined(separator: ", ")
  }

  private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// 1969-12-29, the Monday of the week in which counting begins.
  private static let monday = CalendarDay(number: -3)

  /// The weeks since ``monday``, rounded down, and the day of the week, Monday 0.
  package static func split(_ day: CalendarDay) -> (week: Int, weekday: Int) {
    let days = monday.distance(to: day)
    let weekday = ((days % 7) + 7) % 7
    return ((days - weekday) / 7, weekday)
  }
}
