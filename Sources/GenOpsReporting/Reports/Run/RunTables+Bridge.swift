import GenOpsSimulation
import GenOpsUnits

/// From last year to this one.
extension RunTables {
  var bridge: ReportTable {
    guard let bridge = result.bridge else { return ReportTable("From last year to this", [], []) }
    let steps = bridge.steps.enumerated().filter { abs($1.amount) >= 0.005 }
    let column = MoneyColumn(
      [bridge.start.approximate] + steps.map(\.element.amount), cents: bridge.expected < 1000)
    func cell(_ place: Int, _ amount: Double, _ path: String) -> ReportTable.Cell {
      let text = column.text(column.parts[place])
      return ReportTable.Cell(
        place > 0 && column.parts[place] > 0 ? "+\(text)" : text,
        value: ReportTable.number(amount)
      ).at(path)
    }
    func part(_ part: Double?, _ path: String) -> ReportTable.Cell {
      part.map { ReportTable.Cell(NumberText.change($0), value: ReportTable.number($0)).at(path) }
        ?? "-"
    }
    var rows: [[ReportTable.Cell]] = [
      ["the same months a year ago", cell(0, bridge.start.approximate, "bridge.start"), ""]
    ]
    rows += steps.enumerated().map { index, entry in
      let path = "bridge.steps[\(entry.offset)]"
      return [
        .init(entry.element.label), cell(index + 1, entry.element.amount, "\(path).amount"),
        part(bridge.part(entry.element), "\(path).share"),
      ]
    }
    rows.append([
      "expected",
      .init(column.text(column.total), .strong, value: ReportTable.number(bridge.expected))
        .at("bridge.expected"),
      part(YearBridge.change(bridge.start, bridge.expected), "bridge.change"),
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
