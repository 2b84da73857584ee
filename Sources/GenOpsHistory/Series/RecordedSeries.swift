package import GenOpsMetering
package import GenOpsUnits

/// One series of a file of many: values at equal steps, as they were read.
///
/// Unlike a ``UsageSeries`` it may count anything, and its steps need not be days.
package struct RecordedSeries: Sendable {
  /// How far apart the values are.
  package enum Step: String, Sendable {
    case day, week, month
    /// Numbered steps without a date.
    case number
  }

  /// The `unique_id`, the title of a column, or the id of a meter with its project before it.
  package var name: String
  /// One per step, oldest first; NaN where nothing is known. The first and the last are known.
  package var values: [Double]
  /// How far apart they are.
  package var step: Step
  /// The day of the first value, of a month its first; nil for numbered steps.
  package var start: CalendarDay?
  /// How many days, weeks, months or numbers lie between two values: 2 with weeks is every second week,
  /// 3 with months a quarter.
  package var every = 1
  /// The days of the week that have values, where others never do; the values are of those days alone.
  package var weekdays: WeekdaySet?
  /// The number of the first of numbered steps.
  package var firstNumber = 1
  /// What it counts, where it came from an export of usage.
  package var usage: UsageSeries?

  package init(
    name: String, values: [Double], step: Step, every: Int = 1, start: CalendarDay? = nil,
    weekdays: WeekdaySet? = nil, firstNumber: Int = 1
  ) {
    self.name = name
    self.values = values
    self.step = step
    self.every = every
    self.start = start
    self.weekdays = weekdays
    self.firstNumber = firstNumber
  }

  /// A series of an export of usage, from its first known day to its last; nil without one.
  package init?(_ usage: UsageSeries, name: String) {
    guard let first = usage.values.firstIndex(where: { !$0.isNaN }),
      let last = usage.values.lastIndex(where: { !$0.isNaN })
    else { return nil }
    // The first known value is not behind the last.
    self.init(
      name: name, values: Array(usage.values[first...last]), step: .day,
      start: usage.start.advanced(by: first))
    self.usage = usage
  }

  /// The meter that the name of the series is, and its project where it says one; nil for anything
  /// that PostHog does not count.
  package var meter: (meter: Meter, project: String?)? {
    if let usage { return (usage.meter, usage.project) }
    guard case .meter(let meter, let project) = SeriesLabel(name) else { return nil }
    return (meter, project)
  }

  /// Whether it has a value, or an unknown one, for each day.
  package var isDaily: Bool { step == .day && every == 1 && weekdays == nil }

  /// How many days step `index` covers; nil for numbered steps. A weekend that never has a value is not a
  /// part of the Friday before it.
  package func days(_ index: Int) -> Int? {
    guard let begin = day(index), let end = day(index + 1) else { return nil }
    return weekdays == nil ? max(1, begin.distance(to: end)) : 1
  }

  /// The day on which step `index` begins, which may lie behind the last value; nil for numbered steps.
  package func day(_ index: Int) -> CalendarDay? {
    guard let start else { return nil }
    switch step {
    case .day:
      return weekdays?.day(index, from: start)
        ?? start.advanced(by: index.multipliedClamped(by: every))
    case .week: return start.advanced(by: index.multipliedClamped(by: 7 * every))
    case .month: return start.month.advanced(by: index.multipliedClamped(by: every)).firstDay
    case .number: return nil
    }
  }

  /// What a file calls step `index`: `2027-02-14`, `2027-02`, `121`.
  package func label(_ index: Int) -> String {
    guard let day = day(index) else {
      return "\(firstNumber.addingClamped(index.multipliedClamped(by: every)))"
    }
    return step == .month ? "\(day.month)" : "\(day)"
  }
}

extension Int {
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  fileprivate func multipliedClamped(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
