package import GenOpsSimulation
import GenOpsUnits

/// A scenario's months against budget and forecast.
package struct TrackReport {
  let result: TrackResult
  /// What the user can do now: lines of text and commands.
  let next: [String]
  /// Findings in it are shown without the file's name.
  let scenarioFile: String?

  package init(_ result: TrackResult, next: [String] = [], scenarioFile: String? = nil) {
    self.result = result
    self.next = next
    self.scenarioFile = scenarioFile
  }

  /// The answer, the months, why they missed and how often what was said held.
  package var report: Report {
    let tables = TrackTables(result)
    var report = Report(
      title: result.name, json: TrackJSON(result).value, version: result.provenance.version)
    report.facts = [
      DateText.range(result.months.map(\.month)), result.currency,
      result.lastKnownDay.map { "known to \(DateText.day($0, year: true))" } ?? "nothing known",
      result.provenance.priceBook,
    ]
    report.answer = TrackSentences(result).all
    report.figures = figures
    report.sections = [
      ReportSection("Months", [.init(.chart(TrackChart(result).months)), .table(tables.months)]),
      ReportSection(
        "Why they missed", id: "split",
        [
          .table(tables.split), .init(.paragraph(TrackReport.definition), .notes),
          .init(.table(tables.oneOffs), .detail),
        ]),
      ReportSection(
        "How often we were right", id: "score",
        [
          .init(.paragraph(TrackSentences(result).score), .notes),
          .init(.table(tables.score), .detail),
        ]
      ),
      ReportSection(
        "Expectations", [.table(tables.checks)]),
      .findings(result.findings),
      ReportSection("Next", next.map { .command($0) }),
    ]
    report.screen = TrackScreen(self, tables).screen
    report.findings = result.findings
    report.checks = ReportChecks(
      name: result.name,
      cases: result.checks.map { check in
        .init(
          suite: "track", name: check.expression,
          failure: check.passed ? nil : "\(check.expression): it is \(check.value)")
      }, needReport: true)
    report.source = "the scenario, its data, the new export, the forecast ledger and the price book"
    return report
  }

  /// What the four parts are, for a reader who has only this page.
  static let definition =
    "From forecast to landing in four steps, of which each prices the whole bill: every meter times what "
    + "the meter of volume did (volume); each meter as it was, without one-offs (mix); with them "
    + "(one-offs); at the prices in force now (price). The parts sum to the miss exactly."

  private var figures: [ReportFigure] {
    var figures: [ReportFigure] = []
    if let last = result.months.last(where: \.state.hasEnded) {
      figures.append(
        .init(
          label: DateText.month(last.month), value: NumberText.money(last.landing),
          note: last.overForecast.map { TrackSentences.distance($0, last.forecastName) }
            ?? "not forecast"))
    }
    figures.append(
      .init(
        label: "\(result.total.label) lands at", value: NumberText.money(result.total.landing),
        note: result.total.overBudget.map {
          TrackSentences.distance($0, "budget") + (result.hasTerms ? " at list price" : "")
        } ?? "no budget"))
    if let coverage = result.score.coverage {
      figures.append(
        .init(
          label: "Our 80 % held", value: NumberText.percent(coverage),
          note: "of \(NumberText.counted(result.score.count, "time"))"))
    }
    return figures
  }
}
