import Foundation
import Testing

@testable import GenOpsScenario
@testable import GenOpsSimulation

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
    #expect(flow(1_201).paybackMonths == .infinity)
  }

  /// Hours of work at 75 USD before it saves anything, then a saving and hours of care each month.
  @Test(arguments: [
    (8.0, 15.75, 1.0, -59.25), (16, 8.50, 2, -141.50), (12, 22.30, 0.5, -15.20),
    (24, 45.80, 3, -179.20),
  ])
  func `says so when it is not worth it`(work: Double, saving: Double, care: Double, net: Double)
    throws
  {
    let flow = CashFlow(
      benefitAtStart: 0, costAtStart: work * 75, benefits: .init(repeating: saving, count: 12),
      costs: .init(repeating: care * 75, count: 12), ratePerYear: 0)
    #expect(abs(flow.netPresentValue - (12 * net - work * 75)) < 1e-9)
    #expect(flow.paybackMonths == .infinity)
    #expect(try #require(flow.returnOnInvestment) < 0)
  }

  /// Three incidents of 25,000 USD, 70 % of them prevented, and 40 hours at 150 USD, for 2,500 USD.
  @Test func `is that of the guide's example`() throws {
    let benefit = 3 * 25_000 * 0.7 + 40 * 150
    let flow = CashFlow(
      benefitAtStart: 0, costAtStart: 0, benefits: .init(repeating: benefit, count: 12),
      costs: .init(repeating: 2500, count: 12), ratePerYear: 0)
    #expect(benefit == 58_500 && abs(flow.netPresentValue - 12 * 56_000) < 1e-6)
    #expect(abs(try #require(flow.returnOnInvestment) - 2240) < 1e-9)
    #expect(flow.paybackMonths == 0)
  }

  @Test func `has no rate of return without exactly one change of sign`() {
    let flow = CashFlow(
      benefitAtStart: 0, costAtStart: 0, benefits: [1, 0, 1], costs: [0, 5, 0], ratePerYear: 0)
    #expect(flow.internalRateOfReturn == nil)
  }

  @Test func `has no rate of return where it is earned first and paid back`() {
    let loan = CashFlow(
      benefitAtStart: 100, costAtStart: 0, benefits: [0, 0], costs: [0, 120], ratePerYear: 0.08)
    #expect(loan.internalRateOfReturn == nil)
  }
}
