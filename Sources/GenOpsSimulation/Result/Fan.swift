import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
package import GenOpsUnits

/// Cumulative cost by day over the period: the picture of the main question.
package struct Fan: Sendable, Hashable {
  package struct Day: Sendable, Hashable {
    package var day: CalendarDay
    package var p10, p50, p90, mean: Double

    package init(day: CalendarDay, p10: Double, p50: Double, p90: Double, mean: Double) {
      self.day = day
      self.p10 = p10
      self.p50 = p50
      self.p90 = p90
      self.mean = mean
    }
  }
  package var days: [Day]
  /// The first days that are actual.
  package var actualDays: Int
  /// The budget over the whole period, when there is one of that length.
  package var budget: Money?
  package var options: [(name: String, mean: [Double])]

  package init(
    days: [Day], actualDays: Int, budget: Money?, options: [(name: String, mean: [Double])]
  ) {
    self.days = days
    self.actualDays = actualDays
    self.budget = budget
    self.options = options
  }

  package static func == (a: Fan, b: Fan) -> Bool {
    a.days == b.days && a.actualDays == b.actualDays && a.budget == b.budget
      && a.options.elementsEqual(b.options, by: ==)
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(days) }
}
