package import GenOpsScenario
package import GenOpsSimulation
import GenOpsUnits

/// What a run found out.
package struct RunReport {
  let result: ScenarioResult
  let footer: ReportFooter
  /// What was asked: prices, inputs and terms of which a workbook is made. Nil leaves those out.
  let plan: Plan?

  /// `footer` is how it was started, what it wrote and what comes next.
  package init(_ result: ScenarioResult, _ footer: ReportFooter, plan: Plan? = nil) {
    self.result = result
    self.footer = footer
    self.plan = plan
  }

  /// The answer, the options and months, and how far to trust it.
  package var report: Report {
    var report = Report(
      title: result.name, json: JSONReport.value(result), version: result.provenance.version)
    let paths = result.provenance.paths
    report.facts = [
      DateText.range(result.months.map(\.month)), result.currency,
      paths == 1 ? "1 future" : "\(groupedDigits(String(paths))) futures",
      result.provenance.priceBook,
    ]
    report.answer = Sentences(result).all
    report.advice = AskFor(result).text.map { "Ask for \($0)." }
    report.figures = figures
    report.sections = sections
    report.screen = RunScreen(result, scenarioFile: footer.scenarioFile).screen
    report.records = RunRecords(result).table
    report.findings = result.findings
    report.checks = ReportChecks(name: result.name, cases: cases, needReport: true)
    report.footer = footer
    report.workbook = RunWorkbook(result, plan, report).sheets
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

  private var sections: [ReportSection] {
    let tables = RunTables(result)
    let charts = RunCharts(result)
    let months = result.months.count
    return [
      ReportSection("When the money runs out", id: "cumulative", [.init(.chart(charts.fan))]),
      ReportSection(
        "Options",
        [
          .init(.chart(charts.options)), .table(tables.options), .table(tables.losses),
          .table(tables.decisions),
        ]),
      ReportSection(
        months == 1 ? "Month" : "Months", id: "months",
        [.init(.chart(charts.months)), .table(tables.months)]),
      ReportSection("Budgets", [.table(tables.budgets)]),
      ReportSection(
        "Faults and attacks", id: "faults",
        [.table(tables.faults), .init(.table(tables.faultAnswers), .detail)]),
      ReportSection(
        "Where it goes", id: "parts",
        [tables.parts, tables.bridge, tables.attribution].map { .init(.table($0), .detail) }),
      ReportSection(
        "What drives it", id: "drivers",
        [.init(.chart(charts.drivers), .detail), .init(.table(tables.drivers), .detail)]),
      ReportSection(
        "Is it worth it", id: "value",
        [tables.value, tables.valueLines, tables.valueDrivers].map {
          .init(.table($0), .appendix)
        }),
      .findings(result.findings),
      ReportSection("Expectations", [.table(tables.expectations)]),
      ReportSection(
        "How far to trust it", id: "trust",
        [.init(.table(tables.assumptions), .detail)]
          + (tables.trackRecord.map { [.init(.paragraph($0), .notes)] } ?? [])
          + [.init(.table(tables.bills), .appendix)]),
      ReportSection(
        "How to get this again", id: "again",
        [.init(.table(tables.provenance), .appendix), .init(.reproduction, .appendix)]),
    ]
  }

  private var figures: [ReportFigure] {
    let cost = result.year.cost
    if let doubt = result.doubt {
      // A condition is ASCII, so its first Character is a letter.
      let label = doubt.condition.prefix(1).uppercased() + doubt.condition.dropFirst()
      return [
        ReportFigure(label: label, value: NumberText.money(cost.mean), note: doubt.sentence)
      ]
    }
    var figures = [
      ReportFigure(
        label: "Expected, as is", value: NumberText.money(cost.mean),
        note: "\(NumberText.money(cost.p10)) to \(NumberText.money(cost.p90)) in 8 of 10 futures")
    ]
    if let budget = result.budgets.first {
      let days = budget.firstBreach.map { "around \(DateText.day($0.p50, year: true))" }
      figures.append(
        ReportFigure(
          label: (budget.refuses ? "Refuses at" : "Over")
            + " \(NumberText.money(budget.limit))\(budget.period.suffix)",
          value: NumberText.percent(budget.breachProbability),
          note: days
            ?? (budget.wasOver > 0 ? "was over on days that have passed" : "of all futures")))
    }
    if let best = result.bestOption {
      let lost = best.lost.sentencePart ?? "no event is lost"
      figures.append(
        ReportFigure(
          label: "\"\(best.name)\" saves",
          value: OptionAmounts(result).saves(of: best.name),
          note: lost))
    }
    if let budget = result.budgets.first, let asIs = budget.askFor {
      let with = budget.askForWithOption
      figures.append(
        ReportFigure(
          label: "Ask for" + (with.map { ", with \"\($0.option)\"" } ?? ""),
          value: NumberText.money(with?.amount ?? asIs) + budget.period.suffix,
          note: "kept in 8 of 10 futures" + (result.hasTerms ? ", at list price" : "")
            + (with == nil ? "" : "; \(NumberText.money(asIs)) without")))
    }
    if let roi = result.roi {
      figures.append(
        ReportFigure(
          label: "Net present value, as is", value: NumberText.money(roi.npv.mean),
          note: "negative \(NumberText.inFutures(roi.probabilityOfLoss))"))
    }
    return figures
  }
}
