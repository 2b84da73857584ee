import GenOpsGovernance
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// The first budget "as is" that is of the whole account, by month.
struct MonthBudget {
  private let budget: Budget

  /// Nil without such a budget of months, quarters or years.
  init?(_ plan: Plan) {
    let found = plan.options[0].governance.budgets.first {
      $0.scope == .none && $0.meters == nil && [.month, .quarter, .year].contains($0.period)
    }
    guard let found else { return nil }
    budget = found
  }

  var summary: TrackResult.Budget {
    .init(name: budget.name, limit: budget.limit, period: budget.period)
  }

  /// Whether the budget is of a longer period, and a month's is an equal part of it.
  var isShared: Bool { budget.period != .month }

  /// The months of a quarter or year have equal parts, which sum to it exactly.
  func amount(_ month: CalendarMonth) -> Money {
    let window = budget.period.window(containing: month.firstDay, fiscalStart: budget.fiscalStart)
    let first = window.start.month
    let count = first.distance(to: window.end.month)
    let parts = budget.limit.allocated(byWeight: [Int64](repeating: 1, count: max(1, count)))
    let place = first.distance(to: month)
    return parts.indices.contains(place) ? parts[place] : budget.limit
  }
}
