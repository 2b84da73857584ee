package import GenOpsScenario
package import GenOpsSimulation
package import GenOpsUnits

/// What a run found out.
package struct RunReport {
  let result: ScenarioResult
  let footer: ReportFooter
  /// What was asked: prices, inputs and terms of which a workbook is made. Nil leaves those out.
  let plan: Plan?
  /// The sheets of the workbook that a file of the result holds; nil makes them.
  let sheets: [ReportSheet]?

  /// `footer` is how it was started, what it wrote and what comes next.
  ///
  /// The report is that of the result as `result.json` holds it, so that the same comes of the file.
  package init(_ result: ScenarioResult, _ footer: ReportFooter, plan: Plan? = nil) {
    self.result = result.filed
    self.footer = footer
    self.plan = plan
    sheets = nil
  }

  /// The report of a `result.json`, without anything but that file.
  package init(filed node: Node, _ footer: ReportFooter) throws(FindingsError) {
    result = try ResultReader.read(node)
    self.footer = footer
    plan = nil
    sheets = try ResultReader.sheets(node)
  }

  /// What the file says it was made of.
  package var provenance: Provenance { result.provenance }

  /// The answer, the options and months, and how far to trust it.
  package var report: Report {
    var report = Report(
      title: result.name, json: .null, version: result.provenance.version)
    let paths = result.provenance.paths
    report.facts = [
      DateText.range(result.months.map(\.month)), result.currency,
      paths == 1 ? "1 future" : "\(groupedDigits(String(paths))) futures",
      result.provenance.priceBook,
    ]
    let sentences = Sentences(result)
    report.answer = sentences.all
    report.answerSources = sentences.sources
    report.advice = AskFor(result).text.map { "Ask for \($0)." }
    report.figures = figures
    report.sections = sections
    report.screen = RunScreen(result, scenarioFile: footer.scenarioFile).screen
    report.records = RunRecords(result).table
    report.datasets =
      FocusActuals(result: result).datasets + [FocusForecast(result: result).dataset]
    report.findings = result.findings
    report.checks = ReportChecks(name: result.name, cases: cases, needReport: true)
    report.footer = footer
    let workbook = RunWorkbook(result, plan, report)
    let own = sheets ?? workbook.own
    report.workbook = own + workbook.others
    report.json = JSONReport.value(result, sheets: own)
    report.source = "the scenario, its data and the price book named above"
    return report
  }

  private var cases: [JUnitDocument.Case] {
    result.expectations.map { expectation in
      JUnitDocument.Case(
        suite: expectation.option, name: expectation.expression,
        failure: expectation.passed
          ? nil : "\(expectation.expression): it is \(expectation.value)")
    }
  }
}
