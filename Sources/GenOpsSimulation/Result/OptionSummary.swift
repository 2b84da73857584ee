package import GenOpsMetering
package import GenOpsScenario
package import GenOpsUnits

/// Everything a run knows of one option, from which reports and conditions are made.
package struct OptionSummary: Sendable {
  package var name: String
  package var cost: ForecastDistribution
  package var months: [(month: CalendarMonth, cost: ForecastDistribution)]
  package var saves: ForecastDistribution
  package var lost: LostData
  package var budgets: [BudgetOutlook]
  /// How often the first budget is passed; where budgets refuse, how often one of them does. Nil without a
  /// budget.
  package var breachProbability: Double?
  package var usage: [(meter: Meter, units: ForecastDistribution)]
  package var roi: ReturnOnInvestment?

  /// How one budget fares under the option.
  package struct BudgetOutlook: Sendable {
    package var name: String
    package var period: BudgetPeriod
    /// Whether it refuses what would cross it: its breach is then the first refusal.
    package var refuses: Bool
    package var breachProbability: Double
    package var firstBreach: (p10: CalendarDay, p50: CalendarDay, p90: CalendarDay)?
    package var expectedOvershoot: Double
    /// Nil where the history is too short to ask for anything.
    package var askFor: Double?
    /// By month of the horizon: the part of paths in which the limit was passed in it, or before it
    /// in the budget's period that still runs.
    package var overByMonth: [Double]
  }
}
