import GenOpsHistory
package import GenOpsMetering
package import GenOpsScenario
package import GenOpsUnits

/// One alternative on the same futures.
package struct OptionResult: Sendable {
  package var name: String
  package var cost: ForecastDistribution
  /// "as is" minus this, path by path.
  package var saves: ForecastDistribution
  /// Over the horizon, for the first budget; nil without a budget.
  package var breachProbability: Double?
  package var lost: LostData
  /// What else changes, short: "flags up to 5 min late".
  package var sideEffects: [String]
  /// Nil without `value:` and where data is lost whose worth is not given.
  package var npv: ForecastDistribution?
  /// Cost quantile to ask for at 80 %.
  package var askFor: Double

  package init(
    name: String, cost: ForecastDistribution, saves: ForecastDistribution,
    breachProbability: Double?,
    lost: LostData, sideEffects: [String], npv: ForecastDistribution?, askFor: Double
  ) {
    self.name = name
    self.cost = cost
    self.saves = saves
    self.breachProbability = breachProbability
    self.lost = lost
    self.sideEffects = sideEffects
    self.npv = npv
    self.askFor = askFor
  }
}

/// Is it worth the money, "as is".
package struct ReturnOnInvestment: Sendable {
  package var npv: ForecastDistribution
  /// (PV of benefits − PV of costs) / PV of costs, in percent.
  package var roi: ForecastDistribution
  /// Per year, in percent, of the mean cash flow; nil when it has no or more than one solution.
  package var irr: Double?
  /// Months until cumulative discounted value is not negative, over the paths that pay back.
  package var paybackMonths: ForecastDistribution?
  /// The part of paths that pay back within the horizon.
  package var paybackProbability: Double
  package var probabilityOfLoss: Double
  package var discountRatePerYear: Double
  /// Benefits and costs by line: means of the present value.
  package var lines: [(name: String, kind: String, presentValue: Double)]
  /// Inputs by how much they move NPV: value of NPV at the input's p10 and p90.
  package var sensitivity: [(input: String, low: Double, high: Double)]

  package init(
    npv: ForecastDistribution, roi: ForecastDistribution, irr: Double?,
    paybackMonths: ForecastDistribution?,
    paybackProbability: Double, probabilityOfLoss: Double, discountRatePerYear: Double,
    lines: [(name: String, kind: String, presentValue: Double)],
    sensitivity: [(input: String, low: Double, high: Double)]
  ) {
    self.npv = npv
    self.roi = roi
    self.irr = irr
    self.paybackMonths = paybackMonths
    self.paybackProbability = paybackProbability
    self.probabilityOfLoss = probabilityOfLoss
    self.discountRatePerYear = discountRatePerYear
    self.lines = lines
    self.sensitivity = sensitivity
  }
}

/// What the model says of months that were billed, against the bills.
package struct BillCheck: Sendable, Hashable {
  package struct Month: Sendable, Hashable {
    package var month: CalendarMonth
    package var modelled: Money
    package var billed: Money

    package init(month: CalendarMonth, modelled: Money, billed: Money) {
      self.month = month
      self.modelled = modelled
      self.billed = billed
    }
  }
  package var months: [Month]
  package var modelled: Money
  package var billed: Money
  /// Within 2 %.
  package var passes: Bool
  /// What was billed and is on neither side, because the history does not have its usage.
  package var leftOut: [Meter]

  package init(
    months: [Month], modelled: Money, billed: Money, passes: Bool, leftOut: [Meter] = []
  ) {
    self.months = months
    self.modelled = modelled
    self.billed = billed
    self.passes = passes
    self.leftOut = leftOut
  }
}

/// How the same forecaster would have done on the months of the history.
package struct TrackRecord: Sendable, Hashable {
  package var months: Int
  /// Mean absolute error of the month's cost, in percent.
  package var meanAbsolutePercentError: Double
  /// The part of months whose actual cost lay within the 80 % interval.
  package var coverage80: Double

  package init(months: Int, meanAbsolutePercentError: Double, coverage80: Double) {
    self.months = months
    self.meanAbsolutePercentError = meanAbsolutePercentError
    self.coverage80 = coverage80
  }
}

/// One line of `expect:` or `--fail-on`.
package struct ExpectationResult: Sendable, Hashable {
  package var option: String
  package var expression: String
  /// The measured value as text with its unit.
  package var value: String
  /// Whether the result knows the value; what it does not know never passes.
  package var isKnown: Bool
  package var passed: Bool

  package init(
    option: String, expression: String, value: String, isKnown: Bool = true, passed: Bool
  ) {
    self.isKnown = isKnown
    self.option = option
    self.expression = expression
    self.value = value
    self.passed = passed
  }
}

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
