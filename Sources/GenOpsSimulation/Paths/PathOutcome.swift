import GenOpsUnits

/// What one future came to under one option. Reused from path to path.
struct PathOutcome: Sendable {
  /// Nano-units of usage cost by month, and by day.
  var months: [Int64]
  var days: [Int64]
  /// By month then meter of ``OptionRunner/meters``.
  var meterUnits: [Int64]
  var meterCosts: [Int64]
  /// By usage class of the option.
  var offered: [Int64]
  var refused: [Int64]
  var sampled: [Int64]
  /// Nano-units by stream. Of a stream's classes it may be said of no one what it costs.
  var streamCosts: [Int64]
  /// By month.
  var lost: [MonthLoss]
  /// Events sent without the profile they had.
  var anonymised: Int64 = 0
  /// By day: items that no fault made and that were refused or sampled.
  var othersLost: [Int64]
  /// Days in which something was refused, each as the part of it that was dark, in millionths.
  var darkDays: Int64 = 0
  /// By budget: the first breach as a day of the period, -1 for none; the overshoot in nano-units
  /// of the window that passed its limit most; the largest offered spend of a window, with fees.
  var firstBreach: [Int32]
  var overshoot: [Int64]
  var largestOffered: [Int64]
  /// By budget then month: whether the limit was passed in the month, or before it in the budget's
  /// period that still runs.
  var overInMonth: [Bool]
  /// The same of budgets that refuse, on days that have passed: nothing was refused then.
  var wasOverInMonth: [Bool]
  var overflowed = false
  /// Whether some usage came to a tier whose price the book does not know.
  var reachesUnknownTier = false

  /// Millionths of a day that are dark when `refused` of `offered` items are refused in it.
  static func darkPart(_ refused: Int64, of offered: Int64) -> Int64 {
    refused > 0 ? Int64(rounding: 1e6 * min(1, Double(refused) / Double(max(1, offered)))) : 0
  }

  /// Items of a month: what was offered, and what governance kept away. Held at the end of `Int64`: what
  /// is refused because it is beyond any range is counted here too.
  struct MonthLoss: Sendable, Equatable {
    var offered: Int64 = 0
    var refused: Int64 = 0
    var sampled: Int64 = 0
    /// Refused or sampled items of critical classes.
    var critical: Int64 = 0

    static func += (sum: inout MonthLoss, other: MonthLoss) {
      sum.offered = sum.offered.addingClamped(other.offered)
      sum.refused = sum.refused.addingClamped(other.refused)
      sum.sampled = sum.sampled.addingClamped(other.sampled)
      sum.critical = sum.critical.addingClamped(other.critical)
    }
  }

  /// Nano-units up to each day.
  var runningDays: [Int64] {
    var sum: Int64 = 0
    return days.map {
      sum += $0
      return sum
    }
  }

  init(months: Int, days: Int, meters: Int, streams: Int, usageClasses: Int, budgets: Int) {
    func zeros(_ count: Int) -> [Int64] { [Int64](repeating: 0, count: count) }
    self.months = zeros(months)
    self.days = zeros(days)
    meterUnits = zeros(months * meters)
    meterCosts = zeros(months * meters)
    offered = zeros(usageClasses)
    refused = zeros(usageClasses)
    sampled = zeros(usageClasses)
    streamCosts = zeros(streams)
    lost = [MonthLoss](repeating: MonthLoss(), count: months)
    othersLost = zeros(days)
    firstBreach = [Int32](repeating: -1, count: budgets)
    overshoot = zeros(budgets)
    largestOffered = zeros(budgets)
    overInMonth = [Bool](repeating: false, count: budgets * months)
    wasOverInMonth = overInMonth
  }

  /// Back to the beginning. What every path writes whole (days, meters, tallies) is left as it is.
  mutating func clear() {
    for month in months.indices {
      months[month] = 0
      lost[month] = MonthLoss()
    }
    for budget in firstBreach.indices {
      firstBreach[budget] = -1
      overshoot[budget] = 0
      largestOffered[budget] = 0
    }
    for index in overInMonth.indices {
      overInMonth[index] = false
      wasOverInMonth[index] = false
    }
    anonymised = 0
    darkDays = 0
  }
}
