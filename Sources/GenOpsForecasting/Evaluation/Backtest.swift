public import GenOpsNumerics
public import GenOpsUnits

/// What a forecaster would have said of days that have passed, beside what came.
///
/// The origin rolls over the history: at each one only what was known on its morning is fitted, a
/// window of days is forecast, and the forecast is compared with the days themselves. It knows
/// units and no money; what they cost is the caller's, who may price ``totals(of:name:in:)`` of
/// several series together. An immutable value.
public struct Backtest: Sendable {
  /// Days that are forecast as if it were the morning of the first of them.
  public struct Window: Sendable, Hashable {
    /// The first day that is forecast.
    public var first: CalendarDay
    /// How many days are.
    public var dayCount: Int

    /// `dayCount` days from `first` on.
    public init(first: CalendarDay, dayCount: Int) {
      self.first = first
      self.dayCount = dayCount
    }

    /// The day after the last.
    public var end: CalendarDay { first.advanced(by: dayCount) }
  }

  /// What is tried.
  public var forecaster: ForecasterKind
  /// Paths per forecast.
  public var paths: Int
  /// Where they are drawn from.
  public var source: RandomSource

  /// A trial of `forecaster` with `paths` paths per forecast, drawn from `source`.
  public init(
    _ forecaster: ForecasterKind = Forecasters.standard, paths: Int = 500, source: RandomSource
  ) {
    self.forecaster = forecaster
    self.paths = paths
    self.source = source
  }

  /// The whole months before `last`, the latest first, at most `limit`, as far back as a month has
  /// `knownDays` days of a history that begins on `start` before it.
  public static func months(
    before last: CalendarMonth, historyFrom start: CalendarDay, knownDays: Int, limit: Int
  ) -> [Window] {
    (0..<max(0, limit)).map { last.advanced(by: -1 - $0) }
      .prefix { start.distance(to: $0.firstDay) >= knownDays }
      .map { Window(first: $0.firstDay, dayCount: $0.dayCount) }
  }

  /// Units in `window` on each path, as they would have been forecast from the days of `series`
  /// before it; nil when there are none. Paths of series with the same number belong to the same
  /// future.
  ///
  /// A series that ends before the window is unknown, not zero, until then. `profile` multiplies the
  /// days of the window, such as by what holidays do to them; the series is then without it.
  public func totals(
    of series: DailySeries, name: String, in window: Window, times profile: [Double]? = nil
  ) -> [Double]? {
    guard series.start < window.first else { return nil }
    let known = series.start.distance(to: window.first)
    var values = Array(series.values.prefix(known))
    values += [Double](repeating: .nan, count: known - values.count)
    let forecast = forecaster.fit(
      DailySeries(start: series.start, values: values, dates: series.dates), name: name, at: nil)
    let generator = PathGenerator(
      StreamModel(following: forecast, days: window.dayCount), source: source)
    var days = [Double](repeating: 0, count: window.dayCount)
    var random = RandomGenerator()
    return (0..<paths).map { path in
      days.withUnsafeMutableBufferPointer {
        generator.sample(path: path, into: $0, using: &random)
      }
      guard let profile else { return days.reduce(0, +) }
      return zip(days, profile).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// How well the sums over each of `windows` were forecast. A window with an unknown day, without
  /// usage or without history before it is left out.
  public func run(_ series: DailySeries, name: String, windows: [Window]) -> ForecastAccuracy {
    var accuracy = ForecastAccuracy()
    for window in windows {
      guard let actual = series.sum(from: window.first, to: window.end), actual > 0,
        let totals = totals(of: series, name: name, in: window)
      else { continue }
      accuracy.compare(totals, with: actual)
    }
    return accuracy
  }
}
