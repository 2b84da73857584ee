import GenOpsHistory
import GenOpsMetering
import GenOpsNumerics
package import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits
import Mustache

/// `genops plan --html`: the streams of a scenario as pictures, before anything is priced.
package enum PlanHTML {
  // The template is a constant of this target and is parsed by every test of the page, so it cannot
  // fail here.
  // swift-format-ignore: NeverUseForceTry
  private static let template = try! MustacheTemplate(string: HTMLTemplate.page)

  package static func render(_ plan: Plan, version: String) -> String {
    template.render(page(plan, PlanPreview(plan), version: version))
  }

  static func page(_ plan: Plan, _ preview: PlanPreview, version: String) -> HTMLPage {
    let facts = [
      DateText.range(plan.period.months), NumberText.counted(plan.streams.count, "stream"),
      "\(preview.paths) futures drawn", "seed \(plan.scenario.seed)", "nothing is priced",
    ]
    let warnings = plan.findings.all.count { $0.severity != .note }
    let uncertain = plan.inputs.sampler.inputs.filter { !$0.distribution.isConstant }
    return HTMLPage(
      name: plan.scenario.name.displayable, facts: facts.joined(separator: " · ").displayable,
      lead: lead(preview), more: "", hasMore: false,
      warning: "\(FindingsText.count(plan.findings)): see Findings before you rely on it.",
      hasWarning: warnings > 0,
      tiles: [
        HTMLPage.Tile(
          label: "Uncertain inputs", value: "\(uncertain.count)",
          note: uncertain.prefix(3).map(\.name).joined(separator: ", ").displayable),
        HTMLPage.Tile(
          label: "Points", value: plan.scenario.points.rawValue,
          note: "\(groupedDigits(String(plan.scenario.paths))) futures in a run"),
      ],
      sections: sections(plan, preview), version: version.displayable)
  }

  private static func lead(_ preview: PlanPreview) -> String {
    guard let largest = preview.streams.max(by: { $0.mean.reduce(0, +) < $1.mean.reduce(0, +) }),
      let first = largest.mean.first, let last = largest.mean.last
    else { return "There is no stream to show." }
    return "\(largest.name.displayable), the largest stream, goes from \(shortCount(first)) "
      + "\(largest.unit)s a day to \(shortCount(last)) in the mean of all futures."
  }

  private static func sections(_ plan: Plan, _ preview: PlanPreview) -> [HTMLPage.Section] {
    var legend = [
      HTMLPage.Key(name: "expected", label: "mean"),
      HTMLPage.Key(name: "band", label: "8 of 10 futures"),
      HTMLPage.Key(name: "sample", label: "\(min(PlanPreview.samples, preview.paths)) futures"),
    ]
    if preview.actualDays > 0 {
      legend.insert(HTMLPage.Key(name: "actual", label: "actual"), at: 0)
    }
    var sections = preview.streams.enumerated().compactMap { index, stream in
      // A stream that nothing ever feeds, such as the flag requests of bots that ask for none, has
      // no picture.
      stream.isEmpty
        ? nil
        : HTMLPage.Section(
          "stream-\(index)", stream.name.displayable,
          chart: { StreamChart(stream: stream, preview: preview, number: index).svg($0) },
          legend: legend, [])
    }
    if let inputs = HTMLPage.Section("inputs", "Uncertain inputs", [inputTable(plan)]) {
      sections.append(inputs)
    }
    if let findings = HTMLPage.Section("findings", "Findings", [findingTable(plan)]) {
      sections.append(findings)
    }
    return sections
  }

  private static func inputTable(_ plan: Plan) -> ReportTable {
    ReportTable(
      "Uncertain inputs",
      InputText.titles.enumerated().map { $0 == 0 ? .text($1) : .number($1) },
      InputText.rows(plan).map { $0.map { ReportTable.Cell($0) } }, note: InputText.note)
  }

  private static func findingTable(_ plan: Plan) -> ReportTable {
    ReportTable(
      "Findings", [.text("What"), .text("Where"), .text("Help"), .text("Code")],
      FindingsText.sorted(plan.findings).map { finding in
        [
          ReportTable.Cell(finding.message),
          ReportTable.Cell(finding.location.map { "\($0)" } ?? ""),
          ReportTable.Cell(finding.help ?? ""), ReportTable.Cell(finding.code),
        ]
      })
  }
}
