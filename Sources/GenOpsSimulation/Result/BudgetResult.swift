import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
package import GenOpsUnits

/// How a budget fares "as is".
package struct BudgetResult: Sendable {
  package var name: String
  package var limit: Money
  package var period: BudgetPeriod
  /// Whether it refuses what would cross it: then its limit is never passed, and a breach is the
  /// first refusal.
  package var refuses: Bool
  /// The part of paths in which at least one of its periods in the horizon is breached.
  package var breachProbability: Double
  /// Of a budget that refuses: the part of paths in which it was over on days that have passed. They stay as
  /// they are, so that is not a refusal and not in ``breachProbability``.
  package var wasOver = 0.0
  /// The day of the first breach over the paths that breach; nil when none does.
  package var firstBreach: (p10: CalendarDay, p50: CalendarDay, p90: CalendarDay)?
  /// Mean of offered spend − limit at the period's end over the paths that breach.
  package var expectedOvershoot: Double
  /// The amount that 80 % of paths stay within "as is", per budget period (the largest one);
  /// nil where the history is too short to ask for anything.
  package var askFor: Double?
  /// The same under the best option that loses no data, rests on no assumption and keeps the
  /// budget most often.
  package var askForWithOption: (option: String, amount: Double)?

  package init(
    name: String, limit: Money, period: BudgetPeriod, refuses: Bool, breachProbability: Double,
    firstBreach: (p10: CalendarDay, p50: CalendarDay, p90: CalendarDay)?,
    expectedOvershoot: Double, askFor: Double?,
    askForWithOption: (option: String, amount: Double)?
  ) {
    self.name = name
    self.limit = limit
    self.period = period
    self.refuses = refuses
    self.breachProbability = breachProbability
    self.firstBreach = firstBreach
    self.expectedOvershoot = expectedOvershoot
    self.askFor = askFor
    self.askForWithOption = askForWithOption
  }
}
