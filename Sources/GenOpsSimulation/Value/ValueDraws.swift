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

  init(_ simulation: Simulation) {
    let plan = simulation.plan
    self.plan = plan
    paths = simulation.paths
    let values = simulation.values
    let least = (plan.scenario.value?.lines ?? []).map { $0.beginsAtZero ? 0 : -Double.infinity }
    amounts = zip(plan.valueDraws, least).map { draw, least in
      (0..<simulation.paths).map { max(least, values[$0, draw.index]) }
    }
  }

  /// The return under one option; `bills` is currency units by path then month, without `fee`.
  func valuation(bills: [Double], fee: Double, lostUnits: Double) -> ReturnOnInvestment? {
    guard let value = plan.scenario.value, paths > 0 else { return nil }
    let months = plan.period.months.count
    let lostPerMonth = (value.lostEventWorth ?? 0) * lostUnits / Double(months)
    let parts = value.lines.map { $0.schedule.parts(of: plan.period.months) }
    func flow(_ amount: (Int) -> Double, _ bill: (Int) -> Double) -> CashFlow {
      var flow = CashFlow(
        benefitAtStart: 0, costAtStart: 0, benefits: .init(repeating: -lostPerMonth, count: months),
        costs: (0..<months).map { bill($0) + fee }, ratePerYear: value.discountRatePerYear)
      for (index, line) in value.lines.enumerated() {
        let amount = amount(index)
        if line.isOneOff {
          flow.add(amount, isBenefit: line.isBenefit, once: line.schedule, plan.period.months)
        } else if line.isBenefit {
          for month in 0..<months { flow.benefits[month] += amount * parts[index][month] }
        } else {
          for month in 0..<months { flow.costs[month] += amount * parts[index][month] }
        }
      }
      return flow
    }
    let flows = (0..<paths).map { path in
      flow({ amounts[$0][path] }, { bills[path * months + $0] })
    }
    let npv = flows.map(\.netPresentValue)
    let payback = flows.map(\.paybackMonths)
    let ratios = flows.compactMap(\.benefitCostRatio)
    let returns = flows.compactMap(\.returnOnInvestment)
    let meanBill = (0..<months).map { month in
      (0..<paths).reduce(0.0) { $0 + bills[$1 * months + month] } / Double(paths)
    }
    let means = amounts.map { $0.reduce(0, +) / Double(paths) }
    let mean = flow({ means[$0] }, { meanBill[$0] })
    return ReturnOnInvestment(
      npv: byPath(npv),
      // A mean over the futures that have a return would be one of another question.
      roi: returns.count == paths ? ForecastDistribution(returns) : nil,
      benefitCostRatio: ratios.count == paths ? ForecastDistribution(ratios) : nil,
      irr: mean.internalRateOfReturn, paybackMonths: ForecastDistribution(payback),
      simplePaybackMonths: ForecastDistribution(flows.map(\.simplePaybackMonths)),
      paybackProbability: Double(payback.count(where: \.isFinite)) / Double(paths),
      probabilityOfLoss: Double(npv.count { $0 < 0 }) / Double(paths),
      discountRatePerYear: value.discountRatePerYear,
      lines: lines(value, means, meanBill, fee, months),
      sensitivity: sensitivity(value, means, meanBill, bills, fee, flow: flow))
  }

  /// As ``ResultBuilder/distribution(_:)``.
  private func byPath(_ samples: [Double]) -> ForecastDistribution {
    var distribution = ForecastDistribution(samples)
    if plan.scenario.points != .random {
      distribution.standardError = plan.inputs.sampler.standardError(ofMean: samples)
    }
    return distribution
  }

  /// Present values by line, at the means.
  private func lines(
    _ value: ValueCase, _ means: [Double], _ bill: [Double], _ fee: Double, _ months: Int
  ) -> [(name: String, kind: String, presentValue: Double)] {
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
    bills.benefits = bill.map { $0 + fee }
    return own + [("PostHog", "cost", bills.presentBenefits)]
  }

  /// The net present value with one input at its p10 and p90 and the others at their means, the
  /// widest first.
  private func sensitivity(
    _ value: ValueCase, _ means: [Double], _ bill: [Double], _ bills: [Double], _ fee: Double,
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
