public import GenOpsNumerics
public import GenOpsUnits

/// What a history of daily usage says about the days after it: a fitted ``Forecaster``.
///
/// Usage of day d ahead = ``level`` × ``profile(from:count:)`` × trend × errors, where trend and
/// errors are drawn per path and the errors have expectation 1. A growth given by the user takes
/// the place of the trend; level, profile and errors stay. Nothing is ever negative.
///
/// A path is asked for once and written into a buffer, so that a call through the protocol is paid
/// per path and not per day.
public protocol Forecast: Sendable {
  /// What the series is called in findings; its own draws are made under this name.
  var name: String { get }
  /// The first day after the history.
  var dayZero: CalendarDay { get }
  /// Expected units on an average day at the end of the history, before the profile.
  var level: Double { get }
  /// The trend's expected growth over the first 12 months ahead, as a fraction: 0.2 is +20 %.
  var expectedYearlyGrowth: Double { get }
  /// Whether all paths are the same.
  var isDeterministic: Bool { get }
  /// What was left out and why, and what was noticed. A history that is too short for the method is
  /// one of them.
  var findings: Findings { get }

  /// How far each day of the history lay from what was expected of it, as a fraction: 0.1 is 10 %
  /// more. One number per day of the series; NaN where the day is unknown or nothing was expected.
  var residuals: [Double] { get }

  /// What each of `count` days from `first` on is multiplied by because of its place in the
  /// calendar.
  func profile(from first: CalendarDay, count: Int) -> [Double]

  /// What dates of the year that the history knows, such as Black Friday, multiply each of `count`
  /// days from `first` on by: a part of ``profile(from:count:)``, of which a change that the user
  /// gives for those days takes the place. 1 on all others.
  func dateFactors(from first: CalendarDay, count: Int) -> [Double]

  /// What the history shows of dates of the year, with the days after it to which that moves: what
  /// ``dateFactors(from:count:)`` is made of. Empty for a kind that looks for none.
  var dateEffects: [DateEffect] { get }

  /// Writes the multipliers of the trend on one path; index 0 is ``dayZero`` and is 1.
  ///
  /// What is drawn is drawn from `key` and `path` alone, in order of time, so that any path can be
  /// drawn by itself and a longer horizon leaves the earlier days as they were.
  func trend(
    into days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    generator: inout RandomGenerator)

  /// Multiplies `days` by the errors of one path; index 0 is ``dayZero``.
  ///
  /// Series that are given the same `key` move together, as far as they did in their histories.
  /// `motion` says what may move the level besides a growth that was given: its errors hold what the
  /// history leaves open of all that the growth does not say. Draws as ``trend(into:key:path:generator:)``
  /// does.
  func applyErrors(
    to days: UnsafeMutableBufferPointer<Double>, motion: LevelMotion, key: RandomKey, path: Int,
    generator: inout RandomGenerator)

  /// Quantiles of the units on each of the `count` days from ``dayZero`` on: by day, and for each
  /// day in the order of `probabilities` (0…1).
  ///
  /// From 1,000 paths drawn from `source` unless a kind knows them in closed form.
  func quantiles(days count: Int, at probabilities: [Double], source: RandomSource) -> [[Double]]
}

extension Forecast {
  /// No date has an effect.
  public var dateEffects: [DateEffect] { [] }

  /// No date is special.
  public func dateFactors(from first: CalendarDay, count: Int) -> [Double] {
    [Double](repeating: 1, count: max(0, count))
  }

  /// Quantiles by day, from paths; see the requirement.
  public func quantiles(days count: Int, at probabilities: [Double], source: RandomSource)
    -> [[Double]]
  {
    let generator = PathGenerator(StreamModel(following: self, days: count), source: source)
    let paths = isDeterministic ? 1 : 1000
    let count = generator.dayCount
    var byDay = [[Double]](repeating: [], count: count)
    var days = [Double](repeating: 0, count: count)
    var random = RandomGenerator()
    for path in 0..<paths {
      days.withUnsafeMutableBufferPointer {
        generator.means(path: path, into: $0, using: &random)
      }
      for day in 0..<count { byDay[day].append(days[day]) }
    }
    return byDay.map { Statistics.quantiles(of: $0, at: probabilities) }
  }
}
