package import GenOpsSimulation
import GenOpsUnits

/// The best policy, the front it lies on, and when the budget breaks with and without it.
package struct OptimizeReport {
  let result: OptimizeResult
  /// What the user can do now: lines of text and commands.
  let next: [String]
  /// Findings in it are shown without the file's name.
  let scenarioFile: String?

  package init(_ result: OptimizeResult, next: [String] = [], scenarioFile: String? = nil) {
    self.result = result
    self.next = next
    self.scenarioFile = scenarioFile
  }

  package var report: Report {
    let sentences = OptimizeSentences(result)
    let tables = OptimizeTables(result)
    let charts = OptimizeCharts(result)
    var report = Report(
      title: result.name, json: OptimizeJSON(result).value, version: result.provenance.version)
    report.facts = [
      DateText.range(result.months), result.currency,
      "\(NumberText.counted(result.provenance.paths, "fresh future"))", result.provenance.priceBook,
    ]
    report.answer = sentences.all
    report.figures = figures
    report.sections = [
      ReportSection(
        "Cost against loss", id: "front",
        [.init(.chart(charts.front)), .table(tables.front), .init(.table(tables.effects), .detail)]),
      ReportSection(
        "The policy", id: "policy",
        [
          .table(tables.decided), .init(.paragraph(OptimizeReport.paste)), .command(result.patch),
        ]),
      ReportSection(
        "Runner-up", id: "runner-up", sentences.runnerUp.map { [.paragraph($0)] } ?? []),
      ReportSection("Conditions", [.table(tables.conditions)]),
      ReportSection(
        "Breach clock", id: "breach-clock",
        sentences.clock.map { ReportNode.paragraph($0) } + [
          .init(.chart(charts.clock)), .table(tables.clock), .init(.table(tables.days), .appendix),
        ]),
      ReportSection(
        "How it was found", id: "search", [.init(.paragraph(sentences.search), .notes)]),
      .findings(result.findings),
      ReportSection("Next", next.map { .command($0) }),
    ].filter { !$0.nodes.isEmpty }
    report.screen = OptimizeScreen(self, tables, sentences).screen
    report.findings = result.findings
    report.source = "the scenario, its data and the price book"
    return report
  }

  static let paste = "As an option of the scenario, under options:"

  private var figures: [ReportFigure] {
    let best = result.best
    var figures = [
      ReportFigure(
        label: "With the policy", value: NumberText.money(best.summary.cost.mean),
        note: "as is \(NumberText.money(result.asIs.summary.cost.mean))"),
      ReportFigure(
        label: "Lost", value: best.summary.lost.text,
        note: "critical \(best.summary.lost.criticalText)"),
    ]
    if let over = best.summary.breachProbability, let now = result.asIs.summary.breachProbability {
      figures.append(
        .init(
          label: "Over budget", value: NumberText.percent(over),
          note: "as is \(NumberText.percent(now))"))
    }
    return figures
  }
}
