import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// What a walk came to by usage class and by budget.
extension OptionRunner {
  /// What became of each usage class. What nothing tells apart is read as one, for the first of them.
  func readTallies(_ core: inout AdapterCore, into outcome: inout PathOutcome) {
    for stream in outcome.streamCosts.indices { outcome.streamCosts[stream] = 0 }
    for index in usageClassIDs.indices {
      outcome.offered[index] = 0
      outcome.refused[index] = 0
      outcome.sampled[index] = 0
      // Parts of one class and owner share a tally.
      guard readers[index] >= 0 else { continue }
      let tally = core.tally(of: usageClassIDs[index])
      outcome.offered[readers[index]] += tally.offered
      outcome.refused[readers[index]] += tally.refused
      outcome.sampled[readers[index]] += tally.sampled
      outcome.streamCosts[option.usageClasses[index].stream.index] += tally.cost
    }
  }

  /// What a period of a budget has to pay beside its usage: the fees of its months as they are billed, where the
  /// budget counts them.
  private func fees(_ window: BudgetWindow, through month: Int = .max) -> Int64 {
    option.budgetsWithFees.contains(window.budget)
      ? option.fees(
        from: window.start, to: window.end, through: month, first: plan.period.first)
      : option.governance.budgets[window.budget].committed.nanos
  }

  /// The periods of budgets that their fees alone pass: the core tells of none in which nothing was offered.
  func periodsOfFees() -> [BudgetWindow] {
    option.budgetsWithFees.sorted().flatMap { index -> [BudgetWindow] in
      let budget = option.governance.budgets[index]
      var periods: [BudgetWindow] = []
      var day = plan.period.start
      while day < plan.period.end {
        let span = budget.period.window(containing: day, fiscalStart: budget.fiscalStart)
        let window = BudgetWindow(unused: index, start: span.start, end: span.end)
        if fees(window) > budget.limit.nanos { periods.append(window) }
        day = span.end
      }
      return periods
    }
  }

  /// The day on which what is owed passes the budget; nil where it never does. The core keeps the fees of a
  /// budget's period back from its start, so that usage never leaves too little for them; but they are owed month
  /// by month, and a budget that refuses nothing is passed when they are.
  private func breachDay(_ window: BudgetWindow, _ outcome: PathOutcome) -> Int? {
    let budget = option.governance.budgets[window.budget]
    let start = plan.period.start
    let first = window.breach.map { max(0, start.distance(to: $0.day)) }
    guard option.budgetsWithFees.contains(window.budget), !option.governance.refuses(budget) else {
      return first
    }
    guard window.offered.nanos.addingClamped(fees(window)) > budget.limit.nanos else { return nil }
    let last = min(start.distance(to: window.end), monthOfDay.count) - 1
    let begin = max(0, start.distance(to: window.start))
    guard begin <= last else { return first }
    // What was used of the period before the plan begins.
    var owed = window.spent.nanos.subtractingClamped(
      outcome.days[begin...last].reduce(0) { $0.addingClamped($1) })
    var month = -1
    var begun: Int64 = 0
    for day in begin...last {
      owed = owed.addingClamped(outcome.days[day])
      if monthOfDay[day] != month {
        month = monthOfDay[day]
        begun = fees(window, through: month)
      }
      if owed.addingClamped(begun) > budget.limit.nanos { return day }
    }
    return last
  }

  /// The months of a breach on `day`. Once passed, a limit stays passed until its period ends.
  private func months(of window: BudgetWindow, from day: Int) -> ClosedRange<Int> {
    let month = monthOfDay[min(day, monthOfDay.count - 1)]
    let last = min(plan.period.start.distance(to: window.end) - 1, monthOfDay.count - 1)
    // The first is a month of the period, and the last is not before it.
    return month...max(month, monthOfDay[max(0, last)])
  }

  /// Notes which of `windows`, as they stand when the last day that has passed ends, a budget that refuses
  /// was over by then: no budget refuses what has happened.
  func readPassed(_ windows: [BudgetWindow], into outcome: inout PathOutcome) {
    let count = plan.period.months.count
    for window in windows where option.governance.refuses(option.governance.budgets[window.budget])
    {
      guard let breach = window.breach else { continue }
      let day = max(0, plan.period.start.distance(to: breach.day))
      let end = min(window.end, plan.period.start.advanced(by: plan.actualDays))
      var passed = window
      passed.end = end
      for month in months(of: passed, from: day) {
        outcome.wasOverInMonth[window.budget * count + month] = true
      }
    }
  }

  /// When and by how much the budgets were passed. Of one that refuses a breach is its first refusal; what
  /// it was over by in the first `actualDays`, when it could refuse nothing, stands apart.
  func readBudgets(
    _ windows: [BudgetWindow], actualDays: Int, into outcome: inout PathOutcome
  ) {
    let budgets = option.governance.budgets
    let unused = feesAlone.filter { alone in
      !windows.contains { $0.budget == alone.budget && $0.start == alone.start }
    }
    for window in windows + unused {
      let budget = budgets[window.budget]
      let offered = window.offered.nanos.addingClamped(fees(window))
      outcome.largestOffered[window.budget] = max(outcome.largestOffered[window.budget], offered)
      if window.refused == 0, option.governance.refuses(budget) {
        if let breach = window.breach, plan.period.start.distance(to: breach.day) < actualDays {
          readPassed([window], into: &outcome)
        }
        continue
      }
      outcome.overshoot[window.budget] = max(
        outcome.overshoot[window.budget], offered.subtractingClamped(budget.limit.nanos))
      guard let day = breachDay(window, outcome) else { continue }
      let first = window.budget * plan.period.months.count
      for month in months(of: window, from: day) { outcome.overInMonth[first + month] = true }
      let earliest = outcome.firstBreach[window.budget]
      if earliest < 0 || Int32(day) < earliest { outcome.firstBreach[window.budget] = Int32(day) }
    }
  }
}
