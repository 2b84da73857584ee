import GenOpsCosting
package import GenOpsGovernance
package import GenOpsHistory
package import GenOpsUnits

/// What a run will do, known before it runs: the days, the streams and what they are made of, the
/// random inputs, the options.
package struct Plan: Sendable {
  package var scenario: Scenario
  package var period: Scenario.Period
  /// Days of the period before the first that is forecast. The history may not know all of them.
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
  /// What a year ago had and the forecast lacks.
  package var missingPeaks: [MissingPeak]
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
  /// Why an exact run does not decide on the events that were recorded; nil where it does, and where none
  /// were.
  package var recordingObstacle: String?
  package var bills: [BillingStatement]
  /// How the forecaster would have done on the past; nil where the history is too short to tell.
  package var trackRecord: TrackRecord?
  package var findings: Findings

  /// The period's days by month and billing period.
  package var slices: BillingSlices { BillingSlices(period.months, billingDay: billingDay) }

  /// How many days of the period the history knows something of.
  package var knownDays: Int {
    (0..<actualDays).count { day in
      history.series.contains { $0[period.start.advanced(by: day)] != nil }
    }
  }
}
