import Foundation
import GenOpsNumerics
import GenOpsUnits

/// How usage is spread over the days of a week: weighted medians of each day's part of its week, the
/// latest weeks counting most.
///
/// How fast old weeks are forgotten is what would have told each of the last eight weeks best on its
/// eve, so a shape that stays is read from half a year and one that has changed from a few weeks.
enum WeekShape {
  /// Weeks after which a week counts half.
  static let halfLives = [26.0, 8, 3]
  private static let tried = 8

  /// Multipliers with mean 1, Monday first, from `values` by day that end on the day before `end`;
  /// NaN where unknown.
  static func latest(_ values: [Double], end: CalendarDay) -> [Double] {
    var best = (loss: Double.infinity, halfLife: halfLives[0])
    let weeks = parts(values, end: end)
    for halfLife in halfLives {
      var loss = 0.0
      for back in 0..<min(tried, weeks.count - 3) {
        let before = shape(Array(weeks.dropLast(back + 1)), halfLife: halfLife)
        for (part, expected) in zip(weeks[weeks.count - 1 - back], before) where !part.isNaN {
          loss += abs(part - expected)
        }
      }
      // To forget faster must be earned: fewer weeks scatter more.
      if loss < best.loss * 0.97 { best = (loss, halfLife) }
    }
    return shape(weeks, halfLife: best.halfLife)
  }

  /// By week, the oldest first, and weekday: a day as a multiple of its week's mean day.
  private static func parts(_ values: [Double], end: CalendarDay) -> [[Double]] {
    let count = values.count / 7
    return (0..<count).compactMap { week in
      let first = values.count - 7 * (count - week)
      let days = values[first..<first + 7]
      let known = days.filter { !$0.isNaN }
      let mean = known.isEmpty ? 0 : Statistics.mean(Array(known))
      guard mean > 0, known.count >= 5 else { return nil }
      var byWeekday = [Double](repeating: .nan, count: 7)
      for index in days.indices {
        byWeekday[end.advanced(by: index - values.count).weekday] = values[index] / mean
      }
      return byWeekday
    }
  }

  private static func shape(_ weeks: [[Double]], halfLife: Double) -> [Double] {
    var shape = (0..<7).map { weekday -> Double in
      var seen: [(part: Double, weight: Double)] = []
      for (index, week) in weeks.enumerated() where !week[weekday].isNaN {
        seen.append((week[weekday], exp2(-Double(weeks.count - 1 - index) / halfLife)))
      }
      return median(seen)
    }
    let mean = Statistics.mean(shape)
    for weekday in shape.indices { shape[weekday] = mean > 0 ? shape[weekday] / mean : 1 }
    return shape
  }

  /// The weighted median, between two values where the half lies between; 1 of nothing.
  static func median(_ seen: [(part: Double, weight: Double)]) -> Double {
    let sorted = seen.sorted { $0.part < $1.part }
    let half = sorted.reduce(0) { $0 + $1.weight } / 2
    var sum = 0.0
    var before: (place: Double, part: Double)?
    for (part, weight) in sorted {
      let place = sum + weight / 2
      if place >= half {
        guard let before else { return part }
        return before.part + (part - before.part) * (half - before.place) / (place - before.place)
      }
      before = (place, part)
      sum += weight
    }
    return before?.part ?? 1
  }
}
