import GenOpsScenario

/// Whether a change is worth it: what it saves against "as is", less what it costs, future by future.
///
/// It is judged from the first month on that can still change: months that have passed are in no number of it. Amounts
/// are discounted to the first day of the period, as everything else is, by the conventions of ``CashFlow``: the
/// net present values of two options differ by what the change between them is worth.
package struct DecisionReturn: Sendable {
  /// What the change costs over the period.
  package var cost: ForecastDistribution
  /// What it saves less what it costs and what the data is worth that it loses besides what "as is" loses, not
  /// discounted. Where that worth is not given, lost data has no part in it.
  package var net: ForecastDistribution
  /// The part of futures in which it saves less than it costs.
  package var probabilityOfLoss: Double
  /// Months until it has saved what it cost; infinity, which is "never", where the period ends before. 0 where it
  /// costs nothing and saves from the first month on.
  package var paybackMonths: ForecastDistribution
  /// The part of futures that pay back within the period.
  package var paybackProbability: Double
  /// Nil where data is lost whose worth is not given.
  package var npv: ForecastDistribution?
  /// (PV of what is saved − PV of what the change costs) / the latter, in percent; nil where a change costs nothing.
  package var roi: ForecastDistribution?
  package var discountRatePerYear: Double

  package init(
    cost: ForecastDistribution, net: ForecastDistribution, probabilityOfLoss: Double,
    paybackMonths: ForecastDistribution, paybackProbability: Double, npv: ForecastDistribution?,
    roi: ForecastDistribution?, discountRatePerYear: Double
  ) {
    self.cost = cost
    self.net = net
    self.probabilityOfLoss = probabilityOfLoss
    self.paybackMonths = paybackMonths
    self.paybackProbability = paybackProbability
    self.npv = npv
    self.roi = roi
    self.discountRatePerYear = discountRatePerYear
  }
}

extension ValueDraws {
  /// The rate where the scenario gives none.
  static let standardRate = 0.1

  /// What the change from "as is" to an option is worth. `base` and `bills` are currency units by path then month;
  /// `lost` is what is lost besides, by month and in the mean, whose worth counts where it is known. An option that
  /// loses less than "as is" earns nothing by that.
  func decision(
    _ option: Int, base: [Double], bills: [Double], lost: [Double]
  ) -> DecisionReturn? {
    let months = plan.period.months.count
    let first = firstMonthAhead
    guard option > 0, paths > 0, first < months else { return nil }
    let rate = plan.scenario.value?.discountRatePerYear ?? ValueDraws.standardRate
    let worth = plan.scenario.value?.lostEventWorth
    let losesMore = lost.reduce(0, +) > 0
    let lostWorth = losesMore ? lostWorth(lost) : lost.map { _ in 0 }
    let flows = (0..<paths).map { path -> CashFlow in
      let spent = spending(option, path)
      let row = path * months
      // `first` is less than `months`.
      return CashFlow(
        benefitAtStart: 0, costAtStart: first == 0 ? spent.atStart : spent.months[first - 1],
        benefits: (first..<months).map { base[row + $0] - bills[row + $0] - lostWorth[$0] },
        costs: Array(spent.months[first...]), ratePerYear: rate, delay: first)
    }
    let net = flows.map { $0.benefits.reduce(0, +) - $0.costs.reduce($0.costAtStart, +) }
    let payback = flows.map(\.simplePaybackMonths)
    let returns = flows.compactMap(\.returnOnInvestment)
    return DecisionReturn(
      cost: byPath((0..<paths).map { spending(option, $0).total }), net: byPath(net),
      probabilityOfLoss: Double(net.count { $0 < 0 }) / Double(paths),
      paybackMonths: ForecastDistribution(payback),
      paybackProbability: Double(payback.count(where: \.isFinite)) / Double(paths),
      npv: losesMore && worth == nil ? nil : byPath(flows.map(\.netPresentValue)),
      roi: returns.count == paths ? ForecastDistribution(returns) : nil,
      discountRatePerYear: rate)
  }
}
