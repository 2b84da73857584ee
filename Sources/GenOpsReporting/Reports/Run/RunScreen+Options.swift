import GenOpsScenario
import GenOpsSimulation

/// The options beside each other: what each costs, saves, loses and changes.
extension RunScreen {
  /// Nothing when there is nothing to compare.
  var options: [ReportNode] {
    let losesAsIs = (result.asIs?.lost.total ?? 0) > 0
    guard result.options.count > 1 || losesAsIs else { return [] }
    return [.init(.table(optionTable), weight: Weight.options)]
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
      .init("Events lost", .right), .init("critical", .right), .init("Also", shrinksTo: 8),
    ]
    if hasValue { columns.append(.init("NPV", .right)) }

    let best = result.bestOption?.name
    let rows = result.options.enumerated().map { index, option -> [ReportTable.Cell] in
      var cells: [ReportTable.Cell] = [
        .init(option.name, option.name == best ? .strong : .plain), .init(money: option.cost.mean),
        index == 0 ? "-" : .init(money: option.saves.mean),
      ]
      if hasBudget { cells.append(.init(percent: option.breachProbability)) }
      cells += [
        .init(option.lost.text),
        .init(option.lost.criticalText, option.lost.critical > 0 ? .bad : .plain),
        sideEffects(of: option, after: result.options[..<index]),
      ]
      if hasValue { cells.append(.init(money: option.npv?.mean)) }
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

extension LostData {
  /// `372 M (45 %)`, or `0`.
  package var text: String {
    total > 0 ? "\(NumberText.count(total)) (\(NumberText.percent(share)))" : "0"
  }

  /// `! 9.1 M`, or `0`. The sign says what the colour says.
  package var criticalText: String { critical > 0 ? "! \(NumberText.count(critical))" : "0" }
}
