import GenOpsSimulation
import GenOpsUnits

/// The period by quarters, and how much of it is spent.
extension RunTables {
  /// Quarters beside the same quarters a year before; none of a period without whole quarters.
  var quarters: ReportTable {
    let hasBefore = result.bridge != nil
    var columns: [ReportTable.Column] = [
      .text("Quarter"), .text("Months"), .number("Low"), .number("Expected"), .number("High"),
    ]
    if hasBefore { columns += [.number("Year before"), .number("Change")] }
    let money = MoneyColumn(result.quarters.map(\.cost.mean), total: result.year.cost.mean)
    let rows = zip(result.quarters, money.parts).enumerated().map {
      index, entry -> [ReportTable.Cell] in
      let (quarter, shown) = entry
      let path = "quarters[\(index)]"
      func cell(_ value: Double, _ key: String) -> ReportTable.Cell {
        ReportTable.Cell(
          money.text(value, beside: quarter.cost.mean, shown: shown),
          value: ReportTable.number(value)
        ).at("\(path).cost.\(key)")
      }
      var cells: [ReportTable.Cell] = [
        .init(quarter.label), .init(DateText.range(result.months(of: quarter))),
        cell(quarter.cost.p10, "p10"),
        ReportTable.Cell(
          money.text(shown), .strong, value: ReportTable.number(quarter.cost.mean)
        ).at("\(path).cost.mean"), cell(quarter.cost.p90, "p90"),
      ]
      if hasBefore {
        let before = result.yearBefore(quarter)
        cells += [
          before.map {
            ReportTable.Cell(
              money.text($0.approximate), value: ReportTable.number($0.approximate)
            ).at("\(path).yearBefore")
          } ?? "-",
          before.flatMap { YearBridge.change($0, quarter.cost.mean) }.map {
            ReportTable.Cell(NumberText.change($0), value: ReportTable.number($0))
              .at("\(path).change")
          } ?? "-",
        ]
      }
      return cells
    }
    return ReportTable("Quarters", columns, rows.count < 2 ? [] : rows)
  }

  /// What is spent, what is to go, and what that comes to.
  var accrual: ReportTable {
    guard let accrual = result.accrual else { return ReportTable("Spent and to go", [], []) }
    func row(
      _ label: String, _ values: [(Double, String)], _ path: String
    ) -> [ReportTable.Cell] {
      [.init(label)]
        + values.map { ReportTable.Cell(money: $0.0).at("accrual.\(path).\($0.1)") }
    }
    let cost = result.year.cost
    return ReportTable(
      "Spent and to go", [.text(""), .number("Low"), .number("Expected"), .number("High")],
      [
        [
          .init("Spent by the end of \(accrual.to)"), "",
          ReportTable.Cell(money: accrual.spent).at("accrual.spent"), "",
        ],
        row(
          "To go",
          [
            (cost.p10 - accrual.spent, "low"), (cost.mean - accrual.spent, "expected"),
            (cost.p90 - accrual.spent, "high"),
          ], "toGo"),
        row(
          "Landing", [(cost.p10, "low"), (cost.mean, "expected"), (cost.p90, "high")], "landing"),
      ],
      note:
        "Spent is what usage and fees of the days that have passed come to, accrued by the day.",
      hasTotal: true)
  }
}
