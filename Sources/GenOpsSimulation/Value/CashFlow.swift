import Foundation
import GenOpsScenario
import GenOpsUnits

/// The value of a stream of monthly amounts, by the conventions of ``ReturnOnInvestment``.
///
/// The first day of the period is undiscounted; month *m* = 1, 2, … is discounted by
/// `(1 + r)^(m/12)` with the yearly rate `r`, at the month's end. A flow that
/// begins later is valued on that day too. ROI is (PV of benefits − PV of costs) / PV of costs
/// (Forrester TEI's definition of return on investment).
package struct CashFlow: Sendable {
  /// Months from the day of the value to time 0 of the flow.
  package var delay: Int
  /// What is earned and spent at time 0.
  package var benefitAtStart: Double
  package var costAtStart: Double
  /// By month.
  package var benefits: [Double]
  package var costs: [Double]
  package var ratePerYear: Double

  package init(
    benefitAtStart: Double, costAtStart: Double, benefits: [Double], costs: [Double],
    ratePerYear: Double, delay: Int = 0
  ) {
    self.delay = delay
    self.benefitAtStart = benefitAtStart
    self.costAtStart = costAtStart
    self.benefits = benefits
    self.costs = costs
    self.ratePerYear = ratePerYear
  }

  private func discounted(_ amounts: [Double], _ atStart: Double, _ rate: Double) -> Double {
    let step = 1 / pow(1 + rate, 1.0 / 12)
    var factor = pow(step, Double(delay))
    var total = atStart * factor
    for amount in amounts {
      factor *= step
      total += amount * factor
    }
    return total
  }

  package var presentBenefits: Double { discounted(benefits, benefitAtStart, ratePerYear) }
  package var presentCosts: Double { discounted(costs, costAtStart, ratePerYear) }
  package var netPresentValue: Double { presentBenefits - presentCosts }

  /// In percent; nil where nothing is spent, which has no return.
  package var returnOnInvestment: Double? {
    let spent = presentCosts
    return spent > 0 ? (presentBenefits - spent) / spent * 100 : nil
  }

  /// PV of benefits over PV of costs; nil where nothing is spent.
  package var benefitCostRatio: Double? {
    let spent = presentCosts
    return spent > 0 ? presentBenefits / spent : nil
  }

  /// Adds what comes once: at the start, or in the month that `schedule` names, if it lies in `months`.
  mutating func add(
    _ amount: Double, isBenefit: Bool, once schedule: ValueSchedule, _ months: [CalendarMonth]
  ) {
    switch (schedule.from, schedule.month(in: months)) {
    case (nil, _): if isBenefit { benefitAtStart += amount } else { costAtStart += amount }
    case (_, let month?): if isBenefit { benefits[month] += amount } else { costs[month] += amount }
    case (_, nil): break
    }
  }

  /// Months until the cumulative discounted net value stays at zero or above, interpolated within
  /// the month; 0 when it never falls below; infinity, which is "never", when it does not get there
  /// within the horizon.
  package var paybackMonths: Double { payback(ratePerYear) }

  /// As ``paybackMonths``, of amounts that are not discounted.
  package var simplePaybackMonths: Double { payback(0) }

  private func payback(_ rate: Double) -> Double {
    let step = 1 / pow(1 + rate, 1.0 / 12)
    var factor = 1.0
    var total = benefitAtStart - costAtStart
    var crossing = total >= 0 ? 0 : Double.infinity
    for index in benefits.indices {
      factor *= step
      let net = (benefits[index] - costs[index]) * factor
      let before = total
      total += net
      if total < 0 {
        crossing = .infinity
      } else if crossing == .infinity {
        crossing = Double(index) + (net > 0 ? -before / net : 0)
      }
    }
    return crossing
  }

  /// The yearly rate at which the net present value is zero, in percent, when the net flow changes
  /// its sign exactly once, from what is spent to what is earned; otherwise there is none or more than one,
  /// and the answer is nil. A flow that is earned first and paid back has a rate too, but of a loan: it
  /// would be called a return and is the better the lower it is.
  package var internalRateOfReturn: Double? {
    let flow = [benefitAtStart - costAtStart] + zip(benefits, costs).map { $0 - $1 }
    let signs = flow.filter { $0 != 0 }.map { $0 > 0 }
    let changes = zip(signs, signs.dropFirst()).count { $0 != $1 }
    guard changes == 1, signs.first == false else { return nil }
    // In powers of a month's discount factor it is a polynomial whose signs change once, so it has exactly
    // one positive root (Descartes), below which it is negative.
    func value(_ factor: Double) -> Double { flow.reversed().reduce(0) { $0 * factor + $1 } }
    var (low, high) = (0.0, 1.0)
    while value(high) <= 0, high < 1e4 { (low, high) = (high, high * 2) }
    guard value(high) > 0 else { return nil }
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if value(middle) > 0 { high = middle } else { low = middle }
    }
    return (pow(high, -12) - 1) * 100
  }
}
