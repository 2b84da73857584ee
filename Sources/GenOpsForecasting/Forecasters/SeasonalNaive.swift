import Foundation
public import GenOpsNumerics
public import GenOpsUnits

/// Every weekday as it was last: `seasonal-naive`.
///
/// The forecast of a day is the last known value of its weekday; there is no trend. The errors of k + 1
/// weeks ahead are k + 1 of the history's own weekly changes added up, log y(t) − log y(t−7), so that
/// their variance is (k + 1)·σ². A week is drawn whole, which keeps what its days had in common, and
/// every weekday's changes are divided by their mean, so that errors have expectation 1.
///
/// Source: R. J. Hyndman and G. Athanasopoulos, *Forecasting: Principles and Practice*, 3rd edition
/// 2021, 5.2 (method), 5.5 (spread: σ√(k + 1)) and 5.6 (on logarithms). Without three weeks of history,
/// or where weekdays are mostly silent, the mean of the last 90 days stands in, and a finding says so.
public struct SeasonalNaive: Forecaster, Forecast {
  public static let name = "seasonal-naive"
  public static let summary =
    "every weekday as it was last, without a trend; its spread is what weeks changed by, and adds up"

  static let week = 7
  /// Days below which there are no two weekly changes to draw from.
  static let leastDays = 21
  /// Days of which the mean is taken where the method has nothing to go by.
  static let recent = 90
  /// Days of zeros at the end that are more than a weekend.
  static let longSilence = 3

  public let name: String
  public let dayZero: CalendarDay
  public private(set) var level = 0.0
  public private(set) var findings = Findings()
  /// One week ahead: y(t) / y(t−7) − 1.
  public private(set) var residuals: [Double]
  /// By days since ``dayZero``, modulo 7.
  private var weekdays = [Double](repeating: 1, count: week)
  /// The factors of one week's changes: by week, the latest first, then as ``weekdays``. Empty where
  /// ``plain`` stands in, or where nothing ever changed.
  private var changes: [Double] = []
  private var plain = ErrorBlocks.none

  public let expectedYearlyGrowth = 0.0
  public var isDeterministic: Bool { level == 0 || changes.isEmpty && plain.count < 2 }

  public static func fit(_ series: DailySeries, name: String, at location: SourceLocation?)
    -> any Forecast
  {
    SeasonalNaive(series, name: name, at: location)
  }

  init(_ series: DailySeries, name: String, at location: SourceLocation?) {
    self.name = name
    dayZero = series.end
    // Infinite or negative usage counts as unknown.
    let values = series.values.map { $0.isFinite && $0 >= 0 ? $0 : .nan }
    residuals = values.map { _ in .nan }
    let known = values.filter { !$0.isNaN }
    guard !known.isEmpty else {
      findings.error(
        "no-history", "\(name): no day of the history is known", help: "leave the series out",
        at: location)
      return
    }
    guard let first = values.firstIndex(where: { $0 > 0 }) else {
      findings.note(
        "no-usage", "\(name): no usage in \(countedNoun(known.count, "day"))", at: location)
      return
    }
    let used = Array(values[first...])
    let last = SeasonalNaive.lastWeek(of: used)
    guard used.count >= SeasonalNaive.leastDays, last.allSatisfy({ !$0.isNaN }) else {
      findings.warning(
        "short-history",
        "\(name): \(countedNoun(used.count { !$0.isNaN }, "day")) of history; the mean is used, without weekdays",
        help: "\(SeasonalNaive.leastDays) days give weekdays and what weeks change by", at: location
      )
      standIn(used)
      return
    }
    let logs = SeasonalNaive.logChanges(used)
    guard SeasonalNaive.isRegular(used, logs) else {
      findings.note(
        "intermittent",
        "\(name): no usage on many days; the mean of the last \(SeasonalNaive.recent) is used, without weekdays",
        at: location)
      standIn(used)
      return
    }
    level = Statistics.mean(last)
    let silent = known.reversed().prefix { $0 == 0 }.count
    if silent >= SeasonalNaive.longSilence {
      findings.warning(
        "ends-in-zeros",
        "\(name): the last \(silent) days are zero; the forecast follows them as usage of 0",
        help: "where those days are not counted yet, leave them out of the export", at: location)
    }
    guard level > 0 else { return }
    weekdays = last.map { $0 / level }
    for day in SeasonalNaive.week..<used.count where used[day - SeasonalNaive.week] > 0 {
      residuals[residuals.count - used.count + day] =
        used[day] / used[day - SeasonalNaive.week] - 1
    }
    changes = SeasonalNaive.factors(logs)
  }

  /// The last known value of each weekday, in the order of the days ahead; NaN where there is none.
  private static func lastWeek(of values: [Double]) -> [Double] {
    (0..<week).map { ahead in
      stride(from: values.count - week + ahead, through: 0, by: -week).lazy.map { values[$0] }
        .first { !$0.isNaN } ?? .nan
    }
  }

  /// log y(t) − log y(t−7) by day; NaN where one of them is unknown or zero, and in the first week.
  private static func logChanges(_ values: [Double]) -> [Double] {
    values.indices.map { day in
      guard day >= week, values[day] > 0, values[day - week] > 0 else { return .nan }
      return log(values[day] / values[day - week])
    }
  }

  /// Whether a weekday that has usage mostly had some the week before.
  private static func isRegular(_ values: [Double], _ logs: [Double]) -> Bool {
    let pairs = values.indices.dropFirst(week).count {
      values[$0] + values[$0 - week] > 0
    }
    return pairs == 0 || logs.count { !$0.isNaN } * 10 >= pairs * 7
  }

  /// See ``changes``. An unknown change is taken for none.
  private static func factors(_ logs: [Double]) -> [Double] {
    let weeks = min(logs.count / week - 1, ErrorBlocks.farthest / week)
    var factors = [Double](repeating: 1, count: max(0, weeks) * week)
    var isCertain = true
    for ahead in 0..<week {
      let column = (0..<weeks).map { back in
        let change = logs[logs.count - week * (back + 1) + ahead]
        return change.isNaN ? 1 : exp(change)
      }
      guard let first = column.first, !column.allSatisfy({ $0 == first }) else { continue }
      isCertain = false
      let mean = Statistics.mean(column)
      for back in 0..<weeks { factors[back * week + ahead] = column[back] / mean }
    }
    return isCertain ? [] : factors
  }

  /// The mean of the last days, which scatter as they did.
  private mutating func standIn(_ used: [Double]) {
    let days = Array(used.suffix(SeasonalNaive.recent))
    let known = days.filter { !$0.isNaN }
    level = known.isEmpty ? 0 : Statistics.mean(known)
    guard level > 0 else { return }
    let ratios = days.map { $0 / level }
    for (index, ratio) in ratios.enumerated() {
      residuals[residuals.count - days.count + index] = ratio - 1
    }
    if !known.allSatisfy({ $0 == known[0] }) { plain = ErrorBlocks(ratios: ratios) }
  }

  public func profile(from first: CalendarDay, count: Int) -> [Double] {
    let offset = dayZero.distance(to: first) % SeasonalNaive.week + SeasonalNaive.week
    return (0..<max(0, count)).map { weekdays[(offset + $0) % SeasonalNaive.week] }
  }

  public func trend(
    into days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    days.update(repeating: 1)
  }

  public func applyErrors(
    to days: UnsafeMutableBufferPointer<Double>, motion: LevelMotion, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    guard !changes.isEmpty else {
      plain.apply(to: days, key: key, path: path, generator: &generator)
      return
    }
    generator.seek(key, path: path)
    var reached = [Double](repeating: 1, count: SeasonalNaive.week)
    var week = 0
    for day in 0..<days.count {
      let weekday = day % SeasonalNaive.week
      if weekday == 0 {
        let back = ErrorBlocks.daysBack(within: changes.count, &generator)
        week = back / SeasonalNaive.week * SeasonalNaive.week
      }
      let change = changes[week + weekday]
      reached[weekday] = motion == .withGrowth ? change : reached[weekday] * change
      days[day] *= reached[weekday]
    }
  }
}
