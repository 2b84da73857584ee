import Foundation
public import GenOpsUnits

/// What a history of daily counts says about the days after it: a level, weekday factors, a damped
/// trend and the scatter that remains.
///
/// Robust by medians throughout, so that an outlier or a missing day moves nothing: the level is
/// the median of the last four weeks after weekday adjustment, the weekday factors are medians over
/// the last 26 weeks, the trend is Theil and Sen's median of pairwise slopes of the weekly log
/// levels over the last 26 weeks, damped so that half of it is left after 26 weeks. The residuals
/// are log ratios, cut at three scaled median absolute deviations, and are drawn in blocks of seven
/// days so that a good week stays a good week.
public struct RecentLevel: Sendable {
  /// Units per day on an average weekday, at the day after the history.
  public let level: Double
  /// Monday to Sunday, mean 1.
  public let weekdays: [Double]
  /// Change of the logarithm per day at the end of the history.
  public let trendPerDay: Double
  /// Standard error of ``trendPerDay``.
  public let trendError: Double
  /// Log residuals in order of time, mean of their exponentials 1; empty when there are too few.
  public let residuals: [Double]
  /// What was too short or odd to be used.
  public let findings: Findings

  /// Days in which half of the trend is left.
  static let halfLife = 182.0

  /// `values` are units per day from `start`; NaN is a missing day. `name` is for findings.
  public init(_ values: [Double], start: CalendarDay, name: String) {
    var findings = Findings()
    let recent = Array(values.suffix(182))
    let first = start.advanced(by: values.count - recent.count)
    let known = recent.filter { $0.isFinite }
    if known.count < 14 {
      findings.warning(
        "short-history", "\(name): \(known.count) days of history; their mean is carried on",
        help: "export at least four weeks")
      level = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
      weekdays = [Double](repeating: 1, count: 7)
      trendPerDay = 0
      trendError = 0
      residuals = []
      self.findings = findings
      return
    }
    let factors = RecentLevel.weekdayFactors(recent, first: first)
    let adjusted = recent.enumerated().map { index, value in
      value / max(factors[first.advanced(by: index).weekday], 1e-9)
    }
    let slopes = RecentLevel.weeklySlopes(adjusted)
    let slope = slopes.count < 15 ? 0 : RecentLevel.median(slopes)
    if slopes.count < 15 {
      findings.note("short-history", "\(name): too short for a trend; its level is carried on")
    }
    let tail = adjusted.suffix(28)
    // The median of the last 28 days stands in their middle, 14 days before the first day to come.
    level = max(0, RecentLevel.median(tail.filter { $0.isFinite }) * exp(slope * 14))
    weekdays = factors
    trendPerDay = slope
    trendError =
      slopes.count < 15
      ? 0 : RecentLevel.deviation(slopes, around: slope) / Double(recent.count / 7).squareRoot()
    residuals = RecentLevel.residuals(adjusted, slope: slope)
    self.findings = findings
  }

  /// The weekday factors of the days from `day` on.
  public func profile(from day: CalendarDay, count: Int) -> [Double] {
    (0..<count).map { weekdays[day.advanced(by: $0).weekday] }
  }

  /// Writes trend multipliers, 1 before the first day; one normal draw for the trend's error.
  public func trend(into days: UnsafeMutableBufferPointer<Double>, stream: inout RandomStream) {
    let slope = trendPerDay + trendError * stream.normal()
    let keep = exp2(-1 / RecentLevel.halfLife)
    var step = slope
    var total = 0.0
    for index in days.indices {
      total += step
      step *= keep
      days[index] = exp(total)
    }
  }

  /// Multiplies `days` with residuals drawn in blocks of seven; one word per block.
  public func scatter(_ days: UnsafeMutableBufferPointer<Double>, stream: inout RandomStream) {
    guard residuals.count >= 14 else { return }
    var index = 0
    while index < days.count {
      let block = stream.index(below: residuals.count - 6)
      for offset in 0..<7 where index < days.count {
        days[index] *= exp(residuals[block + offset])
        index += 1
      }
    }
  }

  private static func weekdayFactors(_ values: [Double], first: CalendarDay) -> [Double] {
    var ratios = [[Double]](repeating: [], count: 7)
    for index in values.indices where index >= 3 && index + 3 < values.count {
      let week = values[(index - 3)...(index + 3)].filter { $0.isFinite }
      let mean = week.reduce(0, +) / Double(max(week.count, 1))
      if week.count == 7, mean > 0 {
        ratios[first.advanced(by: index).weekday].append(values[index] / mean)
      }
    }
    let medians = ratios.map { $0.count < 2 ? 1 : median($0) }
    let total = medians.reduce(0, +)
    return total > 0 ? medians.map { $0 * 7 / total } : medians.map { _ in 1 }
  }

  /// Pairwise slopes per day of the logarithms of the weeks' medians.
  private static func weeklySlopes(_ adjusted: [Double]) -> [Double] {
    let weeks = stride(from: adjusted.count % 7, to: adjusted.count, by: 7).map {
      median(adjusted[$0..<($0 + 7)].filter { $0.isFinite })
    }
    var slopes: [Double] = []
    for later in weeks.indices where weeks[later] > 0 {
      for earlier in 0..<later where weeks[earlier] > 0 {
        slopes.append(log(weeks[later] / weeks[earlier]) / Double(7 * (later - earlier)))
      }
    }
    return slopes
  }

  private static func residuals(_ adjusted: [Double], slope: Double) -> [Double] {
    let logs = adjusted.enumerated().map { index, value in
      value.isFinite && value > 0 ? log(value) - slope * Double(index) : Double.nan
    }
    let known = logs.filter { $0.isFinite }
    guard known.count >= 28 else { return [] }
    let center = median(known)
    let spread = 3 * deviation(known, around: center)
    let cut = logs.map { $0.isFinite ? max(-spread, min(spread, $0 - center)) : 0 }
    // exp of the residuals has mean 1, so that scatter adds nothing to the expected level.
    let bias = log(cut.reduce(0) { $0 + exp($1) } / Double(cut.count))
    return cut.map { $0 - bias }
  }

  /// The median; 0 for nothing.
  static func median(_ values: some Sequence<Double>) -> Double {
    let sorted = values.sorted()
    if sorted.isEmpty { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The median absolute deviation, scaled to a normal's standard deviation.
  static func deviation(_ values: [Double], around center: Double) -> Double {
    1.4826 * median(values.map { abs($0 - center) })
  }
}
