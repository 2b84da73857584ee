import GenOpsGovernance
import GenOpsScenario
package import GenOpsUnits

/// When the first budget is passed: how likely by each day, and how likely on a day where it was not before.
package struct BreachClock: Sendable {
  package var budget: String
  package var limit: Money
  package var period: BudgetPeriod
  /// Whether it refuses what would cross it, so that a breach is its first refusal.
  package var refuses: Bool
  package var start: CalendarDay
  /// Days of the period that have passed.
  package var actualDays: Int
  package var asIs: Hand
  package var policy: Hand

  /// The first breaches of one option, by day.
  package struct Hand: Sendable {
    package var paths: Int
    /// Paths whose first breach is on the day.
    package var breaches: [Int]

    /// The part of futures in which it was passed by the end of the day.
    package func probability(by day: Int) -> Double {
      Double(breaches[...day].reduce(0, +)) / Double(max(1, paths))
    }

    /// The part of futures that pass it in `days`, of those that did not before; nil where all did.
    package func hazard(_ days: Range<Int>) -> Double? {
      let before = breaches[..<days.lowerBound].reduce(0, +)
      guard before < paths else { return nil }
      return Double(breaches[days].reduce(0, +)) / Double(paths - before)
    }

    /// The first day by which a part of all futures has passed it; nil where fewer do.
    package func day(at part: Double) -> Int? {
      var sum = 0
      for (day, count) in breaches.enumerated() {
        sum += count
        if sum > 0, Double(sum) >= part * Double(paths) { return day }
      }
      return nil
    }
  }

  /// The days of a month, counted from the beginning of the period.
  package func days(of month: CalendarMonth) -> Range<Int> {
    let first = max(0, start.distance(to: month.firstDay))
    // A month of the period, which begins no earlier than it and has as many days as there are breaches.
    return first..<min(asIs.breaches.count, first + month.dayCount)
  }
}

extension ResultBuilder {
  /// The first budget's clock, as is and under `option`; nil without a budget.
  func breachClock(_ option: Int) -> BreachClock? {
    guard let budget = plan.options[0].governance.budgets.first else { return nil }
    func hand(_ option: Int) -> BreachClock.Hand {
      let table = simulation.tables[option]
      var days = [Int](repeating: 0, count: plan.period.dayCount)
      for path in 0..<simulation.paths {
        let day = Int(table.firstBreach[path, 0])
        if days.indices.contains(day) { days[day] += 1 }
      }
      return BreachClock.Hand(paths: simulation.paths, breaches: days)
    }
    return BreachClock(
      budget: budget.name, limit: budget.limit, period: budget.period,
      refuses: plan.options[option].governance.refuses(budget), start: plan.period.start,
      actualDays: plan.actualDays, asIs: hand(0), policy: hand(option))
  }
}
