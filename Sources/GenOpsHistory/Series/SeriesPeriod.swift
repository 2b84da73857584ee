import GenOpsUnits

/// How far apart the values of a series are, and how its instants are counted.
struct SeriesPeriod: Equatable {
  var step: RecordedSeries.Step
  /// How many days, weeks, months or numbers one step is.
  var every = 1
  /// The only days of the week that have values; nil where every day may have one.
  var weekdays: WeekdaySet?
  /// Whether instants are days; else they are months or numbers.
  var isDay = true

  /// Whether two days `gap` apart may be of such a series.
  func fits(_ gap: Int) -> Bool {
    switch step {
    case .day: gap % every == 0
    case .week: gap % (7 * every) == 0
    case .month, .number: false
    }
  }

  /// The steps from the beginning of counting to an instant; nil of a day of the week without values.
  func position(_ instant: Int32) -> Int? {
    switch step {
    case .month:
      let month = isDay ? CalendarDay(number: instant).month.number : instant
      return SeriesPeriod.floor(Int(month), every)
    case .day where weekdays != nil: return weekdays?.position(CalendarDay(number: instant))
    case .day, .number: return SeriesPeriod.floor(Int(instant), every)
    // All dates are whole weeks apart, so it does not matter on which day the weeks of 1970 began.
    case .week: return SeriesPeriod.floor(Int(instant), 7 * every)
    }
  }

  /// The day of an instant; nil for numbers.
  func day(_ instant: Int32) -> CalendarDay? {
    switch step {
    case .number: nil
    case .month where !isDay: CalendarMonth(number: instant).firstDay
    case .month: CalendarDay(number: instant).month.firstDay
    case .day, .week: CalendarDay(number: instant)
    }
  }

  /// Rounded down, also before 1970, so that equal distances stay equal.
  private static func floor(_ number: Int, _ every: Int) -> Int {
    number >= 0 ? number / every : -((-number + every - 1) / every)
  }

  /// The same for the days of the week alone that have values, where the others never do; nil where there
  /// are none or too few weeks to say so. `known` are the days with a value, rising.
  func onWeekdays(_ known: [Int32]) -> SeriesPeriod? {
    guard step == .day, every == 1, isDay, let first = known.first, let last = known.last else {
      return nil
    }
    // Three weeks: one or two missing weekends are gaps.
    let weeks = (Int(last) - Int(first) + 1) / 7
    guard weeks >= 3 else { return nil }
    var counts = [Int](repeating: 0, count: 7)
    for number in known { counts[WeekdaySet.split(CalendarDay(number: number)).weekday] += 1 }
    // A day of the week that is there is there most weeks, or the series is one of few days.
    guard counts.contains(0), counts.allSatisfy({ $0 == 0 || 5 * $0 >= 3 * weeks }),
      let set = WeekdaySet(counts.map { $0 > 0 })
    else { return nil }
    var period = self
    period.weekdays = set
    return period
  }
}
