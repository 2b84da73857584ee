import GenOpsScenario
package import GenOpsSimulation
import GenOpsUnits

/// Scenarios and their options beside each other.
package struct CompareReport {
  let comparison: ScenarioComparison
  /// The command that gives it again.
  let reproduce: String

  package init(_ comparison: ScenarioComparison, reproduce: String) {
    self.comparison = comparison
    self.reproduce = reproduce
  }

  package var report: Report {
    let sides = comparison.sides
    let first = sides.first?.result
    var report = Report(
      title: sides.count == 1
        ? "Options of \(first?.name ?? "")"
        : sides.map(\.label).joined(separator: " · "),
      json: CompareJSON(comparison).value, version: first?.provenance.version ?? "")
    if let first {
      report.facts = [
        DateText.range(first.months.map(\.month)), first.currency,
        first.provenance.paths == 1
          ? "1 future" : "the same \(groupedDigits(String(first.provenance.paths))) futures",
      ]
    }
    let tables = CompareTables(comparison)
    report.answer = CompareSentences(comparison).all
    report.sections = [
      ReportSection("Choices", [.init(.chart(chart)), .table(tables.choices)]),
      ReportSection("What differs", id: "changes", [.table(tables.changes)]),
      ReportSection(
        "Where the difference comes from", id: "bridge", [.table(tables.bridge)]),
      ReportSection("By month", id: "months", [.init(.table(tables.months), .detail)]),
      .findings(comparison.findings),
      ReportSection(
        "How to get this again", id: "again",
        [.init(.table(provenance), .appendix), .init(.reproduction, .appendix)]),
    ]
    report.screen = ReportScreen(
      .heading,
      sections: [
        [
          .table(tables.screen), .paragraph(CompareTables.note),
          .paragraph("! events of critical classes are among what is lost."),
        ].filter { node in
          if case .paragraph(let text) = node.content, text.hasPrefix("!") {
            return comparison.choices.contains { $0.option.lost.critical > 0 }
          }
          return true
        },
        [.table(tables.changes)].filter { !$0.isEmpty },
        [.table(tables.bridge)].filter { !$0.isEmpty },
      ].filter { !$0.isEmpty })
    report.findings = comparison.findings
    report.footer.reproduce = reproduce
    report.source = "the scenarios, their data and the price books"
    return report
  }

  private var chart: ReportChart {
    let rows = comparison.choices.map { choice -> ReportChart.Ranges.Row in
      let lost = choice.option.lost
      let isBad = lost.critical > 0
      let text = lost.total > 0 ? "loses \(lost.things)" : "loses nothing"
      return .init(
        label: choice.label, cost: .init(choice.option.cost), note: isBad ? "! \(text)" : text,
        isBad: isBad)
    }
    let description = rows.map { "\($0.label): \(NumberText.money($0.cost.expected)), \($0.note)." }
    return .ranges(
      .init(
        caption: .init(
          id: "choices", title: "Cost of each choice, and what it loses",
          description: description.joined(separator: " "),
          legend: [
            .init(mark: .optionRange, label: "8 of 10 futures"),
            .init(mark: .optionDot, label: "expected"),
          ], unit: comparison.sides.first?.result.currency ?? ""),
        rows: rows, budget: nil))
  }

  private var provenance: ReportTable {
    ReportTable(
      "",
      [
        .text("Scenario"), .text("Name"), .text("SHA-256"), .text("Price book"), .number("Seed"),
        .number("Futures"),
      ],
      comparison.sides.map { side in
        let from = side.result.provenance
        return [
          .init(side.label), .init(side.result.name), .init(from.scenarioSHA256),
          .init(from.priceBook), .init("\(from.seed)"), .init("\(from.paths)"),
        ]
      })
  }
}
