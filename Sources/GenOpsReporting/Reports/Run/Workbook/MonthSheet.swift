import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The bill of each month of what is expected to be used, line by line as formulas over ``PriceSheet`` and
/// ``UsageSheet``; below it what the month costs over all futures, and the gap between the two.
///
/// The price of the expected usage is not the expected cost: where tiers, minimums and credits bend the price,
/// futures above and below the mean do not cancel.
struct MonthSheet {
  static let name = "Months"
  /// Where the first month stands.
  static let firstMonth = 1

  var sheet = ReportSheet(MonthSheet.name)
  let months: [MonthResult]
  /// Whether the lines are formulas: not where a month is not a billing period.
  let isLive: Bool
  /// Rows by what they hold.
  private(set) var price: Int?
  private(set) var expected: Int?
  private(set) var gap: Int?
  /// The expected cost with what is changed in the workbook.
  private(set) var changed: Int?
  /// What rows come to, by month.
  private(set) var values: [Int: [Double]] = [:]

  init(
    _ result: ScenarioResult, _ plan: Plan?, _ prices: PriceSheet, _ usage: UsageSheet
  ) {
    months = result.months
    let isMonthly = plan?.slices.areMonths == true
    isLive = isMonthly
    if months.isEmpty { return }
    sheet.open(
      "What each month costs, as is, in \(result.currency)", MonthSheet.notes(isLive: isLive))
    sheet.frozen = (sheet.rows.count + 1, MonthSheet.firstMonth)
    sheet.add(
      [.text("Line of the bill", .head)]
        + (months.map { DateText.month($0.month) } + ["Total"]).map { .text($0, .rightHead) }
        + [.text("Remark", .head)])
    let first = sheet.rows.count
    for meter in usage.meters { add(meter, plan, prices, usage) }
    if let plan, isMonthly {
      MonthBill(plan, prices).add(to: &self, usage: first..<sheet.rows.count)
    } else {
      addRest(first)
    }
    addFutures()
  }

  private static func notes(isLive: Bool) -> [String] {
    isLive
      ? [
        "Each line is a formula: it prices the usage of the sheet Usage by the tiers of the sheet Prices. Change "
          + "a number there, and the sums here move.",
        "What is expected over all futures is not the price of the expected usage: tiers, minimums and credits "
          + "bend the price, and futures above and below the mean do not cancel. That is the gap.",
      ]
      : [
        "These are means over all futures and not formulas: the billing period does not begin with the month, so "
          + "a month's usage alone does not say what it costs."
      ]
  }

  /// Adds a row with a cell for each month and their sum; says which it is.
  @discardableResult
  mutating func add(
    _ title: String, _ cells: [ReportSheet.Cell], _ values: [Double],
    role: ReportSheet.Role = .plain, sums: Bool = true, remark: String = ""
  ) -> Int {
    let row = sheet.rows.count
    self.values[row] = values
    let total =
      sums
      ? ReportSheet.Cell.formula(
        CellPlace.sum(MonthSheet.name, row, MonthSheet.firstMonth, months.count),
        values.reduce(0, +), .money, role == .total ? .total : .strong)
      : .text("", role == .total ? .total : .plain)
    return sheet.add(
      [.text(title, role)]
        + cells.map { cell in
          var cell = cell
          if role != .plain { cell.role = role }
          return cell
        } + [total] + (remark.isEmpty ? [] : [.text(remark, .note)]))
  }

  func place(_ row: Int, _ month: Int) -> CellPlace {
    CellPlace(MonthSheet.name, row, MonthSheet.firstMonth + month)
  }

  /// The sum of a row.
  func total(_ row: Int) -> CellPlace { place(row, months.count) }

  /// The cost of one meter: a formula for each month whose prices hold throughout and are known.
  private mutating func add(
    _ meter: Meter, _ plan: Plan?, _ prices: PriceSheet, _ usage: UsageSheet
  ) {
    var (cells, values, fixed) = ([ReportSheet.Cell](), [Double](), [String]())
    // What was used before the first day counts into its tiers.
    let opens = (plan?.opening.current[meter] ?? 0) > 0
    for (index, month) in months.enumerated() {
      let mean = month.costByMeter.first { $0.meter == meter }?.cost.mean ?? 0
      let units = usage.units[meter]?[index] ?? 0
      let tiers = isLive && !(opens && index == 0) ? prices.tiers(meter, in: month.month) : nil
      if let tiers, let place = usage.place(meter, index), let cost = tiers.table.cost(of: units) {
        cells.append(
          .formula(tiers.formula(place.away.replacing("$", with: "")), cost.approximate, .money))
        values.append(cost.approximate)
      } else {
        cells.append(.number(mean, .money))
        values.append(mean)
        fixed.append(DateText.month(month.month))
      }
    }
    let remark =
      !isLive || fixed.isEmpty
      ? ""
      : "Not formulas, but means over all futures: \(fixed.joined(separator: ", ")), where prices change within "
        + "the month, are not known, or depend on usage before it."
    add(meter.invoiceName, cells, values, remark: remark)
  }

  /// What the months cost beside usage, where it cannot be reckoned here.
  private mutating func addRest(_ first: Int) {
    let rest = months.map { month in
      month.cost.mean - month.costByMeter.reduce(0) { $0 + $1.cost.mean }
    }
    add("Fees and terms", rest.map { .number($0, .money) }, rest)
    addPrice(rows: first..<sheet.rows.count)
  }

  /// The sum of the lines in `rows`.
  mutating func addPrice(rows: Range<Int>) {
    let sums = months.indices.map { month in
      rows.reduce(0.0) { $0 + (values[$1]?[month] ?? 0) }
    }
    price = add(
      isLive ? "Price of the expected usage" : "Expected cost",
      months.indices.map { .formula(columnSum(rows, $0), sums[$0], .money) }, sums, role: .total)
    if isLive, let price {
      sheet.names.append(("price_of_expected_usage", total(price)))
    }
  }

  /// `SUM(C5:C12)`.
  func columnSum(_ rows: Range<Int>, _ month: Int) -> String {
    rows.isEmpty
      ? "0" : "SUM(\(place(rows.lowerBound, month).here):\(place(rows.upperBound - 1, month).here))"
  }

  private mutating func addFutures() {
    let means = months.map(\.cost.mean)
    sheet.add()
    if isLive, let price {
      let row = add(
        "Expected cost over all futures", means.map { .number($0, .money) }, means, role: .strong,
        remark: "the result of the run")
      expected = row
      let gaps = zip(means, values[price] ?? []).map { $0 - $1 }
      gap = add(
        "Gap: expected cost less the price of the expected usage",
        months.indices.map {
          .formula("\(place(row, $0).here)-\(place(price, $0).here)", gaps[$0], .money)
        }, gaps, remark: "what the spread of the futures costs")
      sheet.names.append(("expected_cost", total(row)))
      sheet.names.append(("gap", total(row + 1)))
    } else {
      expected = price
    }
    for (title, quantile) in [("Low (p10)", Quantile.p10), ("High (p90)", .p90)] {
      add(
        title, months.map { .number($0.cost[quantile], .money) }, months.map { $0.cost[quantile] },
        sums: false,
        remark: quantile == .p10
          ? "8 of 10 futures lie between low and high; they do not add up" : "")
    }
    if isLive { addChange() }
  }

  /// What it costs with what somebody changes in the workbook: the run's expected cost, moved by as much as
  /// the price of the expected usage moves.
  private mutating func addChange() {
    guard let price, let expected, let asRun = values[price], let means = values[expected] else {
      return
    }
    sheet.add()
    let kept = add(
      "Price of the expected usage, as the run had it", asRun.map { .number($0, .money) }, asRun)
    let change = add(
      "What your changes add",
      months.indices.map {
        .formula("\(place(price, $0).here)-\(place(kept, $0).here)", 0, .money)
      },
      asRun.map { _ in 0 })
    changed = add(
      "Expected cost with your changes",
      months.indices.map {
        .formula("\(place(expected, $0).here)+\(place(change, $0).here)", means[$0], .money)
      }, means, role: .total)
    sheet.names.append(("expected_cost_with_changes", total(change + 1)))
  }
}
