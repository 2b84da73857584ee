import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// A level that moves, with weekdays, a season of the year and a trend that fades: `local-level`.
///
/// Behind it: a robust regression of log(usage) on weekdays, the year (from 13 months on), a slope
/// and level shifts; exponential smoothing of what is left, for today's level; a block bootstrap of
/// the errors that made. Days at the end that lie far from those before them are a ``LateRun``. What a short or broken history does not support is left out, each time
/// with a finding that says so. A growth given by the user takes the place of the trend, and one that
/// strays by itself that of the level's own wandering too; level, season and the days' scatter stay.
public struct HistoryModel: Forecaster, Forecast {
  public static let name = "local-level"
  public static let summary =
    "the level of late, with weekdays, the year and a trend that fades; days scatter as they did"

  /// How the regression treats outliers.
  public enum Method: String, Sendable, CaseIterable {
    /// Bisquare weights: strange days count little or nothing.
    case robust
    /// Least squares: every day counts alike.
    case ordinary
  }

  /// What the series is called in findings.
  public let name: String
  /// The first day after the history.
  public let dayZero: CalendarDay
  /// Expected units on an average day of the week, at the end of the history, without the season of
  /// the year.
  public let level: Double
  /// What was left out and why, and what was noticed: shifts, outliers, gaps.
  public let findings: Findings
  /// One step ahead, with weekdays, year, trend and shifts as they are known at the end.
  public let residuals: [Double]
  let season: SeasonalProfile
  let trend: DampedTrend
  let errors: ErrorBlocks
  /// The same errors around a level that stays.
  let scatter: ErrorBlocks
  /// Whether the history has usage on most days.
  let isLogarithmic: Bool
  /// Days near the end that lie far from those before them, by their place in the series.
  let lateDays: [Int]
  /// What those that last to the end may be.
  let lateRun: LateRun?
  /// How fast the level forgets, 0…1: the gain of its exponential smoothing.
  public let gain: Double

  /// Fits `series`. Never fails: it falls back as far as the mean of what there is, and says so.
  ///
  /// `location` is where the findings point.
  public init(
    _ series: DailySeries, name: String, method: Method = .robust,
    at location: SourceLocation? = nil
  ) {
    var fit = HistoryFit(series, name: name, method: method, location: location)
    fit.run()
    self.name = name
    dayZero = series.end
    // The level of the long run: what is expected until then is in the profile.
    level = fit.level * (fit.lateRun?.settled ?? 1)
    lateDays = fit.lateDays
    lateRun = fit.lateRun
    findings = fit.findings
    residuals = fit.residuals
    season = fit.season
    trend = fit.trend
    errors = fit.errors
    scatter = fit.scatter
    gain = fit.gain
    isLogarithmic = fit.isLogarithmic
  }

  public static func fit(_ series: DailySeries, name: String, at location: SourceLocation?)
    -> any Forecast
  {
    HistoryModel(series, name: name, at: location)
  }

  /// What each of `count` days from `first` on is multiplied by because of its place in week and
  /// year.
  public func profile(from first: CalendarDay, count: Int) -> [Double] {
    let run = lateRun?.profile(from: dayZero.distance(to: first), count: count)
    return (0..<max(0, count)).map {
      season.multiplier(first.advanced(by: $0)) * (run?[$0] ?? 1)
    }
  }

  /// The trend's expected growth over the first 12 months ahead, as a fraction: 0.2 is +20 %.
  public var expectedYearlyGrowth: Double { expm1(trend.slope * DampedTrend.reach(365)) }

  /// Whether the history supports a trend of its own.
  public var hasTrend: Bool { trend != .none }

  /// Whether the paths differ at all.
  public var isDeterministic: Bool { trend.sd == 0 && errors.count == 0 }

  /// Writes the multipliers of the history's own trend on one path; index 0 is ``dayZero`` and is
  /// 1.
  public func trend(
    into days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    if trend.sd > 0 { generator.seek(key, path: path) }
    trend.path(into: days, generator: &generator)
  }

  /// Multiplies `days` by the errors of one path; index 0 is ``dayZero``. Series that are given the
  /// same key move together, as they did in their histories. Beside a growth that strays the days
  /// scatter, but no error moves the level.
  public func applyErrors(
    to days: UnsafeMutableBufferPointer<Double>, motion: LevelMotion = .own, key: RandomKey,
    path: Int, generator: inout RandomGenerator
  ) {
    (motion == .withGrowth ? scatter : errors).apply(
      to: days, key: key, path: path, generator: &generator)
    lateRun?.apply(to: days, key: key, path: path, generator: &generator)
  }
}
