public import GenOpsUnits

/// Usage by day, without gaps in the days: a day that is missing has the value NaN.
public struct DailySeries: Sendable, Hashable {
  /// The day of the first value.
  public var start: CalendarDay
  /// Units per day; NaN where unknown.
  public var values: [Double]
  /// Dates of the year that may differ from the days around them, of which a forecaster may look for what
  /// the history shows.
  public var dates: [DateGroup]
  /// Days on which a level began that stays, as is known from elsewhere: what the last days are is then no
  /// question of how long they have stood.
  public var newLevels: [CalendarDay] = []

  /// Those that are looked for where nothing else is said.
  public static let usualDates = [DateGroup.thanksgiving, .christmas]

  /// One value a day from `start` on.
  public init(
    start: CalendarDay, values: [Double], dates: [DateGroup] = DailySeries.usualDates
  ) {
    self.start = start
    self.values = values
    self.dates = dates
  }

  /// The day after the last value.
  public var end: CalendarDay { start.advanced(by: values.count) }

  /// Makes the days from `first` to `last` unknown, as far as there are any.
  public mutating func forget(from first: CalendarDay, through last: CalendarDay) {
    for index in values.indices where (first...max(first, last)).contains(start.advanced(by: index))
    {
      values[index] = .nan
    }
  }

  /// How many days are known from the first on which there is any usage.
  public var usedDays: Int {
    guard let first = values.firstIndex(where: { $0 > 0 }) else { return 0 }
    return values[first...].count { !$0.isNaN }
  }

  /// The units of the days in `[from, to)`; nil when one of them is unknown.
  public func sum(from: CalendarDay, to: CalendarDay) -> Double? {
    let days = start.distance(to: from)..<max(start.distance(to: from), start.distance(to: to))
    guard days.lowerBound >= 0, days.upperBound <= values.count else { return nil }
    let sum = values[days].reduce(0, +)
    return sum.isNaN ? nil : sum
  }
}
