import Foundation
import GenOpsTestSupport
import GenOpsUnits
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

  /// 400 flows of numpy-financial and pyxirr: `Cases/cashflow.cases`.
  @Test func `is worth what other programs say`() throws {
    let cases = TextCase.lines("cashflow")
    #expect(cases.count == 400)
    for one in cases {
      let parts = one.text.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
      try #require(parts.count == 6, "\(one.line)")
      let net = parts[1].compactMap(Double.init)
      let flow = CashFlow(
        benefitAtStart: max(0, net[0]), costAtStart: max(0, -net[0]),
        benefits: net.dropFirst().map { max(0, $0) }, costs: net.dropFirst().map { max(0, -$0) },
        ratePerYear: try #require(Double(parts[0][0])))
      func near(_ value: Double?, _ expected: String) -> Bool {
        guard let number = Double(expected) else {
          return expected == "never" ? value == .infinity : value == nil
        }
        return value.map { abs($0 - number) <= 1e-7 * max(1, abs(number)) } ?? false
      }
      #expect(near(flow.netPresentValue, parts[2][0]), "line \(one.line)")
      #expect(near(flow.internalRateOfReturn, parts[3][0]), "line \(one.line)")
      #expect(near(flow.paybackMonths, parts[4][0]), "line \(one.line)")
      #expect(near(flow.simplePaybackMonths, parts[5][0]), "line \(one.line)")
    }
  }

  @Test func `has the parts of an amount that its months have`() {
    let months = (0..<6).map { CalendarMonth(year: 2027, month: 1).advanced(by: $0) }
    let ramp = ValueSchedule(
      from: CalendarMonth("2027-02"), to: CalendarMonth("2027-05"), ramp: 4)
    #expect(ramp.parts(of: months) == [0, 0.25, 0.5, 0.75, 1, 0])
    // What began before the period has gone some of its way.
    let early = ValueSchedule(from: CalendarMonth("2026-12"), ramp: 4)
    #expect(early.parts(of: months) == [0.5, 0.75, 1, 1, 1, 1])
    #expect(ValueSchedule().parts(of: months) == [1, 1, 1, 1, 1, 1])
  }

  /// 12 months at 0 %: a benefit that ramps over 4 months from March on has 0.25 + 0.5 + 0.75 + 7 of them, and
  /// a cost of 400 that comes in June.
  @Test func `begins, ramps and ends as the scenario says`() async throws {
    let text = """
      period: 2027-01 to 2027-12
      traffic: [shop: {events: 1k per month, identified: 0%, noise: none}]
      value:
        discount_rate: 0% per year
        benefits: [tools: {amount: 100 USD per month, from: 2027-03, ramp: 4 months}]
        costs: [training: {amount: 400 USD, from: 2027-06}]

      """
    let run = try await TextScenario.run(text, paths: 2)
    let roi = try #require(run.result.roi)
    #expect(abs(roi.npv.mean - (850 - 400)) < 1e-6)
    #expect(abs((roi.benefitCostRatio?.mean ?? 0) - 850.0 / 400) < 1e-9)
    let late = text.replacing("from: 2027-06", with: "from: 2029-06")
    #expect(
      TextScenario.findings(late).contains {
        $0.code == "matched-nothing" && $0.message.contains("training")
      })
    let wrong = TextScenario.findings(text.replacing("ramp: 4 months", with: "ramp: 4 days"))
    #expect(wrong.contains { $0.code == "wrong-unit" && $0.message.contains("ramp") })
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
