import GenOpsAdmission
import GenOpsMetering
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// The tables of the long formats, in the order in which they answer questions. A table without
/// rows is left out by the formats.
struct RunTables {
  let result: ScenarioResult

  init(_ result: ScenarioResult) { self.result = result }

  /// Cost and loss side by side: never one without the other.
  var options: ReportTable {
    let hasBudget = result.options.contains { $0.breachProbability != nil }
    let hasValue = result.options.contains { $0.npv != nil }
    var columns: [ReportTable.Column] = [
      .text("Option"), .number("Low"), .number("Expected"), .number("High"), .number("Saves"),
    ]
    if hasBudget { columns.append(.number("Over budget")) }
    columns += [.number("Events lost"), .number("Critical lost"), .text("Also")]
    if hasValue { columns.append(.number("NPV")) }
    columns.append(.number("Ask for"))
    let best = result.bestOption?.name
    let rows = result.options.enumerated().map { index, option -> [ReportTable.Cell] in
      var cells: [ReportTable.Cell] = [
        .init(option.name, option.name == best ? .strong : .plain), .init(money: option.cost.p10),
        .init(NumberText.money(option.cost.mean), .strong), .init(money: option.cost.p90),
        index == 0 ? "-" : .init(money: option.saves.mean),
      ]
      if hasBudget { cells.append(.init(percent: option.breachProbability)) }
      cells += [
        .init(option.lost.text),
        .init(option.lost.criticalText, option.lost.critical > 0 ? .bad : .plain),
        .init(option.sideEffects.isEmpty ? "-" : option.sideEffects.joined(separator: "; ")),
      ]
      if hasValue { cells.append(.init(money: option.npv?.mean)) }
      return cells + [.init(money: option.askFor)]
    }
    let note =
      hasValue && result.options.contains { $0.npv == nil }
      ? "No NPV where data is lost whose worth is not given." : nil
    return ReportTable("Options", columns, rows, note: note)
  }

  /// What an option loses, by class.
  var losses: ReportTable {
    let rows = result.options.flatMap { option in
      option.lost.byClass.filter { $0.lost > 0 }.map { loss -> [ReportTable.Cell] in
        [.init(option.name), .init(loss.name), .init(NumberText.count(loss.lost))]
      }
    }
    return ReportTable(
      "What is lost", [.text("Option"), .text("Event class"), .number("Events")], rows)
  }

  var months: ReportTable {
    let loses = result.months.contains { $0.lost.total > 0 }
    let breaches = result.months.contains { $0.breachProbability != nil }
    var columns: [ReportTable.Column] = [
      .text("Month"), .number("Low"), .number("Expected"), .number("High"),
    ]
    if breaches { columns.append(.number("Over budget")) }
    if loses { columns.append(.number("Events lost")) }
    columns.append(.text("What drives it"))
    func row(_ label: String, _ cost: ForecastDistribution) -> [ReportTable.Cell] {
      [
        .init(label), .init(money: cost.p10), .init(NumberText.money(cost.mean), .strong),
        .init(money: cost.p90),
      ]
    }
    var rows = result.months.map { month -> [ReportTable.Cell] in
      var cells = row(DateText.month(month.month), month.cost)
      if breaches { cells.append(.init(percent: month.breachProbability)) }
      if loses { cells.append(.init(month.lost.text)) }
      let drivers = month.isActual && month.drivers.isEmpty ? ["actual"] : month.drivers
      return cells + [.init(drivers.joined(separator: ", "))]
    }
    rows.append(row(result.yearLabel, result.year.cost))
    return ReportTable(
      "Months", columns, rows,
      note: "8 of 10 futures lie between low and high; only \"expected\" adds up.", hasTotal: true)
  }

  var parts: ReportTable {
    let total = result.costByMeter.reduce(0) { $0 + $1.mean }
    let rows = result.costByMeter.map { part -> [ReportTable.Cell] in
      [
        .init(part.label), .init(money: part.mean),
        .init(total > 0 ? NumberText.percent(part.mean / total) : "-"),
      ]
    }
    return ReportTable(
      "Where it goes", [.text("Line of the bill"), .number("Expected"), .number("Share")], rows)
  }

  var attribution: ReportTable {
    let used = Attribution.dimensions.filter { name in
      result.attribution.contains { $0.attribution[name] != nil }
    }
    let rows = result.attribution.map { part -> [ReportTable.Cell] in
      used.map { ReportTable.Cell(part.attribution[$0] ?? "(none)") } + [
        .init(money: part.cost.p10), .init(NumberText.money(part.cost.mean), .strong),
        .init(money: part.cost.p90), .init(money: part.proRata),
      ]
    }
    return ReportTable(
      "Who causes it",
      used.map { .text($0.prefix(1).uppercased() + $0.dropFirst().replacing("_", with: " ")) } + [
        .number("Low"), .number("Expected"), .number("High"), .number("With fees"),
      ], rows, note: rows.isEmpty ? nil : "\"With fees\" splits the whole bill pro rata.")
  }
}
