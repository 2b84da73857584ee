import GenOpsSimulation
import GenOpsUnits

/// From last year to this one.
extension RunTables {
  var bridge: ReportTable {
    guard let bridge = result.bridge else { return ReportTable("From last year to this", [], []) }
    let steps = bridge.steps.filter { abs($0.amount) >= 0.005 }
    let column = MoneyColumn(
      [bridge.start.approximate] + steps.map(\.amount), cents: bridge.expected < 1000)
    func cell(_ place: Int) -> ReportTable.Cell {
      let text = column.text(column.parts[place])
      return .init(
        place > 0 && column.parts[place] > 0 ? "+\(text)" : text,
        value: ReportTable.number(column.parts[place]))
    }
    let whole = bridge.start.approximate
    var rows: [[ReportTable.Cell]] = [["the same months a year ago", cell(0), ""]]
    rows += steps.enumerated().map { index, step in
      [
        .init(step.label), cell(index + 1),
        whole > 0 ? .init(NumberText.change(step.amount / whole)) : "-",
      ]
    }
    rows.append([
      "expected",
      .init(column.text(column.total), .strong, value: ReportTable.number(column.total)),
      whole > 0 ? .init(NumberText.change(bridge.expected / whole - 1)) : "-",
    ])
    return ReportTable(
      "From last year to this",
      [.text("Step"), .number(result.currency), .number("Of last year")], rows,
      note:
        "The year before is priced from its usage, with the add-ons and terms of now. After each step the whole "
        + "bill is priced anew, so the steps sum to the whole. \"Uncertainty\" is what uncertain usage costs more, "
        + "or less, than its mean, because prices have tiers.", hasTotal: true)
  }
}
