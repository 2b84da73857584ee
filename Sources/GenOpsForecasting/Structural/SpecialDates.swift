import Foundation
import GenOpsNumerics
import GenOpsUnits

/// Days of the year on which usage everywhere differs from the days around them: the five days from
/// Thanksgiving on, which hold Black Friday and its Monday, and the turn of the year from 23 December
/// to 2 January. What a history shows of them moves to the dates of the years ahead.
///
/// An effect is a distance of logarithms from the days around. Each day's is drawn towards 0 as a
/// normal prior with standard deviation ``prior`` asks, and all of a season's by the odds that there
/// is an effect at all (Bayes factor of the model with effects against that without).
struct SpecialDates: Sendable, Hashable {
  /// Of the logarithm, by place; 0 where nothing was seen.
  private(set) var effects = [Double](repeating: 0, count: count)

  static let none = SpecialDates()
  /// Places: 0…4 from Thanksgiving on, 5…15 from 23 December on.
  static let count = 16
  private static let seasons = [0..<5, 5..<16]
  /// A priori: a factor of 1.65 is one standard deviation.
  static let prior = 0.5
  /// What a day is off by because the days around it are not known exactly.
  static let allowance = 0.03

  private init() {}

  /// From `distances`, by day from `start` on and NaN where unknown, of days that scatter by `scale`.
  init(_ distances: [Double], start: CalendarDay, scale: Double) {
    let prior = SpecialDates.prior * SpecialDates.prior
    let variance =
      1.7 * scale * scale + SpecialDates.allowance * SpecialDates.allowance
    var sums = effects
    var counts = effects
    for (index, distance) in distances.enumerated() where !distance.isNaN {
      guard let place = SpecialDates.place(of: start.advanced(by: index)) else { continue }
      sums[place] += min(2.5, max(-2.5, distance))
      counts[place] += 1
    }
    for season in SpecialDates.seasons {
      var evidence = 0.0
      for place in season where counts[place] > 0 {
        let total = variance + counts[place] * prior
        evidence -= 0.5 * log(total / variance)
        evidence += 0.5 * sums[place] * sums[place] * prior / (variance * total)
      }
      // Days of one season are not independent, so they count for half of what they say.
      let odds = exp(min(30, max(-30, 0.5 * evidence - 1)))
      for place in season where counts[place] > 0 {
        effects[place] =
          odds / (1 + odds) * sums[place] * prior / (variance + counts[place] * prior)
      }
    }
  }

  /// What usage of `day` is multiplied by.
  func factor(_ day: CalendarDay) -> Double {
    guard let place = SpecialDates.place(of: day), effects[place] != 0 else { return 1 }
    return exp(effects[place])
  }

  /// Whether any effect is more than a few per cent.
  var isEmpty: Bool { effects.allSatisfy { abs($0) < 0.02 } }

  /// Where a day stands among the special ones; nil for the others.
  static func place(of day: CalendarDay) -> Int? {
    let (year, month, date) = day.civil
    switch (month, date) {
    case (11, _), (12, 1):
      // The fourth Thursday of November is 3 weeks after the first; Thursday is weekday 3.
      let first = CalendarMonth(year: year, month: 11).firstDay
      let thanksgiving = first.advanced(by: (3 - first.weekday + 7) % 7 + 21)
      let after = thanksgiving.distance(to: day)
      return (0..<5).contains(after) ? after : nil
    case (12, 23...31): return 5 + date - 23
    case (1, 1...2): return 13 + date
    default: return nil
    }
  }
}
