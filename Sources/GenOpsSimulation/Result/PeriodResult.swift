import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
package import GenOpsUnits

/// A quarter, or the whole period.
package struct PeriodResult: Sendable, Hashable {
  /// `Q1` of the period, not of the year, the months of what is left behind whole quarters, or the name of
  /// the whole.
  package var label: String
  package var start: CalendarDay
  /// The first day after it.
  package var end: CalendarDay
  package var cost: ForecastDistribution

  package init(label: String, start: CalendarDay, end: CalendarDay, cost: ForecastDistribution) {
    self.label = label
    self.start = start
    self.end = end
    self.cost = cost
  }
}
