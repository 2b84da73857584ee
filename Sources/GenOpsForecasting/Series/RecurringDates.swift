import GenOpsUnits

/// Days that stood out from those around them a year ago and the year before too, on the same date or on
/// the same weekday of the month: a sale of one's own, a conference, a holiday that no list has.
enum RecurringDates {
  /// Standard deviations, and the logarithm, beyond which a day stands out.
  static let deviations = 5.0
  static let smallest = 0.25
  /// The longest run of days; a season is not a date.
  static let longest = 14
  /// More runs a year are what the series is like.
  static let most = 12

  /// Those of the last year of `distances`, by day from `start` on, that scatter by `scale`. Days of `known`
  /// are left out.
  static func find(_ distances: [Double], start: CalendarDay, scale: Double, known: SpecialDates)
    -> [DateGroup]
  {
    let limit = max(smallest, deviations * scale)
    func sign(_ index: Int) -> Int {
      guard distances.indices.contains(index), !distances[index].isNaN,
        abs(distances[index]) > limit,
        known.place(of: start.advanced(by: index)) == nil
      else { return 0 }
      return distances[index] > 0 ? 1 : -1
    }
    var runs: [(days: Range<Int>, sign: Int)] = []
    for index in distances.indices.suffix(365) where sign(index) != 0 {
      if let last = runs.last, index - last.days.upperBound <= 1, last.sign == sign(index) {
        runs[runs.count - 1].days = last.days.lowerBound..<(index + 1)
      } else {
        // `index` is below the next one.
        runs.append((index..<(index + 1), sign(index)))
      }
    }
    guard runs.count <= most else { return [] }
    return runs.compactMap { run in
      guard run.days.count <= longest else { return nil }
      let first = start.advanced(by: run.days.lowerBound)
      let rule = rules(first).first { rule in
        let before = start.distance(to: rule.day(in: first.civil.year - 1))
        let alike = (0..<run.days.count).count { sign(before + $0) == run.sign }
        return 2 * alike >= run.days.count && alike > 0
      }
      guard let rule else { return nil }
      return DateGroup(
        name(rule, first, days: run.days.count), .yearly(rule, days: run.days.count))
    }
  }

  /// The ways in which a day may come again.
  private static func rules(_ day: CalendarDay) -> [HolidayRule] {
    let date = day.civil
    let nth = (date.day - 1) / 7 + 1
    return [.fixed(month: date.month, day: date.day)]
      // Not every month has a fifth.
      + (nth <= 4 ? [.nth(nth, weekday: day.weekday, month: date.month)] : [])
  }

  private static func name(_ rule: HolidayRule, _ first: CalendarDay, days: Int) -> String {
    let last = first.advanced(by: days - 1)
    func text(_ day: CalendarDay) -> String { "\(day.civil.day) \(day.month.shortName)" }
    if case .nth = rule { return rule.words + (days > 1 ? " and \(days - 1) more" : "") }
    return days == 1 ? text(first) : "\(text(first)) - \(text(last))"
  }
}
