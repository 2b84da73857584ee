import Foundation
import GenOpsNumerics
import GenOpsPostHog
import GenOpsScenario
import GenOpsUnits

/// The uncertain amounts of `value:`, drawn once per path and met by every option.
struct ValueDraws {
  let plan: Plan
  let paths: Int
  /// By line, then path.
  let amounts: [[Double]]
  /// By line: the part of its amount that each month has.
  private let parts: [[Double]]
  let values: PathColumn<Double>

  init(_ simulation: Simulation) {
    let plan = simulation.plan
    self.plan = plan
    paths = simulation.paths
    let values = simulation.values
    self.values = values
    parts = (plan.scenario.value?.lines ?? []).map { $0.schedule.parts(of: plan.period.months) }
    let least = (plan.scenario.value?.lines ?? []).map { $0.beginsAtZero ? 0 : -Double.infinity }
    amounts = zip(plan.valueDraws, least).map { draw, least in
      (0..<simulation.paths).map { max(least, values[$0, draw.index]) }
    }
  }

  /// The return under one option, whose `bills` are currency units by path then month, and which in the mean loses
  /// `lost` items by month. Nil without `value:`.
  func valuation(option: Int, bills: [Double], lost: [Double]) -> ReturnOnInvestment? {
    guard let value = plan.scenario.value, paths > 0 else { return nil }
    let months = plan.period.months.count
    let flows = flows(option: option, bills: bills, lost: lost)
    let npv = flows.map(\.netPresentValue)
    let payback = flows.map(\.paybackMonths)
    let ratios = flows.compactMap(\.benefitCostRatio)
    let returns = flows.compactMap(\.returnOnInvestment)
    let meanBill = (0..<months).map { month in
      (0..<paths).reduce(0.0) { $0 + bills[$1 * months + month] } / Double(paths)
    }
    let means = amounts.map { $0.reduce(0, +) / Double(paths) }
    let spent = meanSpending(option)
    let lostWorth = lostWorth(lost)
    func flow(_ amount: (Int) -> Double, _ bill: (Int) -> Double) -> CashFlow {
      self.flow(value, lostWorth, amount, bill, spent)
    }
    let mean = flow({ means[$0] }, { meanBill[$0] })
    var result = ReturnOnInvestment(
      npv: byPath(npv),
      // A mean over the futures that have a return would be one of another question.
      roi: returns.count == paths ? ForecastDistribution(returns) : nil,
      benefitCostRatio: ratios.count == paths ? ForecastDistribution(ratios) : nil,
      irr: mean.internalRateOfReturn, paybackMonths: ForecastDistribution(payback),
      simplePaybackMonths: ForecastDistribution(flows.map(\.simplePaybackMonths)),
      paybackProbability: Double(payback.count(where: \.isFinite)) / Double(paths),
      probabilityOfLoss: Double(npv.count { $0 < 0 }) / Double(paths),
      discountRatePerYear: value.discountRatePerYear,
      lines: lines(value, means, meanBill, spent),
      sensitivity: sensitivity(value, means, meanBill, bills, flow: flow))
    result.flows = meanFlows(value, means, lostWorth: lostWorth, meanBill, spent)
    return result
  }

  /// The flow of each future under one option, or of the first `paths`; empty without `value:`.
  func flows(
    option: Int, bills: [Double], lost: [Double], paths: Int? = nil
  ) -> [CashFlow] {
    guard let value = plan.scenario.value else { return [] }
    let months = plan.period.months.count
    let lostWorth = lostWorth(lost)
    return (0..<(paths ?? self.paths)).map { path in
      flow(
        value, lostWorth, { amounts[$0][path] }, { bills[path * months + $0] },
        spending(option, path))
    }
  }

  /// What the items that are lost by month would have been worth in the months that lose them.
  func lostWorth(_ items: [Double]) -> [Double] {
    items.map { $0 * (plan.scenario.value?.lostEventWorth ?? 0) }
  }

  private func flow(
    _ value: ValueCase, _ lostWorth: [Double], _ amount: (Int) -> Double, _ bill: (Int) -> Double,
    _ spent: ChangeSpending
  ) -> CashFlow {
    let months = plan.period.months.count
    var flow = CashFlow(
      benefitAtStart: 0, costAtStart: spent.atStart,
      benefits: lostWorth.map { -$0 },
      costs: (0..<months).map { bill($0) + spent.months[$0] },
      ratePerYear: value.discountRatePerYear)
    for (index, line) in value.lines.enumerated() {
      let amount = amount(index)
      if line.isOneOff {
        flow.add(amount, isBenefit: line.isBenefit, once: line.schedule, plan.period.months)
        continue
      }
      let parts = parts[index]
      for month in 0..<months {
        if line.isBenefit {
          flow.benefits[month] += amount * parts[month]
        } else {
          flow.costs[month] += amount * parts[month]
        }
      }
    }
    return flow
  }

  /// As ``ResultBuilder/distribution(_:)``.
  func byPath(_ samples: [Double]) -> ForecastDistribution {
    var distribution = ForecastDistribution(samples)
    if plan.scenario.points != .random {
      distribution.standardError = plan.inputs.sampler.standardError(ofMean: samples)
    }
    return distribution
  }

  /// Present values by line, at the means.
  private func lines(
    _ value: ValueCase, _ means: [Double], _ bill: [Double], _ spent: ChangeSpending
  ) -> [(name: String, kind: String, presentValue: Double)] {
    let months = bill.count
    func empty() -> CashFlow {
      CashFlow(
        benefitAtStart: 0, costAtStart: 0, benefits: .init(repeating: 0, count: months),
        costs: .init(repeating: 0, count: months), ratePerYear: value.discountRatePerYear)
    }
    let own = value.lines.enumerated().map { index, line in
      var flow = empty()
      if line.isOneOff {
        flow.add(means[index], isBenefit: true, once: line.schedule, plan.period.months)
      } else {
        flow.benefits = line.schedule.parts(of: plan.period.months).map { $0 * means[index] }
      }
      return (name: line.name, kind: line.kind, presentValue: flow.presentBenefits)
    }
    var bills = empty()
    bills.benefits = bill
    var change = empty()
    (change.benefitAtStart, change.benefits) = (spent.atStart, spent.months)
    return own + [("PostHog", "cost", bills.presentBenefits)]
      + (spent.total > 0 ? [("the change", "cost", change.presentBenefits)] : [])
  }

  /// The net present value with one input at its p10 and p90 and the others at their means, the
  /// widest first.
  private func sensitivity(
    _ value: ValueCase, _ means: [Double], _ bill: [Double], _ bills: [Double],
    flow: ((Int) -> Double, (Int) -> Double) -> CashFlow
  ) -> [(input: String, low: Double, high: Double)] {
    var rows: [(input: String, low: Double, high: Double)] = []
    for (index, line) in value.lines.enumerated() where !line.amount.isConstant {
      func at(_ p: Double) -> Double {
        flow({ $0 == index ? line.amount.quantile(p) : means[$0] }, { bill[$0] }).netPresentValue
      }
      rows.append((line.name, at(0.1), at(0.9)))
    }
    let months = bill.count
    let totals = (0..<paths).map { path in
      (0..<months).reduce(0.0) { $0 + bills[path * months + $1] }
    }.sorted()
    let total = bill.reduce(0, +)
    if total > 0 {
      func at(_ p: Double) -> Double {
        let factor = Statistics.quantile(ofSorted: totals, at: p) / total
        return flow({ means[$0] }, { bill[$0] * factor }).netPresentValue
      }
      rows.append(("PostHog bill", at(0.1), at(0.9)))
    }
    return rows.sorted { abs($0.high - $0.low) > abs($1.high - $1.low) }
  }
}
