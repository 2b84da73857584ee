import Foundation
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// Whether it is worth the money: what comes and goes by month in the mean of all futures, with formulas for
/// its present value, return and time to pay back.
struct ValueSheet {
  static let name = "Value"
  /// Where the first day of the period stands; the first month is behind it.
  private static let start = 3

  private(set) var sheet = ReportSheet(ValueSheet.name)
  private(set) var netPresentValue: CellPlace?
  private let count: Int
  private let flow: CashFlow
  private let rate: CellPlace

  init(_ result: ScenarioResult, _ roi: ReturnOnInvestment, _ months: MonthSheet) {
    let names = result.months.map { DateText.month($0.month) }
    count = names.count
    var flow = CashFlow(
      benefitAtStart: 0, costAtStart: 0, benefits: names.map { _ in 0 },
      costs: names.map { _ in 0 },
      ratePerYear: roi.discountRatePerYear)
    for line in roi.flows where line.byMonth.count == names.count {
      if line.isBenefit {
        flow.benefitAtStart += line.atStart
        flow.benefits = zip(flow.benefits, line.byMonth).map { $0 + $1 }
      } else {
        flow.costAtStart += line.atStart
        flow.costs = zip(flow.costs, line.byMonth).map { $0 + $1 }
      }
    }
    self.flow = flow
    sheet.open(
      "Is it worth it, as is, in \(result.currency)",
      [
        "Benefits and costs are means of all futures; the bill moves with what is changed in this workbook.",
        "Month m counts at its end, discounted by (1 + rate) to the power of m/12; the start is not discounted.",
      ])
    rate = CellPlace(ValueSheet.name, sheet.rows.count, 1)
    sheet.add([
      .text("Discount rate a year"),
      .number(roi.discountRatePerYear, .percent(decimals: 2), .input),
    ])
    sheet.names.append(("discount_rate", rate))
    sheet.add()
    guard !roi.flows.isEmpty else { return }
    addFlows(roi, names, months)
    if let table = Optional(RunTables(result).valueDrivers), !table.rows.isEmpty {
      sheet.add()
      sheet.add([.text(table.title, .strong)])
      sheet.add(table)
    }
  }

  // MARK: Cash flows

  private mutating func addFlows(
    _ roi: ReturnOnInvestment, _ names: [String], _ months: MonthSheet
  ) {
    let header = sheet.add(
      [.text("Line", .head), .text("Kind", .head), .text("Present value", .rightHead)]
        + (["At the start"] + names).map { .text($0, .rightHead) })
    sheet.frozen = (header + 1, 1)
    let index = sheet.add(
      [.text("Month", .note), .empty, .empty]
        + (0...count).map { .number(Double($0), .count, .note) })
    let factors = (0...count).map { pow(1 + flow.ratePerYear, -Double($0) / 12) }
    let factor = sheet.add(
      [.text("Discount factor", .note), .empty, .empty]
        + (0...count).map {
          .formula(
            "(1+\(rate.fixed))^(-\(cell(index, $0))/12)", factors[$0], .number(decimals: 6), .note)
        })
    func add(
      _ title: String, _ kind: String, _ cells: [ReportSheet.Cell], _ values: [Double],
      _ role: ReportSheet.Role = .plain, isDiscounted: Bool = true
    ) -> Int {
      let row = sheet.rows.count
      let present = zip(values, factors).reduce(0.0) { $0 + $1.0 * $1.1 }
      let sum = ReportSheet.Cell.formula(
        "SUMPRODUCT(\(line(row)),\(line(factor)))", present, .money,
        role == .total ? .total : .strong)
      return sheet.add(
        [
          .text(title.displayable, role), .text(kind, role),
          isDiscounted ? sum : .text("", role),
        ]
          + cells.map { cell in
            var cell = cell
            if role != .plain { cell.role = role }
            return cell
          })
    }
    func side(_ isBenefit: Bool) -> Range<Int> {
      let first = sheet.rows.count
      for flow in roi.flows where flow.isBenefit == isBenefit {
        let isBill = flow.kind == "cost" && flow == roi.flows.last
        let cells = ([flow.atStart] + flow.byMonth).enumerated().map {
          month, amount -> ReportSheet.Cell in
          if isBill, month > 0, let row = months.changed ?? months.expected {
            return .formula(
              months.place(row, month - 1).away.replacing("$", with: ""), amount, .money)
          }
          return .number(amount, .money, isBill ? .plain : .input)
        }
        _ = add(flow.name, flow.kind, cells, [flow.atStart] + flow.byMonth)
      }
      return first..<sheet.rows.count
    }
    func sums(_ rows: Range<Int>, _ values: [Double]) -> [ReportSheet.Cell] {
      (0...count).map { month in
        .formula(
          rows.isEmpty
            ? "0" : "SUM(\(cell(rows.lowerBound, month)):\(cell(rows.upperBound - 1, month)))",
          values[month], .money)
      }
    }
    let benefits = [flow.benefitAtStart] + flow.benefits
    let costs = [flow.costAtStart] + flow.costs
    let gained = side(true)
    let gain = add("Benefits", "", sums(gained, benefits), benefits, .total)
    let spent = side(false)
    let cost = add("Costs", "", sums(spent, costs), costs, .total)
    let nets = zip(benefits, costs).map { $0 - $1 }
    let net = add(
      "Net", "",
      (0...count).map { .formula("\(cell(gain, $0))-\(cell(cost, $0))", nets[$0], .money) },
      nets, .total)
    func running(_ title: String, _ amounts: [Double], _ formula: (Int) -> String) -> Int {
      let row = sheet.rows.count
      var sum = 0.0
      let sums = amounts.map {
        sum += $0; return sum
      }
      let cells = (0...count).map { month -> ReportSheet.Cell in
        let before = month == 0 ? "" : "\(cell(row, month - 1))+"
        return .formula(before + formula(month), sums[month], .money)
      }
      return add(title, "", cells, sums, isDiscounted: false)
    }
    let simple = running("Net, so far", nets) { cell(net, $0) }
    let discounted = running(
      "Net, discounted, so far", zip(nets, factors).map { $0 * $1 }
    ) { "\(cell(net, $0))*\(cell(factor, $0))" }
    sheet.add()
    ValueResults(roi, flow).add(
      to: &sheet,
      .init(
        count: count, start: ValueSheet.start, rate: rate, index: index, gain: gain, cost: cost,
        net: net,
        simple: simple, discounted: discounted))
    netPresentValue = sheet.names.first { $0.name == "net_present_value" }?.place
  }

  private func cell(_ row: Int, _ month: Int) -> String {
    CellPlace(ValueSheet.name, row, ValueSheet.start + month).here
  }

  private func line(_ row: Int) -> String { cell(row, 0) + ":" + cell(row, count) }
}
