import Foundation
import GenOpsUnits

/// What a day's usage is multiplied by because of its place in week and year.
struct SeasonalProfile: Sendable, Hashable {
  /// Monday first; their mean is 1.
  var weekdays: [Double]
  /// Sine and cosine coefficients of the logarithm, in pairs.
  var yearly: [Double]

  static let flat = SeasonalProfile(weekdays: [Double](repeating: 1, count: 7), yearly: [])

  func multiplier(_ day: CalendarDay) -> Double {
    weekdays[day.weekday] * exp(yearlyLog(day))
  }

  func yearlyLog(_ day: CalendarDay) -> Double {
    var sum = 0.0
    let angle = HistoryDesign.angle(day)
    for pair in 0..<yearly.count / 2 {
      sum += yearly[2 * pair] * sin(Double(pair + 1) * angle)
      sum += yearly[2 * pair + 1] * cos(Double(pair + 1) * angle)
    }
    return sum
  }
}
