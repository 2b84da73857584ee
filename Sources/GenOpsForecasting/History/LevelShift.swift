import Foundation
import GenOpsNumerics

/// Finds the days on which a level changed for good: a launch, a lost customer, a tracking plan
/// that was cut. Without it one regression line would be drawn through both levels.
enum LevelShift {
  /// Days compared on either side, and the fewest after a shift.
  static let window = 28
  static let fewestAfter = 14
  /// The smallest change of the logarithm that counts: by about a third.
  static let smallest = 0.3

  /// Indices of `values` (logarithms without weekday effects, NaN where unknown) at which a new
  /// level begins, ascending, at most three.
  ///
  /// A shift is a difference of the medians of the 28 days before and after that is large against
  /// what such differences usually are in this series, and that happens within a week: growth and
  /// seasons change the level too, but slowly.
  ///
  /// `window` values are compared on either side: 28 days, or as many of another step as make a quarter or
  /// so.
  static func find(_ values: [Double], window: Int = window) -> [Int] {
    var scores: [(index: Int, change: Double)] = []
    var usual: [Double] = []
    guard values.count > window + fewestAfter else { return [] }
    for index in window...(values.count - fewestAfter) {
      guard let before = median(values[(index - window)..<index]),
        let after = median(values[index..<min(values.count, index + window)])
      else { continue }
      scores.append((index, after - before))
      usual.append(abs(after - before))
    }
    guard !usual.isEmpty else { return [] }
    let limit = max(smallest, 4 * Statistics.quantiles(of: usual, at: [0.5])[0])
    var found: [Int] = []
    for score in scores.sorted(by: { (abs($0.change), $1.index) > (abs($1.change), $0.index) }) {
      if abs(score.change) < limit || found.count == 3 { break }
      if found.contains(where: { abs($0 - score.index) < window }) { continue }
      guard lasts(values, score.index, score.change, window) else { continue }
      if let day = onset(values, near: score.index, change: score.change, window) {
        found.append(day)
      }
    }
    return found.sorted()
  }

  /// Whether most of the change was not there a month earlier and is still there a month later, as
  /// far as the history reaches: a burst and a holiday season end.
  private static func lasts(
    _ values: [Double], _ index: Int, _ change: Double, _ window: Int
  ) -> Bool {
    guard let before = median(values[(index - window)..<index]),
      let after = median(values[index..<min(values.count, index + window)])
    else { return false }
    let sign = change > 0 ? 1.0 : -1.0
    if index >= 2 * window, let earlier = median(values[(index - 2 * window)..<(index - window)]),
      (after - earlier) * sign < 0.6 * abs(change)
    {
      return false
    }
    if index + window + fewestAfter <= values.count,
      let later = median(values[(index + window)..<min(values.count, index + 2 * window)]),
      (later - before) * sign < 0.6 * abs(change)
    {
      return false
    }
    return true
  }

  /// The day near `index` at which most of the change happens within a week; nil when it is slow. Medians of
  /// `window` values are the same from half a window before a shift to half a window after it.
  private static func onset(
    _ values: [Double], near index: Int, change: Double, _ window: Int
  ) -> Int? {
    let (reach, sign) = (max(7, window / 2), change > 0 ? 1.0 : -1.0)
    var best: (day: Int, step: Double)?
    for day in values.indices where abs(day - index) <= reach && day >= 7 && day + 7 <= values.count
    {
      guard let before = median(of: week(values[..<day].reversed())),
        let after = median(of: week(values[day...]))
      else { continue }
      let step = (after - before) * sign
      // Of days that look alike, the one whose own value has moved.
      let own = values[day].isNaN ? 0 : (values[day] - values[day - 1]) * sign
      let score = step + (own.isNaN ? 0 : 0.5 * min(own, step))
      if score > (best?.step ?? 0.6 * abs(change)), step > 0.6 * abs(change) {
        best = (day, score)
      }
    }
    return best?.day
  }

  /// The first seven known of two weeks.
  private static func week(_ values: some Sequence<Double>) -> [Double] {
    Array(values.prefix(14).filter { !$0.isNaN }.prefix(7))
  }

  /// The median of four or more.
  private static func median(of known: [Double]) -> Double? {
    known.count < 4 ? nil : Statistics.quantiles(of: known, at: [0.5])[0]
  }

  /// The median of what is known, nil when less than half is.
  private static func median(_ values: ArraySlice<Double>) -> Double? {
    let known = values.filter { !$0.isNaN }.sorted()
    guard known.count * 2 >= values.count, !known.isEmpty else { return nil }
    let middle = known.count / 2
    return known.count % 2 == 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2
  }
}
