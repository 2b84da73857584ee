/// Sums over paths, as whole numbers: joined in any order they are the same.
package struct PathSums: Sendable, Equatable {
  /// Cumulative nano-units by day of the period.
  package internal(set) var days: [Int128]
  /// By usage class.
  package internal(set) var offered: [Int128]
  package internal(set) var refused: [Int128]
  package internal(set) var sampled: [Int128]
  /// By month.
  package internal(set) var lost: [Loss]
  /// Paths that are over the budget in a month, by budget then month.
  package internal(set) var overInMonth: [Int]
  /// The same of budgets that refuse, by what has passed: nothing was refused then.
  package internal(set) var wasOverInMonth: [Int]
  package internal(set) var anonymised: Int128 = 0
  package internal(set) var darkDays: Int128 = 0
  /// Paths that came to a tier with an unknown price.
  package internal(set) var unknownTier = 0

  /// Items of a month: what was offered, and what governance kept away.
  package struct Loss: Sendable, Equatable {
    package var offered: Int128 = 0
    package var refused: Int128 = 0
    package var sampled: Int128 = 0
    /// Refused or sampled items of critical classes.
    package var critical: Int128 = 0
  }

  init(days: Int, months: Int, usageClasses: Int, budgets: Int) {
    self.days = .init(repeating: 0, count: days)
    offered = .init(repeating: 0, count: usageClasses)
    refused = offered
    sampled = offered
    lost = .init(repeating: Loss(), count: months)
    overInMonth = .init(repeating: 0, count: budgets * months)
    wasOverInMonth = overInMonth
  }

  mutating func add(_ outcome: PathOutcome) {
    // Once each path: in place, or every day checks anew whether the array is shared.
    days.withUnsafeMutableBufferPointer { sums in
      var running: Int64 = 0
      for day in outcome.days.indices {
        running += outcome.days[day]
        sums[day] += Int128(running)
      }
    }
    for index in offered.indices {
      offered[index] += Int128(outcome.offered[index])
      refused[index] += Int128(outcome.refused[index])
      sampled[index] += Int128(outcome.sampled[index])
    }
    for index in lost.indices {
      let month = outcome.lost[index]
      lost[index].offered += Int128(month.offered)
      lost[index].refused += Int128(month.refused)
      lost[index].sampled += Int128(month.sampled)
      lost[index].critical += Int128(month.critical)
    }
    for (index, flag) in outcome.overInMonth.enumerated() where flag { overInMonth[index] += 1 }
    for (index, flag) in outcome.wasOverInMonth.enumerated() where flag {
      wasOverInMonth[index] += 1
    }
    anonymised += Int128(outcome.anonymised)
    darkDays += Int128(outcome.darkDays)
    if outcome.reachesUnknownTier { unknownTier += 1 }
  }

  mutating func add(_ other: PathSums) {
    for index in days.indices { days[index] += other.days[index] }
    for index in offered.indices {
      offered[index] += other.offered[index]
      refused[index] += other.refused[index]
      sampled[index] += other.sampled[index]
    }
    for index in lost.indices {
      lost[index].offered += other.lost[index].offered
      lost[index].refused += other.lost[index].refused
      lost[index].sampled += other.lost[index].sampled
      lost[index].critical += other.lost[index].critical
    }
    for index in overInMonth.indices {
      overInMonth[index] += other.overInMonth[index]
      wasOverInMonth[index] += other.wasOverInMonth[index]
    }
    anonymised += other.anonymised
    darkDays += other.darkDays
    unknownTier += other.unknownTier
  }
}
