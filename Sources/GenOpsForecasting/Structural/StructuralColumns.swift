import Foundation
import GenOpsUnits

/// What the level of a history is regressed on: a constant, growth that goes on, growth that decays
/// since the beginning, the season of the year and shifts of the level.
///
/// Growth columns and shifts are 0 on the last day, so that the constant is today's level.
struct StructuralColumns: Sendable {
  /// The first day after the history.
  var dayZero: CalendarDay
  /// Days of history.
  var days: Int
  /// Days before ``dayZero`` on which a new level began, as negative numbers.
  var shifts: [Int]

  /// Weeks after which growth that decays is 1/e of what it was.
  static let decays = [16.0, 40]
  /// Pairs of sine and cosine over the year.
  static let pairs = 2
  static let growth = 1
  static let firstDecay = 2
  static var firstSeason: Int { firstDecay + decays.count }
  static var firstShift: Int { firstSeason + 2 * pairs }
  /// Whether a column is one of growth, lasting or decaying.
  static func isGrowth(_ column: Int) -> Bool { column >= growth && column < firstSeason }
  var count: Int { StructuralColumns.firstShift + shifts.count }

  /// The columns on a day, as a number from ``dayZero`` on, negative in the history. The constant's is
  /// 1; decaying growth is 1 a year when the history begins.
  func row(_ day: Double) -> [Double] {
    var row = [1, StructuralColumns.reach(day)]
    for weeks in StructuralColumns.decays { row.append(decayed(day, weeks: weeks)) }
    row += season(day)
    // The mean of the week around the day, which a shift may divide.
    for shift in shifts { row.append(min(1, max(0, (Double(shift) - day + 3) / 7))) }
    return row
  }

  /// Growth that is 1 a year when the history begins and 1/e of that after `weeks`, up to a day.
  func decayed(_ day: Double, weeks: Double) -> Double {
    let life = weeks * 7 / 365.25
    let first = -Double(days) / 365.25
    return life * (exp(first / life) - exp((first - day / 365.25) / life))
  }

  /// Sines and cosines of the year on a day.
  func season(_ day: Double) -> [Double] {
    let years = (Double(dayZero.number) + day) / 365.2425
    let angle = 2 * Double.pi * (years - years.rounded(.down))
    return (1...StructuralColumns.pairs).flatMap {
      [sin(Double($0) * angle), cos(Double($0) * angle)]
    }
  }

  /// Years of growth up to a day: itself for a year ahead, then less, as no growth lasts; see
  /// ``DampedTrend``.
  static func reach(_ day: Double) -> Double {
    let straight = min(day, 365) / 365.25
    guard day > 365 else { return straight }
    let decay = log(2) / DampedTrend.halfLife
    return straight - expm1(-decay * (day - 365)) / decay / 365.25
  }
}
