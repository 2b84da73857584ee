import GenOpsScenario
import GenOpsSimulation

/// The options beside each other: what each costs, saves, loses and changes.
struct OptionTable {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  /// With the blank line before it; empty when there is nothing to compare. At most `most` lines,
  /// at least four: "as is" and the best option are never folded away.
  func lines(width: Int, atMost most: Int) -> [TextLine] {
    let losesAsIs = (result.asIs?.lost.total ?? 0) > 0
    guard result.options.count > 1 || losesAsIs else { return [] }
    let (shown, hidden) = selection(max(2, most - 2))
    let table = self.table(shown)
    var lines = [""] + table.lines(width: width)
    if hidden > 0 { lines.append(TextLine("+\(hidden) more options in the files", .dim)) }
    return lines
  }

  /// The options to show in at most `rows` lines, in the order of the scenario.
  private func selection(_ rows: Int) -> (shown: [OptionResult], hidden: Int) {
    let all = result.options
    guard all.count > rows else { return (all, 0) }
    let keep = max(1, rows - 1)
    var shown = Array(all.prefix(keep))
    if keep > 1, let best = result.bestOption, !shown.contains(where: { $0.name == best.name }) {
      shown[keep - 1] = best
    }
    return (shown, all.count - keep)
  }

  /// Its side effects, or "both of these" when the rows above have named them.
  private func sideEffects(of option: OptionResult, after above: ArraySlice<OptionResult>) -> String
  {
    let effects = option.sideEffects
    let named = above.suffix(effects.count).flatMap(\.sideEffects)
    if effects.count > 1, effects.allSatisfy(named.contains) {
      return effects.count == 2 ? "both of these" : "all of these"
    }
    return effects.isEmpty ? "-" : effects.joined(separator: ", ")
  }

  func table(_ options: [OptionResult]) -> TextTable {
    let hasBudget = result.options.contains { $0.breachProbability != nil }
    let hasValue = result.options.contains { $0.npv != nil }
    var columns: [TextTable.Column] = [
      .init("Option", shrinksTo: 8, atMost: 24), .init(result.yearLabel.displayable, .right),
      .init("Saves", .right),
    ]
    if hasBudget { columns.append(.init("Over", .right)) }
    columns += [
      .init("Events lost", .right), .init("critical", .right), .init("Also", shrinksTo: 8),
    ]
    if hasValue { columns.append(.init("NPV", .right)) }

    let best = result.bestOption?.name
    let rows = options.enumerated().map { index, option -> [TextTable.Cell] in
      let isBase = option.name == result.asIs?.name && index == 0
      var cells: [TextTable.Cell] = [
        .init(option.name, option.name == best ? .strong : .plain),
        .init(NumberText.money(option.cost.mean)),
        .init(isBase ? "-" : NumberText.money(option.saves.mean)),
      ]
      if hasBudget { cells.append(.init(option.breachProbability.map(NumberText.percent) ?? "-")) }
      cells += [
        .init(option.lost.text),
        .init(option.lost.criticalText, option.lost.critical > 0 ? .bad : .plain),
        .init(sideEffects(of: option, after: options[..<index])),
      ]
      if hasValue { cells.append(.init(option.npv.map { NumberText.money($0.mean) } ?? "-")) }
      return cells
    }
    return TextTable(columns, rows)
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
