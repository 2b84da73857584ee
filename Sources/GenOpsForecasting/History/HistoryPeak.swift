import Foundation
import GenOpsNumerics
public import GenOpsUnits

/// Days of a history's last year that stood far above the days around them, and that neither week nor
/// season of its forecast explains: Black Friday, Christmas, a campaign.
///
/// Day d is held against the median of the 91 days around it, both without the forecast's own profile. A
/// peak is a run of days more than 30 %, and more than 5 robust standard deviations, above; together they
/// hold at least a day and a half of usage more.
public struct HistoryPeak: Sendable, Hashable {
  public var first: CalendarDay
  public var last: CalendarDay
  /// Usage of those days over what the days around them let expect.
  public var factor: Double
  /// Units of those days above what the days around them let expect.
  public var units: Double
  /// Whether the same days of the year before stood out too.
  public var isYearly: Bool

  /// Days on either side that a day is held against.
  static let reach = 45
  package static let smallest = 0.3
  static let deviations = 5.0
  /// Units above what was expected, in days of usage.
  package static let weight = 1.5
  /// Days of no peak between two of one.
  static let gap = 2
  /// A run that touches the edges of the history has nothing on one side to be held against: at the end
  /// it is a peak only where the year before had it too, and else may be a new level.
  package static let edge = 14
  /// The longest: a season is what the year's profile is for.
  package static let longest = 45

  /// Those of the last 365 days of `series`, which `forecast` was fitted to, in order of time.
  public static func find(_ series: DailySeries, _ forecast: any Forecast) -> [HistoryPeak] {
    guard series.values.count > 2 * reach else { return [] }
    // With the forecast's own dates in it, a peak that it expects again would be found in part only.
    let profile = zip(
      forecast.profile(from: series.start, count: series.values.count),
      forecast.dateFactors(from: series.start, count: series.values.count)
    ).map { $1 > 0 ? $0 / $1 : $0 }
    let level = zip(series.values, profile).map { $1 > 0 ? $0 / $1 : .nan }
    let excess = level.indices.map { index -> Double in
      let around = level[max(0, index - reach)..<min(level.count, index + reach + 1)]
        .filter { !$0.isNaN }
      let median = around.isEmpty ? 0 : Statistics.quantiles(of: Array(around), at: [0.5])[0]
      return median > 0 ? level[index] / median - 1 : .nan
    }
    let usual = excess.filter { !$0.isNaN }.map { abs($0) }
    guard !usual.isEmpty else { return [] }
    // The median of absolute deviations is 0.6745 standard deviations of a normal.
    let scale = Statistics.quantiles(of: usual, at: [0.5])[0] / 0.6745
    let limit = max(smallest, deviations * scale)
    let from = max(edge, excess.count - 365)
    return runs(excess, above: limit, from: from).compactMap { days in
      let known = days.filter { !excess[$0].isNaN }
      let above = known.reduce(0) { $0 + excess[$1] }
      guard above >= weight, days.count <= longest else { return nil }
      // Christmas comes on the same date and Black Friday on the same weekday.
      let isYearly = [364, 365].contains { year in
        days.count { excess.indices.contains($0 - year) && excess[$0 - year] > limit } * 2
          > days.count
      }
      guard isYearly || days.upperBound <= excess.count - edge else { return nil }
      return HistoryPeak(
        first: series.start.advanced(by: days.lowerBound),
        last: series.start.advanced(by: days.upperBound - 1),
        factor: 1 + above / Double(max(1, known.count)),
        units: known.reduce(0) {
          $0 + series.values[$1] * excess[$1] / (1 + excess[$1])
        },
        isYearly: isYearly)
    }
  }

  /// Runs of days above `limit` that begin on `from` or later.
  private static func runs(_ excess: [Double], above limit: Double, from: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for day in excess.indices where excess[day] > limit {
      if let last = runs.last, day - last.upperBound <= gap {
        runs[runs.count - 1] = last.lowerBound..<(day + 1)
      } else {
        runs.append(day..<(day + 1))
      }
    }
    return runs.filter { $0.lowerBound >= from }
  }
}
