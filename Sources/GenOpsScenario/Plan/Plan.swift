import GenOpsCosting
package import GenOpsGovernance
package import GenOpsHistory
package import GenOpsUnits

/// What a run will do, known before it runs: the days, the streams and what they are made of, the
/// random inputs, the options.
package struct Plan: Sendable {
  package var scenario: Scenario
  package var period: Scenario.Period
  /// Days of the period that are taken from the history, from its first day on.
  package var actualDays: Int
  /// Days from the first forecast day to the end of the period.
  package var forecastDays: Int
  /// The first day that is not in the history.
  package var forecastStart: CalendarDay
  /// Every uncertain scalar.
  /// The variables come first, as ``VariableTable/inputs`` numbers them.
  package var draws: [PlanDraw]
  /// How the draws and the parameters of growth are decided, together.
  package var inputs: PlanInputs
  package var growth: [PlanGrowth]
  package var streams: [PlanStream]
  package var calendar: PlanCalendar
  package var faults: [PlanFault]
  package var changes: [PlanChange]
  /// The draw of each line of the value case.
  package var valueDraws: [DrawID]
  /// The first is "as is".
  package var options: [OptionPlan]
  package var levers: [[any Lever]]
  package var opening: OpeningBalance
  package var billingDay: Int
  /// What was used since credits or a commitment began, before the period.
  package var earlier: [EarlierUsage]
  package var history: UsageHistory
  /// The events of the period, where an exact run decides on recorded ones.
  package var recording: RecordedPeriod?
  package var bills: [BillingStatement]
  package var findings: Findings

  /// The period's days by month and billing period.
  package var slices: BillingSlices { BillingSlices(period.months, billingDay: billingDay) }
}
