import GenOpsHistory
import GenOpsSimulation
import GenOpsUnits

/// How steps of a series are named to people.
enum SeriesText {
  /// `day`, `7 days`, `4 quarters`, `7 steps of 2 weeks`; `step` of numbered ones.
  static func steps(_ count: Int, _ series: RecordedSeries) -> String {
    let number = groupedDigits("\(count)")
    if let noun = noun(series) { return count == 1 ? noun : "\(number) \(noun)s" }
    let step = count == 1 ? "step" : "\(number) steps"
    return "\(step) of \(NumberText.counted(series.every, series.step.rawValue))"
  }

  /// The same with the number in front of one: `1 day`.
  static func counted(_ count: Int, _ series: RecordedSeries) -> String {
    (count == 1 ? "1 " : "") + steps(count, series)
  }

  /// What one step is called; nil where it has no name.
  private static func noun(_ series: RecordedSeries) -> String? {
    switch (series.step, series.every) {
    case (.number, _): "step"
    case (.day, 1), (.week, 1), (.month, 1): series.step.rawValue
    case (.month, 3): "quarter"
    case (.month, 6): "half-year"
    case (.month, 12): "year"
    case (.day, _), (.week, _), (.month, _): nil
    }
  }

  /// What the rows of a table are: `Day`, `Week from`, `4 weeks from`, `Month`, `Steps`.
  static func rowNoun(_ series: RecordedSeries, size: Int) -> String {
    if let week = series.weekdays?.count {
      return size == 1 ? "Day" : size == week ? "Week from" : "4 weeks from"
    }
    switch (series.step, size) {
    case (.number, 1): return "Step"
    case (.number, _): return "Steps from"
    case _ where series.every > 1: return size == 1 ? "From" : "\(size) steps from"
    case (.day, 1): return "Day"
    case (.day, 7), (.week, 1): return "Week from"
    case (.day, _), (.week, _): return "4 weeks from"
    case (.month, 1): return "Month"
    case (.month, _): return "Year from"
    }
  }

  /// `15 Feb`, in the first row and in January with its year; `Feb 2027`; `121`.
  static func row(_ series: RecordedSeries, _ index: Int, isFirst: Bool) -> String {
    guard let day = series.day(index) else { return series.label(index) }
    if series.step == .month { return DateText.row(day.month, isFirst: isFirst) }
    let (year, month, date) = day.civil
    let isNew = isFirst || (month == 1 && date <= 7)
    return "\(date) \(day.month.shortName)" + (isNew ? " \(year)" : "")
  }

  /// `15 Feb - 14 Mar 2027`, `Feb 2027 - Jan 2028`, `121 - 132`.
  static func span(_ series: RecordedSeries, _ first: Int, _ count: Int) -> String {
    let last = first + max(1, count) - 1
    guard let start = series.day(first), let end = series.day(last) else {
      return count == 1 ? series.label(first) : "\(series.label(first)) - \(series.label(last))"
    }
    // The last step goes on until the next one begins.
    let lastDay = end.advanced(by: (series.days(last) ?? 1) - 1)
    if series.step == .month { return DateText.range([start.month, lastDay.month]) }
    func text(_ day: CalendarDay, _ year: Bool) -> String {
      "\(day.civil.day) \(day.month.shortName)" + (year ? " \(day.civil.year)" : "")
    }
    if start == lastDay { return text(start, true) }
    return "\(text(start, start.civil.year != lastDay.civil.year)) - \(text(lastDay, true))"
  }

  /// `the next 28 days (15 Feb - 14 Mar 2027)`.
  static func next(_ outlook: SeriesOutlook) -> String {
    let words = SeriesText.steps(outlook.horizon, outlook.series)
    return "next \(words) (\(span(outlook.series, outlook.known, outlook.horizon)))"
  }
}
