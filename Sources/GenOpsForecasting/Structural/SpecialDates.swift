import Foundation
import GenOpsNumerics
public import GenOpsUnits

/// Days of the year on which usage differs from the days around them, and by how much a history shows
/// that: what it shows moves to the dates of the years ahead.
///
/// An effect is a distance of logarithms from the days around. Each day's is drawn towards 0 as a
/// normal prior with standard deviation ``prior`` asks, and all of a group's by the odds that there
/// is an effect at all (Bayes factor of the model with effects against that without).
struct SpecialDates: Sendable, Hashable {
  let groups: [DateGroup]
  /// Of the logarithm, by place; 0 where nothing was seen.
  private(set) var effects: [Double]
  /// How many days were seen, by place.
  private(set) var seen: [Int]
  /// The places of each group.
  private let parts: [Range<Int>]
  /// The place of a day, by its number.
  private let places: [Int32: Int]

  /// A priori: a factor of 1.65 is one standard deviation.
  static let prior = 0.5
  /// What a day is off by because the days around it are not known exactly.
  static let allowance = 0.03
  /// Years after a history whose dates are known.
  private static let yearsAhead = 12

  /// Without effects: the days of `groups` from `start` on and in the years after `end`. A day that two
  /// groups hold is the first one's.
  init(_ groups: [DateGroup], from start: CalendarDay, to end: CalendarDay) {
    self.groups = groups
    var parts: [Range<Int>] = []
    var places: [Int32: Int] = [:]
    var count = 0
    // The turn of the year belongs to the year in which it begins.
    let (first, last) = (start.civil.year - 1, end.civil.year + SpecialDates.yearsAhead)
    for group in groups {
      for (day, place) in group.days(from: first, to: last) where places[day.number] == nil {
        places[day.number] = count + place
      }
      // A group has no negative number of places.
      parts.append(count..<(count + group.places))
      count += group.places
    }
    self.parts = parts
    self.places = places
    effects = [Double](repeating: 0, count: count)
    seen = [Int](repeating: 0, count: count)
  }

  /// Learns the effects from `distances`, by day from `start` on and NaN where unknown, of days that
  /// scatter by `scale`.
  mutating func learn(_ distances: [Double], start: CalendarDay, scale: Double) {
    let prior = SpecialDates.prior * SpecialDates.prior
    let variance =
      1.7 * scale * scale + SpecialDates.allowance * SpecialDates.allowance
    var sums = [Double](repeating: 0, count: effects.count)
    var counts = sums
    for (index, distance) in distances.enumerated() where !distance.isNaN {
      guard let place = place(of: start.advanced(by: index)) else { continue }
      sums[place] += min(2.5, max(-2.5, distance))
      counts[place] += 1
      seen[place] += 1
    }
    for part in parts {
      var evidence = 0.0
      for place in part where counts[place] > 0 {
        let total = variance + counts[place] * prior
        evidence -= 0.5 * log(total / variance)
        evidence += 0.5 * sums[place] * sums[place] * prior / (variance * total)
      }
      // Days of one group are not independent, so they count for half of what they say.
      let odds = exp(min(30, max(-30, 0.5 * evidence - 1)))
      for place in part where counts[place] > 0 {
        effects[place] =
          odds / (1 + odds) * sums[place] * prior / (variance + counts[place] * prior)
      }
    }
  }

  /// What usage of `day` is multiplied by.
  func factor(_ day: CalendarDay) -> Double {
    guard let place = place(of: day), effects[place] != 0 else { return 1 }
    return exp(effects[place])
  }

  /// Where a day stands among the special ones; nil for the others.
  func place(of day: CalendarDay) -> Int? { places[day.number] }

  /// Whether every day is like any other.
  var isEmpty: Bool { effects.allSatisfy { abs($0) < DateEffect.smallest } }

  /// The groups none of whose days was seen, though some were to come.
  var unseen: [DateGroup] {
    let own = Set(places.values)
    return zip(groups, parts).filter { _, part in
      part.contains(where: own.contains) && part.allSatisfy { seen[$0] == 0 }
    }.map(\.0)
  }

  /// What was found of each group that has an effect, with the days from `day` on to which it moves.
  func effects(after day: CalendarDay) -> [DateEffect] {
    zip(groups, parts).compactMap { group, part in
      guard part.contains(where: { abs(effects[$0]) >= DateEffect.smallest }) else { return nil }
      let next = group.next(after: day)
      return DateEffect(
        name: group.name, times: part.map { seen[$0] }.max() ?? 0,
        days: next.map {
          .init(day: $0.day, change: expm1(effects[part.lowerBound + $0.place]))
        },
        changes: part.map { expm1(effects[$0]) })
    }
  }
}

/// What a history showed of the days of a ``DateGroup``.
public struct DateEffect: Sendable, Hashable {
  /// A day to which it moves.
  public struct Day: Sendable, Hashable {
    public var day: CalendarDay
    /// What usage differs by from the days around, as a fraction: −0.3 is 30 % less.
    public var change: Double
  }

  /// The logarithm below which a day is like any other.
  static let smallest = 0.02

  /// What people call the group.
  public var name: String
  /// How many times its days were in the history.
  public var times: Int
  /// When it comes next; empty for listed days that are all past.
  public var days: [Day]
  /// By day of the group, as fractions, whether it comes again or not.
  public var changes: [Double]

  /// The change of the day that differs most.
  public var largest: Double { changes.max { abs($0) < abs($1) } ?? 0 }
}
