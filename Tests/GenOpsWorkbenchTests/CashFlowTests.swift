import Foundation
import Testing

@testable import GenOpsWorkbench

struct `A cash flow` {
  @Test func `has the present value of an annuity`() throws {
    let flow = CashFlow(
      benefitAtStart: 0, costAtStart: 1_000, benefits: .init(repeating: 100, count: 12),
      costs: .init(repeating: 0, count: 12), ratePerYear: 0.1)
    let monthly = pow(1.1, 1.0 / 12) - 1
    let annuity = 100 * (1 - pow(1 + monthly, -12)) / monthly
    #expect(abs(flow.netPresentValue - (annuity - 1_000)) < 1e-9)
    let roi = try #require(flow.returnOnInvestment)
    #expect(abs(roi - (annuity / 1_000 - 1) * 100) < 1e-9)
    let rate = try #require(flow.internalRateOfReturn)
    var again = flow
    again.ratePerYear = rate / 100
    #expect(abs(again.netPresentValue) < 1e-6)
  }

  @Test func `pays back when the cumulative value returns to zero`() {
    func flow(_ cost: Double, _ rate: Double = 0) -> CashFlow {
      CashFlow(
        benefitAtStart: 0, costAtStart: cost, benefits: .init(repeating: 100, count: 12),
        costs: .init(repeating: 0, count: 12), ratePerYear: rate)
    }
    #expect(flow(250).paybackMonths == 2.5)
    #expect(flow(0).paybackMonths == 0)
    #expect(flow(1_201).paybackMonths == nil)
  }

  @Test func `has no rate of return without exactly one change of sign`() {
    let flow = CashFlow(
      benefitAtStart: 0, costAtStart: 0, benefits: [1, 0, 1], costs: [0, 5, 0], ratePerYear: 0)
    #expect(flow.internalRateOfReturn == nil)
  }
}
