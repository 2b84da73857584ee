import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// Is it worth the money, "as is".
package struct ReturnOnInvestment: Sendable {
  package var npv: ForecastDistribution
  /// (PV of benefits − PV of costs) / PV of costs, in percent; nil where some future spends nothing,
  /// which has no return.
  package var roi: ForecastDistribution?
  /// PV of benefits / PV of costs; nil where some future spends nothing.
  package var benefitCostRatio: ForecastDistribution?
  /// Per year, in percent, of the mean cash flow; nil when it has no or more than one solution.
  package var irr: Double?
  /// Months until cumulative discounted value stays at zero or above, over all paths. A path that
  /// does not get there within the horizon counts as infinity: so does a quantile that falls on
  /// one, and the mean where there is one.
  package var paybackMonths: ForecastDistribution
  /// As ``paybackMonths``, not discounted.
  package var simplePaybackMonths: ForecastDistribution
  /// The part of paths that pay back within the horizon.
  package var paybackProbability: Double
  package var probabilityOfLoss: Double
  package var discountRatePerYear: Double
  /// Benefits and costs by line: means of the present value.
  package var lines: [(name: String, kind: String, presentValue: Double)]
  /// What comes and goes by month, line by line, the bill last: means over all paths.
  package var flows: [ValueFlow] = []
  /// Inputs by how much they move NPV: value of NPV at the input's p10 and p90.
  package var sensitivity: [(input: String, low: Double, high: Double)]

  package init(
    npv: ForecastDistribution, roi: ForecastDistribution?,
    benefitCostRatio: ForecastDistribution? = nil, irr: Double?,
    paybackMonths: ForecastDistribution, simplePaybackMonths: ForecastDistribution,
    paybackProbability: Double, probabilityOfLoss: Double, discountRatePerYear: Double,
    lines: [(name: String, kind: String, presentValue: Double)],
    sensitivity: [(input: String, low: Double, high: Double)]
  ) {
    self.npv = npv
    self.roi = roi
    self.benefitCostRatio = benefitCostRatio
    self.irr = irr
    self.paybackMonths = paybackMonths
    self.simplePaybackMonths = simplePaybackMonths
    self.paybackProbability = paybackProbability
    self.probabilityOfLoss = probabilityOfLoss
    self.discountRatePerYear = discountRatePerYear
    self.lines = lines
    self.sensitivity = sensitivity
  }
}

/// One line of the value case in the mean of all paths: what it brings or takes, in currency units.
package struct ValueFlow: Sendable, Hashable {
  package var name: String
  package var kind: String
  /// Whether it is on the side of the benefits; what is lost is there too, below zero.
  package var isBenefit: Bool
  /// On the first day of the period.
  package var atStart: Double
  package var byMonth: [Double]

  package init(
    name: String, kind: String, isBenefit: Bool, atStart: Double, byMonth: [Double]
  ) {
    self.name = name
    self.kind = kind
    self.isBenefit = isBenefit
    self.atStart = atStart
    self.byMonth = byMonth
  }
}
