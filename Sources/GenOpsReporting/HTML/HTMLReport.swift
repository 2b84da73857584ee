import GenOpsHistory
package import GenOpsSimulation
import GenOpsUnits
import Mustache

/// The result as one HTML file that needs no network, no script and no other file: for the screen,
/// a phone, paper and a screen reader.
package enum HTMLReport: ReportFormat {
  package static let name = "html"
  package static let summary = "one file with pictures, to send and to print"
  package static let fileName = "report.html"

  // The template is a constant of this target and is parsed by every test of this format, so it
  // cannot fail here.
  // swift-format-ignore: NeverUseForceTry
  private static let template = try! MustacheTemplate(string: HTMLTemplate.page)

  package static func render(_ result: ScenarioResult, _ context: ReportContext) -> String {
    template.render(page(result, context))
  }

  static func page(_ result: ScenarioResult, _ context: ReportContext) -> HTMLPage {
    let paths = result.provenance.paths
    let facts = [
      DateText.range(result.months.map(\.month)), result.currency,
      paths == 1 ? "1 future" : "\(groupedDigits(String(paths))) futures",
      result.provenance.priceBook,
    ]
    let sentences = Sentences(result).all
    let errors = result.findings.all.count { $0.severity != .note }
    return HTMLPage(
      name: result.name.displayable, facts: facts.joined(separator: " · ").displayable,
      lead: sentences[0], more: sentences.dropFirst().joined(separator: " "),
      hasMore: sentences.count > 1,
      warning: "\(FindingsText.count(result.findings)): see Findings before you rely on it.",
      hasWarning: errors > 0, tiles: tiles(result), sections: sections(result, context),
      version: result.provenance.version.displayable)
  }

  private static func tiles(_ result: ScenarioResult) -> [HTMLPage.Tile] {
    let cost = result.year.cost
    var tiles = [
      HTMLPage.Tile(
        label: "Expected, as is", value: NumberText.money(cost.mean),
        note: "\(NumberText.money(cost.p10)) to \(NumberText.money(cost.p90)) in 8 of 10 futures")
    ]
    if let budget = result.budgets.first {
      let days = budget.firstBreach.map { "around \(DateText.day($0.p50, year: true))" }
      tiles.append(
        HTMLPage.Tile(
          label: "Over \(NumberText.money(budget.limit))\(budget.period.suffix)",
          value: NumberText.percent(budget.breachProbability), note: days ?? "of all futures"))
    }
    if let best = result.bestOption {
      let lost = best.lost.sentencePart ?? "no event is lost"
      tiles.append(
        HTMLPage.Tile(
          label: "\"\(best.name.displayable)\" saves", value: NumberText.money(best.saves.mean),
          note: lost))
    }
    if let budget = result.budgets.first {
      let with = budget.askForWithOption
      tiles.append(
        HTMLPage.Tile(
          label: "Ask for" + (with.map { ", with \"\($0.option.displayable)\"" } ?? ""),
          value: NumberText.money(with?.amount ?? budget.askFor) + budget.period.suffix,
          note: "kept in 8 of 10 futures"
            + (with == nil ? "" : "; \(NumberText.money(budget.askFor)) without")))
    }
    if let roi = result.roi {
      tiles.append(
        HTMLPage.Tile(
          label: "Net present value, as is", value: NumberText.money(roi.npv.mean),
          note: "negative \(NumberText.inFutures(roi.probabilityOfLoss))"))
    }
    return tiles
  }

  private static func sections(
    _ result: ScenarioResult, _ context: ReportContext
  ) -> [HTMLPage.Section] {
    let tables = ReportTables(result)
    let fan = FanChart(result)
    let months = result.months.count
    let sections: [HTMLPage.Section?] = [
      HTMLPage.Section(
        "cumulative", "When the money runs out", chart: fan.svg, legend: legend(fan), []),
      HTMLPage.Section(
        "options", "Options", chart: OptionChart(result).svg,
        legend: [
          .init(name: "option-range", label: "8 of 10 futures"),
          .init(name: "option-dot", label: "expected"),
        ], [tables.options, tables.losses]),
      HTMLPage.Section(
        "months", months == 1 ? "Month" : "Months", chart: MonthChart(result).svg,
        legend: monthLegend(result), [tables.months]),
      HTMLPage.Section("budgets", "Budgets", [tables.budgets]),
      HTMLPage.Section("faults", "Faults and attacks", [tables.faults, tables.faultAnswers]),
      HTMLPage.Section(
        "value", "Is it worth it", [tables.value, tables.valueLines, tables.sensitivity]),
      HTMLPage.Section("parts", "Where it goes", [tables.parts, tables.attribution]),
      HTMLPage.Section("findings", "Findings", [tables.findings]),
      HTMLPage.Section("expectations", "Expectations", [tables.expectations]),
      HTMLPage.Section(
        "trust", "How far to trust it", [tables.bills], text: tables.trackRecord),
      HTMLPage.Section(
        "again", "How to get this again", [tables.provenance], command: context.footer.reproduce),
    ]
    return sections.compactMap { $0 }
  }

  private static func monthLegend(_ result: ScenarioResult) -> [HTMLPage.Key] {
    var keys: [HTMLPage.Key] = []
    if result.months.contains(where: \.isActual) {
      keys.append(.init(name: "bar-actual", label: "actual"))
    }
    if result.months.contains(where: { !$0.isActual }) {
      keys.append(.init(name: "bar", label: "expected"))
      keys.append(.init(name: "range", label: "8 of 10 futures"))
    }
    return keys
  }

  private static func legend(_ fan: FanChart) -> [HTMLPage.Key] {
    var keys: [HTMLPage.Key] = []
    if fan.result.fan.actualDays > 0 { keys.append(.init(name: "actual", label: "actual")) }
    keys.append(.init(name: "expected", label: "expected, as is"))
    keys.append(.init(name: "band", label: "8 of 10 futures"))
    if fan.result.fan.budget != nil { keys.append(.init(name: "budget", label: "budget")) }
    if let option = fan.option {
      keys.append(.init(name: "option", label: "expected with \"\(option.name.displayable)\""))
    }
    return keys
  }
}
