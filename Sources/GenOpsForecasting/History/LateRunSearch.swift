import Foundation
import GenOpsNumerics

/// Finds steps near the end of a series that lie far from those before them.
///
/// A run begins where a step lies beyond ``limit`` from the median of the ``before`` steps before it, and at once:
/// the last five lie far from it too. It goes on while steps lie half as far, two of them excepted. One that is
/// over is only left out, before the last four weeks only if it was short or faded; one that lasts to the end is a
/// ``LateRun``, unless it has stood for two weeks: then it is a level like any other. What the same steps of the year
/// before or after did as well, or of the week, is the season's, and in a series that does so every month nothing is
/// left out.
struct LateRunSearch {
  /// Steps that lie in a run, ascending.
  private(set) var steps: [Int] = []
  /// The run that lasts to the end.
  private(set) var run: LateRun?
  /// The level of logarithms before the first run of the last four weeks.
  var base: Double { lateBase ?? 0 }
  private var lateBase: Double?

  private let logs: [Double]
  /// 1 or 7.
  private let daysPerStep: Int
  /// Known steps end before this one.
  private let end: Int
  /// Robust standard deviation of a step's distance from the steps before it.
  private var scale = 0.0

  /// The distance that counts, in logarithms and in standard deviations.
  static let smallest = 0.3
  static let deviations = 5.0
  /// More runs than this in half a year are what the series is like.
  static let most = 6
  /// Days in which a run may begin, and after which one that stands is a level.
  static let window = 27
  static let settled = 14
  /// Days after which what fades was no event.
  static let longest = 92

  private var before: Int { daysPerStep == 1 ? 14 : 8 }
  private var limit: Double {
    max(LateRunSearch.smallest, LateRunSearch.deviations * scale)
  }

  /// In `logs`, logarithms by step without the season of the week, NaN where unknown; a step has `daysPerStep`
  /// days. In the `whole` history runs that are over are looked for, not only in its last four weeks.
  init(_ logs: [Double], daysPerStep: Int, whole: Bool = false) {
    self.logs = logs
    self.daysPerStep = daysPerStep
    end = (logs.lastIndex { !$0.isNaN } ?? -1) + 1
    let from = max(before, end - LateRunSearch.window / daysPerStep)
    var distances: [Double] = []
    for index in logs.indices where index >= max(before, from - 182 / daysPerStep) && index < from {
      distances.append(logs[index] - (middle(index - before, index) ?? .nan))
    }
    let known = distances.filter { !$0.isNaN }
    guard known.count >= 2 * before else { return }
    scale = LocalLevel.robustScale(known)
    var (runs, last) = (0, -4)
    for (index, distance) in distances.enumerated() where abs(distance) > limit {
      if index - last > 3 { runs += 1 }
      last = index
    }
    // In order, since distances are known of steps from `before` to the one before `from`.
    guard runs <= LateRunSearch.most, before <= from, from <= end else { return }
    if whole { search(before..<from) }
    search(from..<end)
  }

  /// For runs that begin with one of the steps `first`, which are not empty where there are any: they begin
  /// before the end.
  private mutating func search(_ first: Range<Int>) {
    var step = max(first.lowerBound, (steps.last ?? -1) + 1)
    while step < first.upperBound {
      let begin = step
      step += 1
      guard let away = onset(begin) else { continue }
      let base = logs[begin] - away
      let last = last(of: begin, base: base, sign: away > 0 ? 1 : -1)
      // A run ends where it begins or later.
      let found = Array(begin...last)
      if isWeekly(found, base: base, away) { continue }
      if last == end - 1 {
        // A run that begins before the last four weeks and lasts is a level.
        guard first.upperBound == end, !isYearly(found, away), let made = made(found, base: base)
        else { continue }
        run = made
      } else if isYearly(found, away) || !isShort(found, base: base) {
        continue
      }
      if lateBase == nil, first.upperBound == end { lateBase = base }
      steps += found
      step = last + 1
    }
  }

  /// Whether a run that is over was an event: four weeks at most, or fading up to three months.
  private func isShort(_ found: [Int], base: Double) -> Bool {
    let days = found.count * daysPerStep
    if days <= LateRunSearch.window { return true }
    let part = found.count / 3
    let early = LateRunSearch.median(known(found.prefix(part)).map { $0 - base })
    let late = LateRunSearch.median(known(found.suffix(part)).map { $0 - base })
    return days <= LateRunSearch.longest && abs(late) < abs(early) / 2
  }

  private func known(_ steps: ArraySlice<Int>) -> [Double] {
    steps.map { logs[$0] }.filter { !$0.isNaN }
  }

  /// How far a step lies from those before it where a run begins with it; nil elsewhere.
  private func onset(_ step: Int) -> Double? {
    guard let all = middle(step - before, step), let near = middle(step - min(5, before / 2), step)
    else { return nil }
    let (away, jump) = (logs[step] - all, logs[step] - near)
    return abs(away) > limit && away * jump > 0 && abs(jump) > 0.6 * limit ? away : nil
  }

  /// The last step of a run, which two steps may interrupt.
  private func last(of first: Int, base: Double, sign: Double) -> Int {
    var last = first
    for step in logs.indices where step > first && step < end && step - last <= 3 {
      if (logs[step] - base) * sign > limit / 2 { last = step }
    }
    return last
  }

  /// Whether the same days of the week before or after lie as far: the week has changed its shape.
  private func isWeekly(_ found: [Int], base: Double, _ away: Double) -> Bool {
    guard daysPerStep == 1, found.count <= 5 else { return false }
    return [-7, 7].contains { shift in
      let then = found.map { $0 + shift }.filter { $0 >= 0 && $0 < end && !logs[$0].isNaN }
        .map { logs[$0] - base }
      return then.count == found.count && Statistics.mean(then) / away > 0.4
    }
  }

  /// Whether most of the distance was there a year before or after, too.
  private func isYearly(_ found: [Int], _ away: Double) -> Bool {
    let year = 364 / daysPerStep
    return [-year, year].contains { shift in
      guard let first = found.first, let last = found.last, last + shift < end,
        let usual = middle(first + shift - before, first + shift)
      else { return false }
      // `middle` is nil before the first step.
      let then = found.map { logs[$0 + shift] - usual }.filter { !$0.isNaN }
      return !then.isEmpty && Statistics.mean(then) / away > 0.4
    }
  }

  /// The run of the steps `found`, up to the end; nil where it is a new level.
  private func made(_ found: [Int], base: Double) -> LateRun? {
    let distances = found.map { logs[$0] - base }.filter { !$0.isNaN }
    guard !distances.isEmpty else { return nil }
    let days = Double(daysPerStep * (found.count - 1) + (daysPerStep + 1) / 2)
    let away = LateRunSearch.median(distances)
    // Late against early; their medians scatter as many days do.
    let part = max(1, distances.count / 3)
    let early = LateRunSearch.median(Array(distances.prefix(min(distances.count - 1, 2 * part))))
    let late = LateRunSearch.median(Array(distances.suffix(part)))
    let scatter = 1.3 * scale / Double(part).squareRoot() + 0.05 * abs(away)
    let change = distances.count > 1 ? late - early : nil
    var isFading = change.map { $0 * away < 0 && abs($0) > 2 * scatter } ?? false
    if away > LateRun.silent, days >= Double(LateRunSearch.settled) {
      // A level may give way a little.
      isFading = isFading && abs(late) < 0.7 * abs(early)
      if !isFading { return nil }
    }
    var fading: Double?
    if isFading {
      // On the values: 8, 4.5, 2.75 times as much leave 7, 3.5, 1.75.
      let ratio = expm1(late) / expm1(early)
      let steps = Double(max(1, distances.count - part))
      fading = min(0.97, max(0.3, pow(max(1e-3, ratio), 1 / steps)))
    }
    return LateRun(
      first: found[0], count: found.count, age: days / Double(daysPerStep), gap: logs.count - end,
      excess: expm1(isFading ? late : away),
      stays: LateRun.chance(away: away, days: days, change: change, scatter: scatter),
      fading: fading)
  }

  /// The median of what is known from step `first` to the one before `last`, without steps of runs; nil where that
  /// is less than half.
  private func middle(_ first: Int, _ last: Int) -> Double? {
    guard first >= 0, first < last else { return nil }
    let known = (first..<last).filter { !logs[$0].isNaN && !steps.contains($0) }.map { logs[$0] }
    return 2 * known.count >= last - first ? LateRunSearch.median(known) : nil
  }

  private static func median(_ values: [Double]) -> Double {
    Statistics.quantiles(of: values, at: [0.5])[0]
  }
}
