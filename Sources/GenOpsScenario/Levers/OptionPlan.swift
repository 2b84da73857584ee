package import GenOpsCosting
package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsUnits

/// One option, ready to be compiled: how usage becomes admissions and which rules judge them.
package struct OptionPlan: Sendable {
  package var name: String
  package var usageClasses: [PlannedUsageClass]
  package var governance: GovernancePlan
  package var prices: PriceSchedule
  package var addOns: Set<String>
  /// The add-ons of "as is" and the first day that can still change: what was subscribed to before it was
  /// paid, whatever the option is. Nil where every day can change.
  package var past: PastAddOns?
  /// The account's own terms, in place of those of the books; nil where nothing is said of it.
  package var terms: BillingTerms?
  /// What its cost rests on besides data and what the user gives, in a few words each; of an option
  /// what its saving does.
  package var assumptions: [String] = []
  /// What it costs to make and keep the change, in currency units once or per month; none of "as is".
  package var changeCosts: [ChangeCost] = []

  package struct ChangeCost: Sendable, Hashable {
    package var draw: DrawID
    package var isOneOff: Bool
  }

  /// What its add-ons cost in each month of the plan, nano-units. Empty until the plan is complete.
  package var monthlyFees: [Int64] = []
  /// By position: the budgets that count them.
  package var budgetsWithFees: Set<Int> = []

  /// The fees that lie in `[start, end)` of whole months, up to and including the month `last` of the plan,
  /// which begins with `first`. Those of months outside the plan are taken as the mean of its own.
  package func fees(
    from start: CalendarDay, to end: CalendarDay, through last: Int, first: CalendarMonth
  ) -> Int64 {
    guard !monthlyFees.isEmpty else { return 0 }
    let mean = monthlyFees.reduce(0) { $0.addingClamped($1) } / Int64(monthlyFees.count)
    let begin = first.distance(to: start.month)
    let stop = first.distance(to: end.advanced(by: -1).month)
    var sum: Int64 = 0
    // A window of a budget has at most twelve months, so that neither end is near that of Int.
    for month in begin..<max(begin, min(stop, last) + 1) {
      sum = sum.addingClamped(monthlyFees.indices.contains(month) ? monthlyFees[month] : mean)
    }
    return sum
  }

  /// What was subscribed to on the days that have passed.
  package struct PastAddOns: Sendable, Equatable {
    package var addOns: Set<String>
    /// The first day behind them.
    package var until: CalendarDay
  }

  /// What is subscribed to on `day`.
  package func addOns(on day: CalendarDay) -> Set<String> {
    past.flatMap { day < $0.until ? $0.addOns : nil } ?? addOns
  }

  /// The days of `[start, end)` by what they are billed with, in order.
  func spans(from start: CalendarDay, to end: CalendarDay) -> [(
    book: PriceBook, addOns: Set<String>, days: Int
  )] {
    let stop = past.map { max(start, min(end, $0.until)) } ?? start
    return [(start, stop), (stop, end)].filter { $0 < $1 }.flatMap { from, to in
      prices.spans(from: from, to: to).map { ($0.book, addOns(on: from), $0.days) }
    }
  }

  /// Whether something that it admits is on `meter`.
  package func uses(_ meter: Meter) -> Bool { usageClasses.contains { $0.usage[meter] > 0 } }

  /// The budgets of "as is" that refuse under this option and do not there.
  package func alsoRefusing(beside base: OptionPlan) -> [String] {
    base.governance.budgets.filter { budget in
      governance.budgets.contains { $0.name == budget.name } && governance.refuses(budget)
        && !base.governance.refuses(budget)
    }.map(\.name)
  }
}
