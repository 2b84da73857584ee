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
    columns += [.number(result.lostTitle), .number("Critical lost"), .text("Also")]
    if hasValue { columns.append(.number("NPV")) }
    // Budgets judge list prices; what is asked for them is another amount where terms take something off.
    let isPaid = hasBudget && result.hasTerms
    columns.append(.number(isPaid ? "Paid at most" : "Ask for"))
    let best = result.bestOption?.name
    let amounts = OptionAmounts(result)
    let rows = result.options.enumerated().map { index, option -> [ReportTable.Cell] in
      let path = "options[\(index)]"
      var expected = amounts.cost(index)
      expected.tone = .strong
      var cells: [ReportTable.Cell] = [
        .init(option.name, option.name == best ? .strong : .plain),
        .init(money: option.cost.p10).at("\(path).cost.p10"),
        expected, .init(money: option.cost.p90).at("\(path).cost.p90"), amounts.saves(index),
      ]
      if hasBudget { cells.append(option.over.at("\(path).breachProbability")) }
      cells += [
        option.lost.cell(at: "\(path).lost"),
        .init(option.lost.criticalText, option.lost.critical > 0 ? .bad : .plain)
          .at("\(path).lost.critical"),
        .init(option.notes.isEmpty ? "-" : option.notes.joined(separator: "; ")),
      ]
      if hasValue {
        cells.append(option.marked(.init(money: option.npv?.mean)).at("\(path).npv.mean"))
      }
      return cells + [option.marked(.init(money: option.askFor)).at("\(path).askFor")]
    }
    var notes: [String] = []
    if isPaid {
      notes.append(
        "\"Paid at most\" is what is paid in all after discounts and credits, in 8 of 10 futures.")
    }
    if hasValue, result.options.contains(where: { $0.npv == nil }) {
      notes.append("No NPV where data is lost whose worth is not given.")
    }
    if let asIs = result.asIs, asIs.npv != nil, asIs.lost.total > 0, !result.lossHasWorth {
      notes.append(
        "What \"as is\" loses has no worth here, so its NPV takes nothing off for it (lost_event: under "
          + "value: says the worth).")
    }
    if result.options.dropFirst().contains(where: { !$0.assumptions.isEmpty }) {
      notes.append(
        "What no data shows is marked with ~ and rests on an assumption; such a saving is a range, from "
          + "what is shown to what 95 of 100 futures do not pass.")
    }
    return ReportTable(
      "Options", columns, rows, note: notes.isEmpty ? nil : notes.joined(separator: " "))
  }

  /// What an option loses, by class.
  var losses: ReportTable {
    let rows = result.options.enumerated().flatMap { index, option in
      option.lost.byClass.enumerated().filter { $1.lost > 0 }.map {
        place, loss -> [ReportTable.Cell] in
        [
          .init(option.name), .init(loss.name),
          .init(NumberText.count(loss.lost), value: ReportTable.number(loss.lost))
            .at("options[\(index)].lost.byClass[\(place)].lost"),
        ]
      }
    }
    return ReportTable(
      "What is lost",
      [
        .text("Option"), .text("Event class"),
        .number(result.lostTitle == "Lost" ? "Items" : "Events"),
      ], rows)
  }

  var months: ReportTable {
    let loses = result.months.contains { $0.lost.total > 0 }
    let breaches = result.months.contains { $0.breachProbability != nil }
    var columns: [ReportTable.Column] = [
      .text("Month"), .number("Low"), .number("Expected"), .number("High"),
    ]
    let before = result.bridge?.lastYear ?? []
    if !before.isEmpty { columns += [.number("Year before"), .number("Change")] }
    if breaches { columns.append(.number(overTitle)) }
    if loses { columns.append(.number(result.lostTitle)) }
    columns.append(.text("What drives it"))
    let money = MoneyColumn(result.months.map(\.cost.mean), total: result.year.cost.mean)
    func row(
      _ label: String, _ cost: ForecastDistribution, _ shown: Double, _ path: String
    ) -> [ReportTable.Cell] {
      func cell(_ value: Double) -> ReportTable.Cell {
        .init(
          money.text(value, beside: cost.mean, shown: shown), value: ReportTable.number(value))
      }
      let expected = ReportTable.Cell(
        money.text(shown), .strong, value: ReportTable.number(cost.mean))
      return [
        .init(label), cell(cost.p10).at("\(path).p10"), expected.at("\(path).mean"),
        cell(cost.p90).at("\(path).p90"),
      ]
    }
    func yearBefore(
      _ cost: Money, _ now: Double, _ costPath: String, _ changePath: String
    ) -> [ReportTable.Cell] {
      let amount = cost.approximate
      return [
        ReportTable.Cell(money.text(amount), value: ReportTable.number(amount)).at(costPath),
        YearBridge.change(cost, now).map {
          ReportTable.Cell(NumberText.change($0), value: ReportTable.number($0)).at(changePath)
        } ?? .init("-", value: ""),
      ]
    }
    var rows = zip(result.months, money.parts).enumerated().map {
      index, entry -> [ReportTable.Cell] in
      let (month, shown) = entry
      let path = "months[\(index)]"
      var cells = row(DateText.month(month.month), month.cost, shown, "\(path).cost")
      if !before.isEmpty {
        let last = "bridge.lastYear[\(index)]"
        cells +=
          index < before.count
          ? yearBefore(before[index], month.cost.mean, "\(last).cost", "\(last).change") : ["", ""]
      }
      if breaches {
        let isOver = (month.breachProbability ?? 0) == 0 && month.wasOver > 0
        cells.append(
          isOver
            ? .init("was over", value: ReportTable.number(0))
            : .init(percent: month.breachProbability).at("\(path).breachProbability"))
      }
      if loses { cells.append(month.lost.cell(at: "\(path).lost")) }
      let drivers = month.isActual && month.drivers.isEmpty ? ["actual"] : month.drivers
      return cells + [.init(drivers.joined(separator: ", "))]
    }
    rows.append(
      row(result.yearLabel, result.year.cost, money.total, "year.cost")
        + (result.bridge.map {
          yearBefore($0.start, result.year.cost.mean, "bridge.start", "bridge.change")
        } ?? []))
    return ReportTable(
      "Months", columns, rows,
      note: "8 of 10 futures lie between low and high; only \"expected\" adds up.", hasTotal: true)
  }

  /// What the months' column of budgets says: whether they are over, or refuse.
  private var overTitle: String {
    let refusing = result.budgets.count(where: \.refuses)
    return refusing == 0
      ? "Over budget" : refusing == result.budgets.count ? "Refuses" : "Over or refuses"
  }

  var parts: ReportTable {
    let total = result.costByMeter.reduce(0) { $0 + $1.mean }
    let money = MoneyColumn(result.costByMeter.map(\.mean))
    var rows = zip(result.costByMeter, money.parts).enumerated().map {
      index, entry -> [ReportTable.Cell] in
      let (part, shown) = entry
      let path = "total.costByMeter[\(index)]"
      return [
        .init(part.label),
        .init(money.text(shown), value: ReportTable.number(part.mean)).at("\(path).mean"),
        total > 0 ? .init(percent: part.mean / total).at("\(path).share") : "-",
      ]
    }
    if !rows.isEmpty {
      let sum = ReportTable.Cell(money.text(money.total), value: ReportTable.number(total))
        .at("total.sum")
      rows.append([.init(result.yearLabel), sum, ""])
    }
    return ReportTable(
      "Where it goes", [.text("Line of the bill"), .number("Expected"), .number("Share")], rows,
      note: rows.isEmpty ? nil : "Shares are rounded each by itself.", hasTotal: true)
  }

  var attribution: ReportTable {
    let used = Attribution.dimensions.filter { name in
      result.attribution.contains { $0.attribution[name] != nil }
    }
    let whole = MoneyColumn(result.attribution.map(\.proRata))
    let rows = zip(result.attribution, whole.parts).enumerated().map {
      index, entry -> [ReportTable.Cell] in
      let (part, shown) = entry
      let path = "attribution[\(index)]"
      return used.map { ReportTable.Cell(part.attribution[$0] ?? "(none)") } + [
        .init(money: part.cost.p10).at("\(path).cost.p10"),
        .init(
          NumberText.money(part.cost.mean), .strong, value: ReportTable.number(part.cost.mean)
        ).at("\(path).cost.mean"),
        .init(money: part.cost.p90).at("\(path).cost.p90"),
        .init(whole.text(shown), value: ReportTable.number(part.proRata)).at("\(path).proRata"),
      ]
    }
    return ReportTable(
      "Who causes it",
      used.map { .text($0.prefix(1).uppercased() + $0.dropFirst().replacing("_", with: " ")) } + [
        .number("Low"), .number("Expected"), .number("High"), .number("With fees"),
      ], rows, note: rows.isEmpty ? nil : "\"With fees\" splits the whole bill pro rata.")
  }
}
