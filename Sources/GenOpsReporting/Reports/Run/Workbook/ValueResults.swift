import Foundation
import GenOpsSimulation

/// What the cash flows come to, as formulas, beside what they come to over all futures.
struct ValueResults {
  /// Where the cash flows are.
  struct Places {
    /// Months behind the start.
    var count: Int
    /// The column of the start.
    var start: Int
    var rate: CellPlace
    var index: Int
    var gain: Int
    var cost: Int
    var net: Int
    var simple: Int
    var discounted: Int

    func cell(_ row: Int, _ month: Int) -> String {
      CellPlace(ValueSheet.name, row, start + month).here
    }
    func line(_ row: Int, from month: Int = 0) -> String {
      cell(row, month) + ":" + cell(row, max(month, count))
    }
    func present(_ row: Int) -> String { CellPlace(ValueSheet.name, row, 2).here }
  }

  private let roi: ReturnOnInvestment
  private let flow: CashFlow

  init(_ roi: ReturnOnInvestment, _ flow: CashFlow) {
    self.roi = roi
    self.flow = flow
  }

  func add(to sheet: inout ReportSheet, _ places: Places) {
    sheet.add(
      [.text("What it comes to", .head)]
        + ["Of the means", "Low (p10)", "Over all futures", "High (p90)"].map {
          .text($0, .rightHead)
        } + [.text("Remark", .head)])
    func row(
      _ title: String, _ cell: ReportSheet.Cell, _ values: [Double?], _ form: ReportSheet.Form,
      remark: String = ""
    ) {
      sheet.add(
        [.text(title), cell]
          + values.map { value in
            value == .infinity ? .text("never", .right) : .number(value, form)
          } + [.text(remark, .note)])
    }
    let monthly = "(1+\(places.rate.fixed))^(1/12)-1"
    let npv = sheet.rows.count
    row(
      "Net present value",
      .formula(
        "\(places.cell(places.net, 0))+NPV(\(monthly),\(places.line(places.net, from: 1)))",
        flow.netPresentValue, .money, .strong),
      [roi.npv.p10, roi.npv.mean, roi.npv.p90], .money,
      remark: "below zero \(NumberText.inFutures(roi.probabilityOfLoss))")
    sheet.names.append(("net_present_value", CellPlace(ValueSheet.name, npv, 1)))
    let percent = ReportSheet.Form.share
    let (gain, cost) = (places.present(places.gain), places.present(places.cost))
    row(
      "Return on investment",
      flow.returnOnInvestment.map {
        .formula("(\(gain)-\(cost))/\(cost)", $0 / 100, percent)
      } ?? .text("nothing is spent", .right),
      [roi.roi?.p10, roi.roi?.mean, roi.roi?.p90].map { $0.map { $0 / 100 } }, percent)
    row(
      "Benefits over costs",
      flow.benefitCostRatio.map { .formula("\(gain)/\(cost)", $0, .money) }
        ?? .text("nothing is spent", .right),
      [roi.benefitCostRatio?.p10, roi.benefitCostRatio?.mean, roi.benefitCostRatio?.p90], .money)
    row("Rate of return a year", rateOfReturn(places), [], percent)
    for (words, line, rate, value, futures) in [
      ("", places.simple, 0, flow.simplePaybackMonths, roi.simplePaybackMonths),
      (
        ", discounted", places.discounted, flow.ratePerYear, flow.paybackMonths, roi.paybackMonths
      ),
    ] {
      let last = CellPlace(ValueSheet.name, sheet.rows.count, 1)
      row(
        "Last month that ends below zero" + words,
        .formula(
          "SUMPRODUCT(MAX((\(places.line(line))<0)*\(places.line(places.index))))",
          Double(lastBelowZero(rate)), .count), [], .count)
      row(
        "Months to pay back" + words, payback(line, value, places, last: last.here),
        [futures.p10, futures.p50, futures.p90], .number(decimals: 1),
        remark: "over all futures the middle one")
    }
  }

  /// The last month at whose end the sum so far is below zero; 0 where none is.
  private func lastBelowZero(_ rate: Double) -> Int {
    let nets =
      [flow.benefitAtStart - flow.costAtStart] + zip(flow.benefits, flow.costs).map { $0 - $1 }
    var (sum, last) = (0.0, 0)
    for (month, net) in nets.enumerated() {
      sum += net * pow(1 + rate, -Double(month) / 12)
      if sum < 0 { last = month }
    }
    return last
  }

  /// Per year, of the mean cash flow, where it has exactly one.
  private func rateOfReturn(_ places: Places) -> ReportSheet.Cell {
    guard let irr = roi.irr else { return .text("none or several", .right) }
    let guess = pow(1 + irr / 100, 1.0 / 12) - 1
    guard guess.isFinite, guess > -0.99 else { return .number(irr / 100, .share) }
    return .formula(
      "(1+IRR(\(places.line(places.net)),\(SheetXML.number(guess))))^12-1", irr / 100, .share)
  }

  /// Months until the sum in `line` stays at zero or above, within the month in proportion; `last` is the
  /// cell of the last month that ends below.
  private func payback(_ line: Int, _ value: Double, _ places: Places, last: String)
    -> ReportSheet.Cell
  {
    let sums = places.line(line)
    let (before, after) = ("INDEX(\(sums),\(last)+1)", "INDEX(\(sums),\(last)+2)")
    let formula =
      "IF(COUNTIF(\(sums),\"<0\")=0,0,IF(\(places.cell(line, places.count))<0,\"never\","
      + "\(last)-\(before)/(\(after)-\(before))))"
    return value.isFinite
      ? .formula(formula, value, .number(decimals: 1))
      : ReportSheet.Cell(.textFormula(formula, "never"), .number(decimals: 1), .right)
  }
}
