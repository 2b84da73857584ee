import GenOpsScenario
import GenOpsUnits

/// What a change costs in one future, in currency units.
struct ChangeSpending {
  /// At the first day of the period.
  var atStart: Double
  /// By month of the period, at its end.
  var months: [Double]

  var total: Double { months.reduce(atStart, +) }
}

extension ValueDraws {
  /// The first month of the period that can still change: what has passed costs nothing to change.
  /// Recorded events are decided on anew, all of them.
  var firstMonthAhead: Int {
    if plan.recording != nil { return 0 }
    let ahead = plan.period.start.advanced(by: plan.actualDays)
    return plan.period.months.firstIndex { $0.lastDay >= ahead } ?? plan.period.months.count
  }

  /// What the change to an option costs in one future: one-off amounts when the first month ahead begins, the
  /// others at the end of that month and of each after it.
  func spending(_ option: Int, _ path: Int) -> ChangeSpending {
    spending(option) { max(0, values[path, $0.index]) }
  }

  /// The same in the mean of all futures.
  func meanSpending(_ option: Int) -> ChangeSpending {
    spending(option) { draw in
      (0..<paths).reduce(0.0) { $0 + max(0, values[$1, draw.index]) } / Double(max(1, paths))
    }
  }

  private func spending(_ option: Int, _ amount: (DrawID) -> Double) -> ChangeSpending {
    let count = plan.period.months.count
    var spent = ChangeSpending(atStart: 0, months: .init(repeating: 0, count: count))
    let first = firstMonthAhead
    guard first < count else { return spent }
    for cost in plan.options[option].changeCosts {
      let amount = amount(cost.draw)
      if !cost.isOneOff {
        for month in first..<count { spent.months[month] += amount }
      } else if first == 0 {
        spent.atStart += amount
      } else {
        // The end of the month before is the beginning of this one.
        spent.months[first - 1] += amount
      }
    }
    return spent
  }
}
