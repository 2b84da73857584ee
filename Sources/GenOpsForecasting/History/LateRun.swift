import Foundation
import GenOpsNumerics
import GenOpsUnits

/// Steps at the end of a history that lie far from those before them: a launch, a campaign, an outage, or a new
/// level. Which of them, a few steps cannot tell, so futures differ: with ``stays`` as its chance the level is
/// theirs from now on, else usage goes back to where it was.
///
/// The chance is the posterior of two stories. Of a hundred jumps ``levels`` times a hundred are new levels; all
/// others pass, and are still there after n days with chance n^(−``passing``): most last a day, some a month. What
/// has lasted may last, so one that stands until it ends is still there after d more steps with chance
/// (n / (n + d))^``passing``. A new level is of any size that levels change by, normal on logarithms with standard
/// deviation ``levelSize``, an event of ``eventSize``. A new level keeps its height, and half of the events do.
struct LateRun: Sendable, Hashable {
  /// The place of its first step in the series.
  var first: Int
  /// How many steps it has had, as far as is known.
  var count: Int
  /// Steps from its middle day on; of a week, half of it may be over before it began.
  var age: Double
  /// Unknown steps after it, at the end of the series.
  var gap: Int
  /// Its level over the one before, less 1: 2 is three times as much, −1 nothing.
  var excess: Double
  /// The chance that its level stays, 0…1.
  var stays: Double
  /// What is left of the excess after each further step where it is fading; nil where it stands until it ends.
  var fading: Double?

  static let levels = 0.04
  static let passing = 1.5
  static let levelSize = 0.7
  static let eventSize = 1.2
  /// The chance of a level that is known to stay: below 1, so that no expectation is 0.
  static let certain = 0.999
  /// The logarithm below which a run is a silence, and how likely one is an end, over an event that is as strange.
  static let silent = -3.0
  static let endings = 0.3

  /// The part of the excess that is there on step `ahead` (from 0) where it passes: the chance that it is not
  /// over, or what is left.
  func passed(_ ahead: Int) -> Double {
    let further = Double(ahead + gap + 1)
    return fading.map { pow($0, further) } ?? pow(age / (age + further), LateRun.passing)
  }

  /// What step `ahead` is expected to be, over the level before. Above 0, as the chance to stay is below 1.
  func expected(_ ahead: Int) -> Double {
    1 + excess * (stays + (1 - stays) * passed(ahead))
  }

  /// What a step is expected to be in the long run, over the level before.
  var settled: Double { 1 + excess * stays }

  /// What each of `count` steps from `ahead` on is expected to be, over what it will be in the long run; 1 in the
  /// history.
  func profile(from ahead: Int, count: Int) -> [Double] {
    (0..<max(0, count)).map { ahead + $0 < 0 ? 1 : expected(ahead + $0) / settled }
  }

  /// What each of `count` steps is in the future that `uniform`, a number between 0 and 1, decides, over what is
  /// expected of it: with expectation 1.
  func future(_ uniform: Double, count: Int) -> [Double] {
    // A future in which it passes has a share that is left of it, above 0.
    let share = uniform < stays ? 0 : (uniform - stays) / (1 - stays)
    // Over from the first step on whose chance to be there is below that share.
    let lasts =
      share > 0 ? age * (pow(share, -1 / LateRun.passing) - 1) - Double(gap + 1) : .infinity
    return (0..<max(0, count)).map { ahead in
      let part = share == 0 ? 1 : fading != nil ? passed(ahead) : Double(ahead) < lasts ? 1 : 0
      return (1 + excess * part) / expected(ahead)
    }
  }

  /// Multiplies `days` by the future number `path`. Series that are given one key meet the same future.
  func apply(
    to days: UnsafeMutableBufferPointer<Double>, key: RandomKey, path: Int,
    generator: inout RandomGenerator
  ) {
    // Steps 0 and 1 are the scatter's and the level's.
    generator.seek(key, path: path, step: 2)
    for (day, factor) in future(generator.uniform(), count: days.count).enumerated() {
      days[day] *= factor
    }
  }

  /// The chance that a run whose logarithm lies `away` is a new level, after `days` days of which the later ones
  /// lie `change` from the earlier ones, a number that scatters by `scatter`; nil where there are none to compare.
  static func chance(away: Double, days: Double, change: Double?, scatter: Double) -> Double {
    func normal(_ x: Double, _ sd: Double) -> Double { exp(-x * x / (2 * sd * sd)) / sd }
    let size = away < silent ? endings : normal(away, levelSize) / normal(away, eventSize)
    var kept = 1.0
    if let change, away != 0 {
      // Half of the events stand until they end; the others are anywhere between where they were and nothing.
      let steady = normal(change, scatter) / (2 * Double.pi).squareRoot()
      kept = steady / (0.5 * steady + 0.5 / abs(away))
    }
    let level = levels * size * kept
    return level / (level + (1 - levels) * pow(max(1, days), -passing))
  }

  /// What is believed of it, for people: "are 3.1 times what came before; ...".
  var words: String {
    let tenths = Int64(rounding: 10 * (1 + excess))
    let percent = Int64(rounding: 100 * abs(excess))
    let size =
      excess >= 1
      ? "\(tenths / 10).\(tenths % 10) times" : "\(percent) % \(excess < 0 ? "below" : "above")"
    let chance = Int64(rounding: 100 * stays)
    return fading == nil
      ? "\(count > 1 ? "are" : "is") \(size) what came before; that this level stays counts for \(chance) %, "
        + "that it passes for \(100 - chance) %"
      : "end \(size) what came before and are going back; the level of before is used"
  }
}
