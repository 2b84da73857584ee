import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The tables of a comparison.
struct CompareTables {
  let comparison: ScenarioComparison

  /// What the choices cost and are worth, as shown.
  private let costs: ComparedAmounts
  private let values: ComparedAmounts

  init(_ comparison: ScenarioComparison) {
    self.comparison = comparison
    let base = comparison.choices.firstIndex(where: \.isBaseline) ?? 0
    costs = ComparedAmounts(comparison.choices.map(\.option.cost.mean), base: base)
    values = ComparedAmounts(comparison.choices.map { $0.option.npv?.mean }, base: base)
  }

  private var yearLabel: String { comparison.sides.first?.result.yearLabel ?? "Total" }
  private var hasBudget: Bool {
    comparison.choices.contains { $0.option.breachProbability != nil }
  }
  private var hasValue: Bool { comparison.choices.contains { $0.option.npv != nil } }

  /// Cost and loss side by side, with the range of each difference.
  var choices: ReportTable {
    var columns: [ReportTable.Column] = [
      .text("Choice"), .number("Low"), .number("Expected"), .number("High"),
      .number("Difference, low"), .number("Difference"), .number("Difference, high"),
      .number("Cheaper in"),
    ]
    if hasBudget { columns.append(.number("Over budget")) }
    columns += [.number("Lost"), .number("Critical lost"), .text("Also")]
    if hasValue { columns += [.number("NPV"), .number("NPV difference")] }
    let rows = comparison.choices.enumerated().map { place, choice -> [ReportTable.Cell] in
      let option = choice.option
      var cells: [ReportTable.Cell] = [
        .init(choice.label, choice.isBaseline ? .strong : .plain),
        costs.beside(place, option.cost.p10),
        option.marked(costs.cell(place)), costs.beside(place, option.cost.p90),
      ]
      cells +=
        choice.isBaseline
        ? ["-", "-", "-", "-"]
        : [
          costs.signed(choice.difference.p10), costs.difference(place, choice.difference.mean),
          costs.signed(choice.difference.p90), .init(percent: choice.cheaper),
        ]
      if hasBudget { cells.append(option.over) }
      cells += [
        .init(option.lost.text), .init(option.lost.criticalText),
        .init(option.notes.isEmpty ? "-" : option.notes.joined(separator: "; ")),
      ]
      if hasValue {
        cells += [
          option.marked(values.cell(place)),
          choice.isBaseline
            ? "-" : choice.npvDifference.map { values.difference(place, $0.mean) } ?? "-",
        ]
      }
      return cells
    }
    return ReportTable("Choices", columns, rows, note: CompareTables.note)
  }

  static let note =
    "A difference is taken future by future: all choices meet the same ones. Its low and high hold 8 of 10 of them."

  /// The same for a terminal: an option below its scenario, by its own name.
  var screen: ReportTable {
    var columns: [ReportTable.Column] = [
      .init("Choice", shrinksTo: 16, atMost: 30), .init(yearLabel, .right),
      .init("Difference", .right), .init("8 of 10 futures", .right), .init("Cheaper in", .right),
    ]
    if hasBudget { columns.append(.init("Over", .right)) }
    columns.append(.init("Lost", .right))
    let rows = comparison.choices.enumerated().map { place, choice -> [ReportTable.Cell] in
      let option = choice.option
      let isAsIs = option.name == comparison.sides[choice.side].result.asIs?.name
      let name =
        comparison.sides.count == 1 ? option.name : isAsIs ? choice.label : "- \(option.name)"
      var cells: [ReportTable.Cell] = [
        .init(name, choice.isBaseline ? .strong : .plain),
        option.marked(costs.cell(place)),
      ]
      cells +=
        choice.isBaseline
        ? ["-", "-", "-"]
        : [
          costs.difference(place, choice.difference.mean),
          .init(CompareSentences.range(choice.difference)),
          .init(percent: choice.cheaper),
        ]
      if hasBudget { cells.append(option.over) }
      let isBad = option.lost.critical > 0
      return cells + [.init((isBad ? "! " : "") + option.lost.shortText, isBad ? .bad : .plain)]
    }
    var table = ReportTable("", columns, rows)
    table.noun = "choices"
    return table
  }

  /// From the first scenario to each other, by line of the bill.
  var bridge: ReportTable {
    guard let first = comparison.sides.first, comparison.sides.count > 1 else {
      return ReportTable("Where the difference comes from", [], [])
    }
    let others = comparison.sides.dropFirst()
    var labels: [String] = []
    for side in others {
      for part in side.bridge where abs(part.amount) >= 0.005 && !labels.contains(part.label) {
        labels.append(part.label)
      }
    }
    let columns = others.map { side in
      MoneyColumn(
        [first.result.year.cost.mean]
          + labels.map { label in side.bridge.first { $0.label == label }?.amount ?? 0 })
    }
    func row(_ title: String, _ place: Int) -> [ReportTable.Cell] {
      [.init(title)]
        + columns.map {
          .init($0.text($0.parts[place]), value: ReportTable.number($0.parts[place]))
        }
    }
    var rows = [row("\(first.label), as is", 0)]
    rows += labels.enumerated().map { row($1, $0 + 1) }
    rows.append(
      ["Expected"]
        + columns.map { .init($0.text($0.total), value: ReportTable.number($0.total)) })
    return ReportTable(
      "Where the difference comes from",
      [.text("Line of the bill")] + others.map { .number($0.label) }, rows,
      note: "What each line adds to the expected cost; the last row is the sum.", hasTotal: true)
  }

  /// The expected cost of each month, as is.
  var months: ReportTable {
    let sides = comparison.sides
    guard let first = sides.first, sides.count > 1 else { return ReportTable("By month", [], []) }
    let columns = sides.map { side in
      MoneyColumn(
        side.result.months.map(\.cost.mean), total: side.result.year.cost.mean,
        cents: MoneyColumn.needsCents(sides.flatMap { $0.result.months.map(\.cost.mean) }))
    }
    // What stands in a row, and below all of them the year: differences of what is shown.
    func row(
      _ label: String, _ shown: (MoneyColumn) -> Double, _ exact: (ScenarioResult) -> Double
    ) -> [ReportTable.Cell] {
      let amounts = ComparedAmounts(
        sides.map { exact($0.result) }, shown: columns.map(shown), hasCents: columns[0].hasCents)
      return [.init(label)] + sides.indices.map(amounts.cell)
        + sides.indices.dropFirst().map {
          amounts.difference($0, exact(sides[$0].result) - exact(first.result))
        }
    }
    var rows = first.result.months.indices.map { index in
      row(
        DateText.month(first.result.months[index].month), { $0.parts[index] },
        { $0.months[index].cost.mean })
    }
    rows.append(row(yearLabel, { $0.total }, { $0.year.cost.mean }))
    return ReportTable(
      "By month",
      [.text("Month")] + sides.map { .number($0.label) }
        + sides.dropFirst().map {
          .number(sides.count == 2 ? "Difference" : "\($0.label), difference")
        },
      rows, hasTotal: true)
  }

  /// What the files say differently.
  var changes: ReportTable {
    let rows = comparison.sides.dropFirst().flatMap { side in
      side.changes.map { [ReportTable.Cell(side.label), .init($0)] }
    }
    return ReportTable(
      "What differs", [.text("Scenario"), .text("Value, in the first and here")], rows)
  }
}
