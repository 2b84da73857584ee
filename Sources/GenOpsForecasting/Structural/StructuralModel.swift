import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// A level that wanders, growth and a season of the year, each as certain as the history makes it:
/// `structural`.
///
/// A Bayesian structural time series of weeks (Harvey, *Forecasting, Structural Time Series Models and
/// the Kalman Filter*, 1989; Scott and Varian, "Predicting the Present with Bayesian Structural Time
/// Series", 2014), averaged over the ways it may have come about (``StructuralPriors``); the shape of
/// the week from the latest weeks that tell it (``WeekShape``); special dates moved to the years ahead
/// (``SpecialDates``); days that scatter as they did, in blocks (``ErrorBlocks``); days at the end that lie far
/// from those before them may pass (``LateRun``). What is missing in a
/// short history comes from stated priors, and the paths are the wider for it: below a year the season
/// is unknown and not absent.
///
/// Where days or usage are too few for weeks it is ``HistoryModel``, which also says what was noticed.
public struct StructuralModel: Forecaster, Forecast {
  public static let name = "structural"
  public static let summary =
    "level, growth and season weighed by how well they explain the weeks; unknown ones widen the range"

  /// What it falls back to, and what notices shifts, outliers and silence.
  let plain: HistoryModel
  private let structure: Structure?

  /// What a history that supports weeks adds.
  struct Structure: Sendable {
    let outlook: StructuralOutlook
    let paths: StructuralPaths
    let scatter: ErrorBlocks
    let shape: [Double]
    let dates: SpecialDates
    let level: Double
    /// Multipliers by day, 1 on the first.
    let growth: [Double]
  }

  /// The days of which ``Structure/growth`` knows; later ones stand where the last does.
  static let longest = 1827
  /// Known weeks below which there is no structure.
  static let fewestWeeks = 4

  /// Fits `series`. Never fails: it falls back to ``HistoryModel`` and as far down as that does.
  /// `location` is where the findings point.
  public init(_ series: DailySeries, name: String, at location: SourceLocation? = nil) {
    plain = HistoryModel(series, name: name, at: location)
    structure = plain.isLogarithmic ? StructuralModel.structure(series, plain) : nil
  }

  public static func fit(_ series: DailySeries, name: String, at location: SourceLocation?)
    -> any Forecast
  {
    StructuralModel(series, name: name, at: location)
  }

  private static func structure(_ series: DailySeries, _ plain: HistoryModel) -> Structure? {
    var values = series.values.map { $0.isFinite && $0 >= 0 ? $0 : .nan }
    let skipped = values.firstIndex { $0 > 0 } ?? 0
    values.removeFirst(skipped)
    guard values.count(where: { !$0.isNaN }) >= HistoryFit.forTrend else { return nil }
    let start = series.start.advanced(by: skipped)
    let weekly = WeeklyHistory(
      values, start: start, groups: series.dates, leftOut: plain.lateDays.map { $0 - skipped })
    let known = weekly.logs.count { !$0.isNaN }
    guard known >= fewestWeeks, known * 10 >= weekly.logs.count * 7 else { return nil }
    let columns = StructuralColumns(
      dayZero: series.end, days: values.count, shifts: weekly.shifts)
    guard let fit = try? StructuralFit(weekly.logs, columns: columns), !fit.ways.isEmpty else {
      return nil
    }
    let outlook = StructuralOutlook(fit)
    let level = exp(outlook.level)
    guard level.isFinite, level > 0 else { return nil }
    let local = LocalLevel(
      gain: 0, level: 0, errors: weekly.distances, scale: weekly.scale, wander: 0)
    return Structure(
      outlook: outlook, paths: StructuralPaths(fit, name: plain.name),
      scatter: ErrorBlocks(
        local, firstWeekday: start.weekday, dayZeroWeekday: series.end.weekday),
      shape: weekly.shape, dates: weekly.dates, level: level * (plain.lateRun?.settled ?? 1),
      growth: (0..<longest).map { exp(outlook.growth(Double($0))) })
  }

  public var name: String { plain.name }
  public var dayZero: CalendarDay { plain.dayZero }
  public var level: Double { structure?.level ?? plain.level }
  public var findings: Findings { plain.findings }
  public var residuals: [Double] { plain.residuals }
  public var isDeterministic: Bool { structure == nil && plain.isDeterministic }

  /// The expected growth over the first 12 months ahead, as a fraction: 0.2 is +20 %.
  public var expectedYearlyGrowth: Double {
    structure.map { $0.growth[365] - 1 } ?? plain.expectedYearlyGrowth
  }

  /// Weekday, season of the year, special dates, and what passes of days at the end that were unlike the others.
  public func profile(from first: CalendarDay, count: Int) -> [Double] {
    guard let structure else { return plain.profile(from: first, count: count) }
    let run = plain.lateRun?.profile(from: dayZero.distance(to: first), count: count)
    return (0..<max(0, count)).map { index in
      let day = first.advanced(by: index)
      return structure.shape[day.weekday] * structure.dates.factor(day) * (run?[index] ?? 1)
        * exp(structure.outlook.season(Double(dayZero.distance(to: day))))
    }
  }

  /// What special dates alone multiply each day by.
  public func dateFactors(from first: CalendarDay, count: Int) -> [Double] {
    (0..<max(0, count)).map { structure?.dates.factor(first.advanced(by: $0)) ?? 1 }
  }

  /// Special dates with a measured effect.
  public var dateEffects: [DateEffect] { structure?.dates.effects(after: dayZero) ?? [] }

  /// The expected growth, the same on every path: how far it is uncertain is among the errors, as
  /// level, growth and season are only known together.
  public func trend(
    into days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    guard let structure else {
      plain.trend(into: days, key: key, path: path, generator: &generator)
      return
    }
    let last = structure.growth.count - 1
    for day in days.indices { days[day] = structure.growth[min(last, day)] }
  }

  /// The scatter of days, and what is not known of level, season and, unless one is given, growth.
  public func applyErrors(
    to days: UnsafeMutableBufferPointer<Double>, motion: LevelMotion, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    guard let structure else {
      plain.applyErrors(
        to: days, motion: motion, key: key, path: path, generator: &generator)
      return
    }
    structure.scatter.apply(to: days, key: key, path: path, generator: &generator)
    structure.paths.apply(to: days, motion: motion, key: key, path: path, generator: &generator)
    plain.lateRun?.apply(to: days, key: key, path: path, generator: &generator)
  }
}
