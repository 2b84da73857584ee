import Foundation
import GenOpsNumerics

/// Where a history's own trend leads: a slope that is not known exactly and that fades.
///
/// The slope of the logarithm is halved every 365 days ahead: trends of usage do not last, and
/// damped trends forecast better than straight ones wherever it was measured (Gardner 2006). Its
/// uncertainty allows for autocorrelated errors: a regression that takes them for independent gives
/// intervals that are far too narrow.
struct DampedTrend: Sendable, Hashable {
  /// Slope of the logarithm per year, on day 0.
  var slope: Double
  /// Its standard deviation.
  var sd: Double

  static let none = DampedTrend(slope: 0, sd: 0)
  static let halfLife = 365.0

  /// The years of undamped trend that `day` days of the damped one are worth.
  static func reach(_ day: Int) -> Double {
    let decay = log(2) / halfLife
    return -expm1(-decay * Double(day)) / decay / 365.25
  }

  /// ``reach(_:)`` of the days of ten years: it is asked for on every day of every path.
  private static let reaches = (0..<3660).map { reach($0) }

  /// Multipliers, 1 on day 0, with expectation exp(slope · reach) each day. Draws one normal number
  /// when the slope is uncertain.
  func path(into days: UnsafeMutableBufferPointer<Double>, generator: inout RandomGenerator) {
    if slope == 0 && sd == 0 {
      days.update(repeating: 1)
      return
    }
    let drawn = sd > 0 ? slope + sd * generator.normal() : slope
    let known = min(days.count, DampedTrend.reaches.count)
    DampedTrend.reaches.withUnsafeBufferPointer { reaches in
      for day in 0..<known {
        days[day] = reaches[day] * drawn - reaches[day] * reaches[day] * sd * sd / 2
      }
    }
    for day in known..<days.count {
      let reach = DampedTrend.reach(day)
      days[day] = reach * drawn - reach * reach * sd * sd / 2
    }
    Exponential.apply(days)
  }
}
