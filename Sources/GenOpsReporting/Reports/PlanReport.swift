import GenOpsForecasting
import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
package import GenOpsScenario
package import GenOpsSimulation
import GenOpsUnits

/// What a run would do, before anything is priced.
package struct PlanReport {
  let plan: Plan
  /// Futures for the pictures; nil where nobody draws them.
  let preview: PlanPreview?

  package init(_ plan: Plan, preview: PlanPreview?) {
    self.plan = plan
    self.preview = preview
  }

  package var report: Report {
    var report = Report(title: plan.scenario.name, json: json, version: ScenarioRun.version)
    report.facts =
      [DateText.range(plan.period.months), NumberText.counted(plan.streams.count, "stream")]
      + (preview.map { ["\(NumberText.counted($0.paths, "future")) drawn"] } ?? [])
      + ["seed \(plan.scenario.seed)", "nothing is priced"]
    if let preview { report.answer = [answer(preview)] }
    report.figures = figures
    report.sections = [ReportSection("Streams", [.table(streams)])] + pictures
    report.sections += [
      ReportSection("Uncertain inputs", id: "inputs", [.table(inputs)]),
      ReportSection(
        "", id: "options",
        [.paragraph("Options: " + plan.options.map(\.name).joined(separator: ", "))]),
      .findings(plan.findings),
    ]
    report.screen = ReportScreen(.lines([opening]))
    report.findings = plan.findings
    report.source = "the scenario, its data and the price book named above"
    return report
  }

  private var opening: String {
    "\(plan.scenario.name): \(plan.period.first) to \(plan.period.last), "
      + "\(NumberText.counted(plan.knownDays, "actual day")), "
      + "\(NumberText.counted(plan.scenario.paths, "future")), "
      + "\(plan.scenario.prices.description), seed \(plan.scenario.seed)"
  }

  private func answer(_ preview: PlanPreview) -> String {
    guard let largest = preview.streams.max(by: { $0.mean.reduce(0, +) < $1.mean.reduce(0, +) }),
      !largest.mean.isEmpty
    else { return "There is no stream to show." }
    // Weeks, not days: a Sunday beside a Wednesday would show growth that is none.
    let days = min(28, max(1, largest.mean.count / 2 / 7 * 7))
    func mean(_ part: ArraySlice<Double>) -> String {
      shortCount(part.reduce(0, +) / Double(max(1, part.count)))
    }
    return "\(largest.name), the largest stream, goes from \(mean(largest.mean.prefix(days))) "
      + "\(largest.unit)s a day to \(mean(largest.mean.suffix(days))) in the mean of all futures "
      + "(its first and last \(NumberText.counted(days, "day")))."
  }

  private var figures: [ReportFigure] {
    let uncertain = plan.inputs.sampler.inputs.filter { !$0.distribution.isConstant }
    return [
      ReportFigure(
        label: "Uncertain inputs", value: "\(uncertain.count)",
        note: uncertain.prefix(3).map(\.name).joined(separator: ", ")),
      ReportFigure(
        label: "Points", value: plan.scenario.points.rawValue,
        note: "\(groupedDigits(String(plan.scenario.paths))) futures in a run"),
    ]
  }

  private var streams: ReportTable {
    let rows = plan.streams.map { stream -> [ReportTable.Cell] in
      let trend = stream.model.history.map { percent($0.expectedYearlyGrowth) + " a year" }
      let growth = stream.growth.map { plan.growth[$0].name } ?? trend ?? "-"
      let isFault = stream.fault != nil
      let level = stream.level(plan.draws)
      return [
        .init(stream.name), .init(stream.meter.id),
        isFault
          ? .init("-", value: "") : .init(shortCount(level), value: ReportTable.number(level)),
        .init(isFault ? "fault" : stream.model.history == nil ? "given" : "history"),
        .init(growth),
      ]
    }
    return ReportTable(
      "",
      [
        .init("Stream", shrinksTo: 20), .init("Meter"), .init("a day", .right, key: "units a day"),
        .init("From", shrinksTo: 12), .init("Growth", shrinksTo: 8),
      ], rows)
  }

  private func percent(_ value: Double) -> String {
    "\(value < 0 ? "" : "+")\((value * 1000).rounded() / 10) %"
  }

  private var inputs: ReportTable {
    let columns = InputText.titles.enumerated().map { index, title in
      index == 0
        ? ReportTable.Column(title, shrinksTo: 20) : ReportTable.Column(title, .right)
    }
    return ReportTable(
      "Uncertain inputs", columns, InputText.rows(plan).map { $0.map { .init($0) } },
      note: InputText.note)
  }
}
