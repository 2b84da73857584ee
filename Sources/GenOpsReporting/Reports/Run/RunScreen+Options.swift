import GenOpsScenario
import GenOpsSimulation

/// The options beside each other: what each costs, saves, loses and changes.
extension RunScreen {
  /// Nothing when there is nothing to compare.
  var options: [ReportNode] {
    let losesAsIs = (result.asIs?.lost.total ?? 0) > 0
    guard result.options.count > 1 || losesAsIs else { return [] }
    let isAssumed = result.options.contains { !$0.assumptions.isEmpty }
    return [.init(.table(optionTable), weight: Weight.options)]
      + (isAssumed ? [.paragraph("~ rests on assumptions, see the findings")] : [])
  }

  /// "As is" and the best option are never folded away.
  private var optionTable: ReportTable {
    let hasBudget = result.options.contains { $0.breachProbability != nil }
    let hasValue = result.options.contains { $0.npv != nil }
    var columns: [ReportTable.Column] = [
      .init("Option", shrinksTo: 8, atMost: 24), .init(result.yearLabel, .right),
      .init("Saves", .right),
    ]
    if hasBudget { columns.append(.init("Over", .right)) }
    columns += [
      .init(result.lostTitle, .right), .init("critical", .right), .init("Also", shrinksTo: 8),
    ]
    if hasValue { columns.append(.init("NPV", .right)) }

    let best = result.bestOption?.name
    let amounts = OptionAmounts(result)
    let rows = result.options.enumerated().map { index, option -> [ReportTable.Cell] in
      var cells: [ReportTable.Cell] = [
        .init(option.name, option.name == best ? .strong : .plain), amounts.cost(index),
        amounts.saves(index),
      ]
      if hasBudget { cells.append(option.over) }
      cells += [
        .init(option.lost.shortText),
        .init(option.lost.criticalText, option.lost.critical > 0 ? .bad : .plain),
        sideEffects(of: option, after: result.options[..<index]),
      ]
      if hasValue { cells.append(option.marked(.init(money: option.npv?.mean))) }
      return cells
    }
    var table = ReportTable("", columns, rows)
    table.pinned = result.options.firstIndex { $0.name == best }
    table.noun = "options"
    return table
  }

  /// Its side effects, or "both of these" when the rows above have named them.
  private func sideEffects(
    of option: OptionResult, after above: ArraySlice<OptionResult>
  ) -> ReportTable.Cell {
    let effects = option.sideEffects
    let named = above.suffix(effects.count).flatMap(\.sideEffects)
    let text = effects.isEmpty ? "-" : effects.joined(separator: ", ")
    if effects.count > 1, effects.allSatisfy(named.contains) {
      return .init(effects.count == 2 ? "both of these" : "all of these", alone: text)
    }
    return .init(text)
  }
}

extension ReportTable.Cell {
  /// How often a budget is passed; of one that refuses, how often it does, and whether it was over before it
  /// could.
  static func refusals(_ part: Double, refuses: Bool, wasOver: Double) -> ReportTable.Cell {
    guard refuses else { return .init(percent: part) }
    let texts =
      (part > 0 ? ["refuses in \(NumberText.percent(part))"] : [])
      + (wasOver > 0 ? ["was over"] : [])
    return texts.isEmpty
      ? .init(percent: part)
      : .init(texts.joined(separator: ", "), value: ReportTable.number(part))
  }
}

extension OptionResult {
  /// What it rests on, and what else it changes.
  var notes: [String] { assumptions.map { "assumed: \($0)" } + sideEffects }

  /// How often the budget is passed; of one that refuses, how often it does.
  var over: ReportTable.Cell {
    guard let breachProbability else { return marked(.init(percent: nil)) }
    return marked(.refusals(breachProbability, refuses: refuses, wasOver: wasOver))
  }

  /// The cell of a number of this option: with a sign where it rests on an assumption.
  func marked(_ cell: ReportTable.Cell) -> ReportTable.Cell {
    guard !assumptions.isEmpty, cell.text != "-" else { return cell }
    var cell = cell
    cell.text = "~" + cell.text
    return cell
  }
}
