package import GenOpsMetering
import GenOpsNumerics
package import GenOpsScenario
package import GenOpsUnits

/// Everything a run found out: what every report format renders and `result.json` holds.
///
/// Costs are in currency units (not exact: they are statistics over paths); amounts that are exact
/// are `Money`.
package struct ScenarioResult: Sendable {
  package var name: String
  package var currency: String
  package var provenance: Provenance
  package var months: [MonthResult]
  package var quarters: [PeriodResult]
  package var year: PeriodResult
  /// Names the whole period in tables: "Year" for twelve months, else "Total".
  package var yearLabel: String
  package var costByMeter: [MeterCost]
  /// What the terms of the contract come to over the period: a mean, negative where they take off.
  package var agreedTerms = 0.0
  /// Whether they change what is paid; budgets judge list prices.
  package var hasTerms: Bool { agreedTerms.magnitude >= 0.005 }
  package var budgets: [BudgetResult]
  package var attribution: [AttributionResult]
  /// The first is "as is".
  package var options: [OptionResult]
  package var roi: ReturnOnInvestment?
  /// Whether the scenario says what a lost event is worth; what is lost is in no NPV without it.
  package var lossHasWorth = false
  package var billCheck: BillCheck?
  package var trackRecord: TrackRecord?
  package var expectations: [ExpectationResult]
  /// What each fault of the scenario comes to.
  package var faults: [FaultResult] = []
  /// Why no headline may rest on the forecast; nil where one may.
  package var doubt: Doubt?
  /// Every number that is uncertain or assumed, that whose knowing is worth most first.
  package var register: [RegisteredNumber] = []
  /// What neither data nor the user says, and what it is worth.
  package var assumptions: [AssumptionResult] = []
  /// The billing periods that the history knows, the oldest first.
  package var actuals: [ActualPeriod] = []
  /// From the same months a year before to these; nil where the history does not know them.
  package var bridge: YearBridge?
  /// What the uncertain inputs do to cost and value "as is".
  package var drivers = FigureDrivers()
  package var findings: Findings
  /// The cumulative cost by day, for the fan chart.
  package var fan: Fan

  package init(
    name: String, currency: String, provenance: Provenance, months: [MonthResult],
    quarters: [PeriodResult], year: PeriodResult, yearLabel: String, costByMeter: [MeterCost],
    budgets: [BudgetResult], attribution: [AttributionResult], options: [OptionResult],
    roi: ReturnOnInvestment?, billCheck: BillCheck?, trackRecord: TrackRecord?,
    expectations: [ExpectationResult], findings: Findings, fan: Fan
  ) {
    self.name = name
    self.currency = currency
    self.provenance = provenance
    self.months = months
    self.quarters = quarters
    self.year = year
    self.yearLabel = yearLabel
    self.costByMeter = costByMeter
    self.budgets = budgets
    self.attribution = attribution
    self.options = options
    self.roi = roi
    self.billCheck = billCheck
    self.trackRecord = trackRecord
    self.expectations = expectations
    self.findings = findings
    self.fan = fan
  }
}

/// What a result is a function of.
package struct Provenance: Sendable, Hashable {
  package var version: String
  package var scenarioSHA256: String
  package var priceBook: String
  package var priceBookSHA256: String
  /// Days between the book's retrieval and the first day of the period.
  package var priceBookAgeDays: Int
  package var seed: UInt64
  package var paths: Int
  /// Hash of libm's answers; results with different ones may differ in the last digits.
  package var mathFingerprint: String
  /// "binned" or "exact".
  package var mode: String
  /// How the futures are spread: what standard errors rest on. Nil for independent ones.
  package var points: String?
  /// What was asked for on the command line besides seed and futures, so that it can be asked for again.
  package var request = Request()

  /// The words of a `genops run` that decide on its result.
  package struct Request: Sendable, Hashable {
    /// The scenario's file as it was named.
    package var scenario: String
    /// What `--set` and `--mode` put over it.
    package var settings: [String]
    /// The conditions of `--fail-on`.
    package var failOn: [String]

    package init(scenario: String = "", settings: [String] = [], failOn: [String] = []) {
      self.scenario = scenario
      self.settings = settings
      self.failOn = failOn
    }
  }

  package init(
    version: String, scenarioSHA256: String, priceBook: String, priceBookSHA256: String,
    priceBookAgeDays: Int, seed: UInt64, paths: Int, mathFingerprint: String, mode: String,
    points: String? = nil
  ) {
    self.version = version
    self.scenarioSHA256 = scenarioSHA256
    self.priceBook = priceBook
    self.priceBookSHA256 = priceBookSHA256
    self.priceBookAgeDays = priceBookAgeDays
    self.seed = seed
    self.paths = paths
    self.mathFingerprint = mathFingerprint
    self.mode = mode
    self.points = points
  }
}

/// One month "as is".
package struct MonthResult: Sendable {
  package var month: CalendarMonth
  /// How many of its first days come from the history: 0, some, or all.
  package var actualDays: Int
  package var cost: ForecastDistribution
  package var usage: [(meter: Meter, units: ForecastDistribution)]
  package var costByMeter: [(meter: Meter, cost: ForecastDistribution)]
  package var lost: LostData
  /// The part of paths over a budget in this month, the largest of all budgets: its limit was passed
  /// in the month, or before it in the budget's period that still runs. Nil without a budget.
  package var breachProbability: Double?
  /// The part of paths in which a budget that refuses was over on days of it that have passed, when nothing
  /// was refused; the largest of all budgets.
  package var wasOver = 0.0
  /// What the terms of the contract come to in it: a mean, negative where they take off.
  package var agreedTerms = 0.0
  /// What moves this month: names of changes that act in it, "days 1-14 are actual".
  package var drivers: [String]
  /// Streams of which some of the actual days are not known.
  package var unknown: [String]

  package init(
    month: CalendarMonth, actualDays: Int, cost: ForecastDistribution,
    usage: [(meter: Meter, units: ForecastDistribution)],
    costByMeter: [(meter: Meter, cost: ForecastDistribution)],
    lost: LostData, breachProbability: Double?, drivers: [String], unknown: [String] = []
  ) {
    self.month = month
    self.actualDays = actualDays
    self.cost = cost
    self.usage = usage
    self.costByMeter = costByMeter
    self.lost = lost
    self.breachProbability = breachProbability
    self.drivers = drivers
    self.unknown = unknown
  }

  /// What it costs beside usage, mean: fees, and what the terms add and take off.
  package var besideUsage: Double { cost.mean - costByMeter.reduce(0) { $0 + $1.cost.mean } }

  /// Whether every stream is known on every day.
  package var isActual: Bool { actualDays == month.dayCount && unknown.isEmpty }
}

/// The cost of one attribution: a team, a project, a tenant.
package struct AttributionResult: Sendable {
  package var attribution: Attribution
  /// The marginal view; the parts sum to the usage cost.
  package var cost: ForecastDistribution
  /// The pro-rata view of the whole bill, fees included.
  package var proRata: Double

  package init(attribution: Attribution, cost: ForecastDistribution, proRata: Double) {
    self.attribution = attribution
    self.cost = cost
    self.proRata = proRata
  }
}
