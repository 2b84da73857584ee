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
}
