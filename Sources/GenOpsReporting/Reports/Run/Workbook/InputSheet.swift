import GenOpsCosting
import GenOpsForecasting
import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// Everything that goes in, with its range and where it comes from.
struct InputSheet {
  private(set) var sheet = ReportSheet("Inputs")
  private let plan: Plan

  /// Where a number comes from.
  private enum Provenance: String {
    case given
    case history = "shown by the history"
    case bills = "shown by bills"
    case assumed
    case computed
  }

  init(_ result: ScenarioResult, _ plan: Plan) {
    self.plan = plan
    sheet.open(
      "What goes in",
      [
        "Each uncertain number is drawn once per future. These cells move nothing here: to change them, change "
          + "the scenario and run it."
      ])
    sheet.frozen = (sheet.rows.count + 1, 1)
    let header = sheet.add(
      [.text("Input", .head)]
        + ["Low (p10)", "Expected", "High (p90)"].map { .text($0, .rightHead) }
        + ["Unit", "Where it comes from", "Remark"].map { .text($0, .head) })
    addStreams()
    for input in plan.inputs.sampler.inputs { add(input) }
    for budget in result.budgets {
      add(
        "budget: \(budget.name)", budget.limit.approximate,
        result.currency + " per \(budget.period.rawValue)")
    }
    if let value = plan.scenario.value {
      sheet.add([
        .text("value: discount rate"), .empty,
        .number(value.discountRatePerYear, .percent(decimals: 2)), .empty, .text("per year"),
        .text(Provenance.given.rawValue),
      ])
    }
    add("seed", Double(plan.scenario.seed), "")
    add("futures", Double(result.provenance.paths), "")
    sheet.filter = header..<sheet.rows.count
  }

  private mutating func add(_ name: String, _ value: Double, _ unit: String) {
    sheet.add([
      .text(name.displayable), .empty, .number(value, InputSheet.form(value)), .empty, .text(unit),
      .text(Provenance.given.rawValue),
    ])
  }

  /// What the streams begin with.
  private mutating func addStreams() {
    for stream in plan.streams where stream.fault == nil {
      let level = stream.level(plan.draws)
      let isBilled = stream.model.history == nil && stream.actual.contains { $0 > 0 }
      let provenance: Provenance =
        stream.model.history != nil
        ? .history
        : isBilled ? .bills : stream.factors.isEmpty ? .given : .computed
      let growth = stream.growth.map { "grows by \(plan.growth[$0].name)" } ?? ""
      sheet.add([
        .text("\(stream.name): level".displayable), .empty, .number(level, InputSheet.form(level)),
        .empty,
        .text("\(stream.meter.unit)s a day"), .text(provenance.rawValue), .text(growth.displayable),
      ])
    }
  }

  private mutating func add(_ input: UncertainInput) {
    let (provenance, remark) = source(of: input)
    let value = input.distribution
    var cells: [ReportSheet.Cell] = [.text(input.name.displayable)]
    for number in [value.quantile(0.1), value.mean, value.quantile(0.9)] {
      cells.append(
        InputText.isDate(input.name)
          ? .text(InputText.date(number)) : .number(number, InputSheet.form(number)))
    }
    sheet.add(
      cells + [
        .text(unit(of: input)), .text(provenance.rawValue), .text(remark.displayable),
      ])
  }

  /// The plan says of a draw whether it is assumed; a growth may be read off the history; what the share of
  /// identified events is, a history tells that has them apart.
  private func source(of input: UncertainInput) -> (Provenance, String) {
    if let draw = plan.draws.first(where: { $0.name == input.name }) {
      if let assumption = draw.assumption { return (.assumed, assumption) }
      if draw.formula != nil { return (.computed, "") }
      let shared = plan.streams.contains { stream in
        stream.model.history != nil
          && stream.identifiedShare.map { plan.draws[$0].name == input.name } == true
      }
      if shared || input.name == "history.level" { return (.history, "") }
      // How many of the requests are polls follows from the servers that the scenario names.
      return (input.name == "flags.polls" && draw.distribution.isConstant ? .computed : .given, "")
    }
    for entry in plan.scenario.growth where input.name.hasPrefix("growth.\(entry.target.name).") {
      return (entry.fit == nil ? .given : .history, entry.text)
    }
    return (.given, "")
  }

  private func unit(of input: UncertainInput) -> String {
    let parts = input.name.split(separator: ".").map(String.init)
    switch (parts.first, parts.last) {
    case ("growth", "rate"): return "per month"
    case ("mix", _), ("identified", _), ("groups", _), ("profiles", _), ("flags", "polls"):
      return "share"
    case ("traffic", "users"): return "users"
    case ("option", "new_people"): return "share"
    case ("value", _):
      let line = plan.scenario.value?.lines.first { "value.\($0.name)" == input.name }
      return plan.scenario.book.currency + (line?.isOneOff == true ? " once" : " per month")
    default: return ""
    }
  }

  /// Large numbers whole, small ones in full.
  private static func form(_ value: Double) -> ReportSheet.Form {
    abs(value) >= 1000
      ? .count : value == value.rounded() ? .general : .number(decimals: abs(value) < 0.1 ? 4 : 3)
  }
}
