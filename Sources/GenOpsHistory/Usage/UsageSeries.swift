package import GenOpsMetering
package import GenOpsUnits

/// Daily usage of one meter, of one project or of the whole organization.
package struct UsageSeries: Sendable {
  package var meter: Meter
  /// The project as people call it; nil when the series is of the whole organization.
  package var project: String?
  /// PostHog's id of the project, where the export says it.
  package var projectID: String?
  /// The day of the first value.
  package var start: CalendarDay
  /// Units per UTC day. NaN is a missing day: unknown, not zero.
  package var values: [Double]

  package init(
    meter: Meter, project: String? = nil, projectID: String? = nil, start: CalendarDay,
    values: [Double]
  ) {
    self.meter = meter
    self.project = project
    self.projectID = projectID
    self.start = start
    self.values = values
  }

  /// The first day after the last value.
  package var end: CalendarDay { start.advanced(by: values.count) }

  /// The units of `day`; nil when the day is missing or outside the series.
  package subscript(day: CalendarDay) -> Double? {
    let index = start.distance(to: day)
    guard values.indices.contains(index), !values[index].isNaN else { return nil }
    return values[index]
  }

  /// The shortest distance between two known days; nil with fewer than two.
  var shortestGap: Int? {
    let known = values.indices.filter { !values[$0].isNaN }
    return zip(known, known.dropFirst()).map { $1 - $0 }.min()
  }

  /// How many days inside the series have no value.
  package var missingDays: Int { values.count { $0.isNaN } }

  /// Whole units of the known days in `[from, to)`, which may lie anywhere: none where the series has
  /// ended before or begins after: rounded as a whole, as a meter may count in parts. Held at the ends of `Int64`.
  package func wholeUnits(from: CalendarDay, to: CalendarDay) -> Int64 {
    var units: Int64 = 0
    var whole = CarriedAmount()
    var day = max(from, start)
    while day < min(to, end) {
      if let value = self[day], value.isFinite { units = units.addingClamped(whole.next(value)) }
      day = day.advanced(by: 1)
    }
    return units
  }

  /// The days that stand for those after them where nothing else does.
  package static let recentDays = 28

  /// The mean of the known days among the ``recentDays`` before `day`; 0 where there are none.
  package func recentDay(before day: CalendarDay) -> Double {
    let known = (1...UsageSeries.recentDays).compactMap { self[day.advanced(by: -$0)] }
    return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
  }

  /// The units of the days in `[from, to)`, and how many of those days have no value.
  package func sum(from: CalendarDay, to: CalendarDay) -> (units: Double, missing: Int) {
    var units = 0.0
    var missing = 0
    var day = from
    while day < to {
      if let value = self[day] { units += value } else { missing += 1 }
      day = day.advanced(by: 1)
    }
    return (units, missing)
  }
}
