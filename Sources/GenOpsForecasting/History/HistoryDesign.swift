import Foundation
import GenOpsUnits

/// The columns of a history's regression: level, trend, weekdays, the year, level shifts.
struct HistoryDesign: Sendable {
  /// Pairs of sine and cosine over the year.
  var yearlyPairs: Int
  /// Days on which the level changed for good, as day numbers, ascending.
  var shifts: [Int32]
  /// Days before ``dayZero`` on which the trend may bend.
  var bends: [Int]
  /// The day on which the trend is 0 and after the last shift: the first day after the history.
  var dayZero: CalendarDay

  static let firstWeekday = 2
  /// Those that are always there: level, trend and weekdays.
  static let fewestColumns = firstWeekday + 6
  var firstYearly: Int { HistoryDesign.fewestColumns }
  var firstShift: Int { firstYearly + 2 * yearlyPairs }
  var firstBend: Int { firstShift + shifts.count }
  var columns: Int { firstBend + bends.count }

  /// One row. Years for the trend; weekdays as differences from their mean, Sunday being what the
  /// others leave; shifts and bends count on the days *before* them, so that level and slope are
  /// today's.
  func row(_ day: CalendarDay) -> [Double] {
    var row = [1, Double(dayZero.distance(to: day)) / 365.25]
    let weekday = day.weekday
    for index in 0..<6 { row.append(weekday == 6 ? -1 : weekday == index ? 1 : 0) }
    let angle = HistoryDesign.angle(day)
    for pair in 0..<yearlyPairs {
      row.append(sin(Double(pair + 1) * angle))
      row.append(cos(Double(pair + 1) * angle))
    }
    for shift in shifts { row.append(day.number < shift ? 1 : 0) }
    for bend in bends {
      row.append(Double(min(0, dayZero.distance(to: day) + bend)) / 365.25)
    }
    return row
  }

  /// The place of a day in the year, 0 to 2π, the same for a date in every year.
  static func angle(_ day: CalendarDay) -> Double {
    2 * .pi * (Double(day.number) / 365.2425 - (Double(day.number) / 365.2425).rounded(.down))
  }
}
