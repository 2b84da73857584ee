import Foundation
import GenOpsNumerics
import GenOpsUnits

/// A history as weeks: the logarithm of each week's mean day, counted back from the end, without
/// special dates and strange days. A week's sum hardly feels which of its days were large, so the
/// shape of the week may change without a change of level.
struct WeeklyHistory: Sendable {
  /// By week, the oldest first; the last ends with the history. NaN where fewer than four days are
  /// known.
  private(set) var logs: [Double] = []
  /// By day: distance of the logarithm from the three weeks around; NaN where unknown.
  private(set) var distances: [Double]
  /// Days before the end on which a new level began, ascending, as negative numbers.
  private(set) var shifts: [Int] = []
  /// Of the days' distances.
  let scale: Double
  let shape: [Double]
  let dates: SpecialDates
  /// By day: the values without what special dates do to them; a special day that their effect does not
  /// explain is what the days around let expect.
  private(set) var withoutDates: [Double]

  /// Days on either side that a day is held against.
  private static let reach = 10
  /// Days of one shape of the week, and days around them that tell it.
  private static let piece = 28
  private static let around = 56

  /// Of `values` by day from `start` on, the first above 0 and NaN where unknown, with the days of `groups`
  /// as special ones. The places `leftOut` tell nothing of the level.
  init(_ values: [Double], start: CalendarDay, groups: [DateGroup], leftOut: [Int] = []) {
    let end = start.advanced(by: values.count)
    var dates = SpecialDates(groups, from: start, to: end)
    let isSpecial = values.indices.map { dates.place(of: start.advanced(by: $0)) != nil }
    var plain = values
    for index in plain.indices where isSpecial[index] { plain[index] = .nan }
    for index in leftOut where plain.indices.contains(index) { plain[index] = .nan }
    shape = WeekShape.latest(plain, end: end)
    let local = WeeklyHistory.shapes(plain, start: start)
    let logs = zip(plain, local).map { $1 > 1e-6 && $0 > 0 ? log($0 / $1) : .nan }
    let base = WeeklyHistory.medians(logs)
    var distances = values.indices.map { index -> Double in
      guard local[index] > 1e-6, !values[index].isNaN else { return .nan }
      return log(max(values[index], 1e-9) / local[index]) - base[index]
    }
    var usual = zip(distances, isSpecial).map { $1 ? .nan : $0 }
    for index in leftOut where usual.indices.contains(index) { usual[index] = .nan }
    let scale = max(1e-3, LocalLevel.robustScale(usual))
    dates.learn(distances, start: start, scale: scale)
    var clean = values
    var withoutDates = values
    let limit = max(5 * scale, 0.3)
    let strange = usual.count { abs($0) > limit }
    // Bursts every few weeks are what the series is like; a strange day in 20 is not.
    let isCleaned = strange * 20 <= values.count
    for index in values.indices {
      let expected = exp(base[index]) * local[index]
      if values[index].isNaN {
        clean[index] = expected
      } else if isSpecial[index] {
        let factor = dates.factor(start.advanced(by: index))
        distances[index] -= log(factor)
        clean[index] = values[index] / factor
        if abs(distances[index]) > 2 * scale { clean[index] = expected }
        withoutDates[index] = clean[index]
      } else if isCleaned, abs(distances[index]) > limit {
        clean[index] = expected
      }
    }
    for index in leftOut where clean.indices.contains(index) {
      clean[index] = exp(base[index]) * local[index]
      distances[index] = .nan
    }
    self.distances = distances
    self.scale = scale
    self.dates = dates
    self.withoutDates = withoutDates
    shifts = LevelShift.find(logs).map { $0 - values.count }
    let count = values.count / 7
    self.logs = (0..<count).map { week in
      let days = values.count - 7 * (count - week)..<values.count - 7 * (count - week) + 7
      let known = days.filter {
        !values[$0].isNaN && !clean[$0].isNaN && !leftOut.contains($0)
      }
      guard known.count >= 4 else { return .nan }
      let mean = Statistics.mean(days.map { clean[$0] }.filter { !$0.isNaN })
      return mean > 0 ? log(mean) : .nan
    }
  }

  /// Each day's multiplier by its weekday, from the days around it.
  private static func shapes(_ values: [Double], start: CalendarDay) -> [Double] {
    let parts = values.indices.map { index -> Double in
      guard index >= 3, index + 3 < values.count else { return .nan }
      let week = values[(index - 3)...(index + 3)].filter { !$0.isNaN }
      guard week.count >= 5 else { return .nan }
      let mean = Statistics.mean(Array(week))
      return mean > 0 ? values[index] / mean : .nan
    }
    var shapes = [Double](repeating: 1, count: values.count)
    for first in stride(from: 0, to: values.count, by: piece) {
      var byWeekday = [[Double]](repeating: [], count: 7)
      let last = min(values.count, first + piece)
      for index in max(0, first - around)..<min(values.count, last + around)
      where !parts[index].isNaN {
        byWeekday[start.advanced(by: index).weekday].append(parts[index])
      }
      let medians = byWeekday.map {
        $0.count >= 2 ? Statistics.quantiles(of: $0, at: [0.5])[0] : 1
      }
      for index in first..<last {
        shapes[index] = medians[start.advanced(by: index).weekday]
      }
    }
    return shapes
  }

  /// The median of what is known around each day; where nothing is, the nearest one known.
  private static func medians(_ logs: [Double]) -> [Double] {
    var medians = logs.indices.map { index -> Double in
      let known = logs[max(0, index - reach)..<min(logs.count, index + reach + 1)]
        .filter { !$0.isNaN }
      return known.isEmpty ? .nan : Statistics.quantiles(of: known, at: [0.5])[0]
    }
    var last = medians.first { !$0.isNaN } ?? 0
    for index in medians.indices {
      if medians[index].isNaN { medians[index] = last } else { last = medians[index] }
    }
    return medians
  }
}
