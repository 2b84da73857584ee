import GenOpsSimulation

/// What each option costs and saves, as shown: the saving is the difference of two shown costs.
struct OptionAmounts {
  private let result: ScenarioResult
  private let costs: MoneyColumn

  init(_ result: ScenarioResult) {
    self.result = result
    costs = MoneyColumn(alternatives: result.options.map(\.cost.mean))
  }

  /// The expected cost of the option at `index`.
  func cost(_ index: Int) -> ReportTable.Cell {
    let option = result.options[index]
    return option.marked(
      .init(costs.text(costs.parts[index]), value: ReportTable.number(option.cost.mean))
    ).at("options[\(index)].cost.mean")
  }

  /// What it saves against "as is": the range where that rests on an assumption, which begins at
  /// what is shown, or at the p05 of what is saved where that is less.
  func saves(_ index: Int) -> ReportTable.Cell {
    if index == 0 { return "-" }
    let option = result.options[index]
    let value = ReportTable.number(option.saves.mean)
    let path = "options[\(index)]"
    guard option.assumptions.isEmpty else {
      let low = ["\(path).\(option.shownSaving <= option.saves.p05 ? "shownSaving" : "saves.p05")"]
      let text = range(index)
      var cell = ReportTable.Cell(text, value: value)
      cell.sources = (text.contains(" to ") ? low : []) + ["\(path).saves.p95"]
      return cell
    }
    return ReportTable.Cell(costs.text(costs.parts[0] - costs.parts[index]), value: value)
      .at("\(path).saves.mean")
  }

  /// `0 to 12,534`: from what is shown, or the p05 where that is less, to the p95.
  func range(_ index: Int) -> String {
    let option = result.options[index]
    let low = min(option.shownSaving, option.saves.p05)
    let (from, to) = (costs.text(low), costs.text(option.saves.p95))
    return from == to ? from : "\(from) to \(to)"
  }

  /// What the option called `name` saves.
  func saves(of name: String) -> String {
    result.options.firstIndex { $0.name == name }.map { saves($0).text } ?? "-"
  }
}
