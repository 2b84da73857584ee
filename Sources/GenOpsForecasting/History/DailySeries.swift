public import GenOpsUnits

/// Usage by day, without gaps in the days: a day that is missing has the value NaN.
public struct DailySeries: Sendable, Hashable {
  /// The day of the first value.
  public var start: CalendarDay
  /// Units per day; NaN where unknown.
  public var values: [Double]

  /// One value a day from `start` on.
  public init(start: CalendarDay, values: [Double]) {
    self.start = start
    self.values = values
  }

  /// The day after the last value.
  public var end: CalendarDay { start.advanced(by: values.count) }

  /// The units of the days in `[from, to)`; nil when one of them is unknown.
  public func sum(from: CalendarDay, to: CalendarDay) -> Double? {
    let days = start.distance(to: from)..<max(start.distance(to: from), start.distance(to: to))
    guard days.lowerBound >= 0, days.upperBound <= values.count else { return nil }
    let sum = values[days].reduce(0, +)
    return sum.isNaN ? nil : sum
  }
}
