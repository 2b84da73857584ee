import GenOpsAdmission
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Days that are admitted together.
extension OptionRunner {
  /// The usage classes that nothing tells apart, by class of the first: where the cost of no meter is told by
  /// owner and nothing is refused, the parts of a stream that are not sampled and use the same.
  func partsAlike(
    _ classes: [PlannedUsageClass], isSampled: (Int) -> Bool, shared: UInt64
  ) -> [[Int]] {
    var groups: [[Int]] = []
    for (index, one) in classes.enumerated() {
      let group = groups.firstIndex { group in
        guard let last = group.last, shared == 0, sendsAll else { return false }
        let other = classes[last]
        guard let part = one.part, let before = other.part, part == before + 1 else { return false }
        return one.stream == other.stream && one.identified == other.identified
          && one.usage == other.usage && one.attribution == other.attribution
          && one.scale == other.scale && one.wasIdentified == other.wasIdentified
          && one.weight == .one && other.weight == .one && !isSampled(index) && !isSampled(last)
      }
      if let group { groups[group].append(index) } else { groups.append([index]) }
    }
    return groups
  }

  /// Admits the days from `day` on together, as far as the core can up to the end of the month, and books what
  /// they brought. Returns the first day that is left.
  func admitDays(
    _ core: inout AdapterCore, _ outcome: inout PathOutcome, _ columns: DayColumns?,
    from day: Int, to end: Int
  ) -> Int {
    guard let columns, columns.isPrompt else { return day }
    let month = monthOfDay[day]
    let last = min(end, firstDayOfMonth[month + 1])
    let next = columns.counts.counts.withUnsafeBufferPointer { counts in
      outcome.days.withUnsafeMutableBufferPointer { costs in
        core.admitDays(
          &columns.block, counts: counts, days: day..<last, from: plan.period.start, costs: costs)
      }
    }
    guard next > day else { return day }
    var spent: Int64 = 0
    for day in day..<next {
      spent += outcome.days[day]
      outcome.othersLost[day] = 0
    }
    outcome.months[month] += spent
    var loss = PathOutcome.MonthLoss()
    var loses = false
    for index in columns.block.columns.indices {
      let column = columns.block.columns[index]
      let usageClass = columns.facts[index]
      // What was counted of a month fits a counter of the core.
      if usageClass.isEvent { loss.offered += column.count }
      let lost = column.count - column.sent
      if usageClass.wasIdentified { outcome.anonymised += column.sent }
      // What another column counts as events is lost there.
      if lost == 0 || usageClass.isCountedAsEvents { continue }
      loses = true
      loss.sampled += column.count - column.kept
      loss.refused += column.kept - column.sent
      if usageClass.isCritical { loss.critical += lost }
    }
    outcome.lost[month] += loss
    if loses { columns.bookLosses(day..<next, &outcome) }
    return next
  }
}
