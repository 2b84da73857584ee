import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// What the history knows of the days of a period, by meter.
struct KnownUsage {
  let start: CalendarDay
  let dayCount: Int
  /// The first day after everything that is known.
  let end: CalendarDay
  /// By meter: units of each day, nil where they are not known.
  private var days: [Meter: [Int64?]] = [:]

  /// `identified` is the part of the events of a day that is identified, for a history that does not
  /// count them: the same part that the run takes.
  init(_ history: UsageHistory, _ period: Scenario.Period, identified: (Int) -> Double?) {
    start = period.start
    dayCount = period.dayCount
    end = history.lastDay?.advanced(by: 1) ?? period.start
    for meter in history.meters {
      guard let total = history.total(of: meter) else { continue }
      var whole = CarriedAmount()
      days[meter] = (0..<dayCount).map { day in
        total[start.advanced(by: day)].map { whole.next($0) }
      }
    }
    if days[.identifiedEvents] == nil, let events = days[.events] {
      var whole = CarriedAmount()
      let parts = events.enumerated().map { day, units -> Int64? in
        guard let units, let part = identified(day) else { return nil }
        return min(units, whole.next(Double(units) * part))
      }
      if parts.contains(where: { $0 != nil }) { days[.identifiedEvents] = parts }
    }
  }

  var meters: [Meter] { Meter.allCases.filter { days[$0] != nil } }

  /// Units of a day of the period; nil where they are not known.
  subscript(day: Int, meter: Meter) -> Int64? { days[meter]?[day] }

  /// The days of a month, as places in the period.
  func range(_ month: CalendarMonth) -> Range<Int> {
    // A month of the period begins within it, and has at least 28 days.
    let first = start.distance(to: month.firstDay)
    return first..<(first + month.dayCount)
  }

  /// Days of which some meter is known.
  func knownDays(_ range: Range<Int>) -> Int {
    range.count { day in days.values.contains { $0[day] != nil } }
  }

  /// What is known, and nothing else.
  var usage: DailyUsage {
    var usage = DailyUsage(dayCount: dayCount)
    for (meter, units) in days {
      for day in 0..<dayCount { usage[day, meter] = units[day] ?? 0 }
    }
    return usage
  }
}

extension ScenarioFiles {
  /// The same files as they were before `day`: nothing of it and of the days after it.
  func before(_ day: CalendarDay) -> ScenarioFiles {
    var files = self
    for index in files.histories.indices {
      files.histories[index].events.removeAll { $0.timestamp.day >= day }
      for place in files.histories[index].file.exports.indices {
        files.histories[index].file.exports[place].series =
          files.histories[index].file.exports[place].series.compactMap { series in
            var series = series
            let count = series.start.distance(to: day)
            if count <= 0 { return nil }
            series.values = Array(series.values.prefix(count))
            return series
          }
      }
    }
    return files
  }
}
