import GenOpsCosting
package import GenOpsForecasting
package import GenOpsGovernance
package import GenOpsHistory
package import GenOpsMetering
package import GenOpsNumerics
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
  /// Every uncertain scalar: drawn once per path however often it is used.
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
  package var valueDraws: [Int]
  /// The first is "as is".
  package var options: [OptionPlan]
  package var levers: [[any Lever]]
  package var opening: OpeningBalance
  package var billingDay: Int
  package var history: UsageHistory
  /// The events of the period, where an exact run decides on recorded ones.
  package var recording: RecordedPeriod?
  package var bills: [BillingStatement]
  package var findings: Findings
}

/// One uncertain scalar.
package struct PlanDraw: Sendable {
  /// Names the random stream; the same name is the same draw.
  package var name: String
  package var distribution: UncertainValue
  /// Where it follows from the draws before it, how; the distribution is then its value at their
  /// means.
  package var function: (@Sendable ([Double]) -> Double)?

  package init(
    name: String, distribution: UncertainValue, function: (@Sendable ([Double]) -> Double)? = nil
  ) {
    self.name = name
    self.distribution = distribution
    self.function = function
  }
}

/// One growth, shared by all streams that it moves.
package struct PlanGrowth: Sendable {
  package var name: String
  package var model: any GrowthModel
}

/// Usage of one kind and one owner, day by day.
package struct PlanStream: Sendable {
  package enum Weight: Sendable {
    case one
    /// This draw, as a share.
    case share(Int)
    /// What that share leaves.
    case rest(Int)
  }

  /// Shows in `plan`.
  package var name: String
  package var meter: Meter
  package var attribution: Attribution
  /// Level, season, growth, the errors of its history, count noise: a forecast day's mean and how
  /// it scatters, before ``factors``, ``weight`` and changes.
  package var model: StreamModel
  /// Draws that every day is multiplied by: users, what each of them does, servers.
  package var factors: [Int] = []
  package var weight = Weight.one
  /// Index into the plan's growth; nil follows the history, or stays.
  package var growth: Int?
  /// Units of the days that are actual.
  package var actual: [Int64]
  /// Identified units of those days, for event streams.
  package var identifiedActual: [Int64] = []
  /// The draw of the identified share of forecast days; nil for other meters.
  package var identifiedShare: Int?
  /// Parts of an event stream: names with the draws of their shares; the rest is "other".
  package var mix: [(event: String, share: Int)] = []
  /// The draw of the number of equal users who would scatter as this stream's do when sampled; nil
  /// where nothing is said of its people.
  package var effectiveUsers: Int?
  package var isPoll = false
  /// Index into the plan's faults, of the one that makes this stream; nil for normal usage.
  package var fault: Int?
  /// Index into the groups of the plan's calendar; nil where no date changes anything.
  package var calendar: Int?
  /// Seconds between two polls of a server, where this is a poll stream.
  package var pollInterval = FlagPollers.defaultInterval

  /// Expected units of a day before growth, season and changes.
  package func level(_ draws: [PlanDraw]) -> Double {
    let share =
      switch weight {
      case .one: 1.0
      case .share(let draw): draws[draw].distribution.mean
      case .rest(let draw): 1 - draws[draw].distribution.mean
      }
    return factors.reduce(model.level * share) { $0 * draws[$1].distribution.mean }
  }
}

/// One effect of a change on one stream.
package struct PlanChange: Sendable {
  package enum Kind: Sendable { case factor, add }
  package var name: String
  package var stream: Int
  package var kind: Kind
  /// The draw of the effect.
  package var draw: Int
  /// What an added draw is multiplied with to give units per day.
  package var scale: Double
  /// Forecast days `[from, to)`; 0 is the first forecast day.
  package var days: Range<Int>
}
