import GenOpsHistory
import GenOpsSimulation
import GenOpsUnits

/// How steps of a series are named to people.
enum SeriesText {
  /// `day`, `7 days`, `28 days`; `step` of numbered ones.
  static func steps(_ count: Int, _ step: RecordedSeries.Step) -> String {
    count == 1 ? noun(step) : NumberText.counted(count, noun(step))
  }

  static func noun(_ step: RecordedSeries.Step) -> String {
    step == .number ? "step" : step.rawValue
  }

  /// What the rows of a table are: `Day`, `Week from`, `4 weeks from`, `Month`, `Steps`.
  static func rowNoun(_ step: RecordedSeries.Step, size: Int) -> String {
    switch (step, size) {
    case (.day, 1): "Day"
    case (.day, 7), (.week, 1): "Week from"
    case (.day, _), (.week, _): "4 weeks from"
    case (.month, 1): "Month"
    case (.month, _): "Year from"
    case (.number, 1): "Step"
    case (.number, _): "Steps from"
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
    if series.step == .month { return DateText.range([start.month, end.month]) }
    let lastDay = series.step == .week ? end.advanced(by: 6) : end
    func text(_ day: CalendarDay, _ year: Bool) -> String {
      "\(day.civil.day) \(day.month.shortName)" + (year ? " \(day.civil.year)" : "")
    }
    if start == lastDay { return text(start, true) }
    return "\(text(start, start.civil.year != lastDay.civil.year)) - \(text(lastDay, true))"
  }

  /// `the next 28 days (15 Feb - 14 Mar 2027)`.
  static func next(_ outlook: SeriesOutlook) -> String {
    let steps = outlook.horizon == 1 ? "step" : "\(outlook.horizon) steps"
    let words =
      outlook.series.step == .number
      ? steps : SeriesText.steps(outlook.horizon, outlook.series.step)
    return "next \(words) (\(span(outlook.series, outlook.known, outlook.horizon)))"
  }
}
