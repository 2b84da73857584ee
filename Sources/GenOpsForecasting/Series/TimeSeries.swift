public import GenOpsUnits

/// Values at equal steps: what a ``SeriesModel`` forecasts from.
///
/// Unlike a ``DailySeries`` its steps may be days, weeks, months or mere numbers, and what is
/// counted need not be usage of PostHog.
public struct TimeSeries: Sendable, Hashable {
  /// How far apart the values are.
  public enum Step: String, Sendable, CaseIterable {
    case day, week, month
    /// Numbered steps without a date.
    case number
  }

  /// What it is called: the `unique_id` of a file of many series. Its draws are made under this
  /// name.
  public var name: String
  /// One value per step, oldest first; NaN where unknown.
  public var values: [Double]
  /// How far apart the values are.
  public var step: Step
  /// The day of the first value; nil for numbered steps.
  public var start: CalendarDay?
  /// Steps in one season: 7 for days of the week, 12 for months, 52 for weeks; 1 without one.
  public var seasonLength: Int

  /// The values of `name`, one per `step` from `start` on.
  public init(
    name: String, values: [Double], step: Step = .number, start: CalendarDay? = nil,
    seasonLength: Int = 1
  ) {
    self.name = name
    self.values = values
    self.step = step
    self.start = start
    self.seasonLength = max(1, seasonLength)
  }
}
