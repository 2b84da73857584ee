import GenOpsSimulation
import GenOpsUnits

/// An optimization on one screen: at most 40 lines of 100 columns, whatever the scenario.
struct OptimizeScreen {
  private let report: OptimizeReport
  private let tables: OptimizeTables
  private let sentences: OptimizeSentences

  init(_ report: OptimizeReport, _ tables: OptimizeTables, _ sentences: OptimizeSentences) {
    self.report = report
    self.tables = tables
    self.sentences = sentences
  }

  private var result: OptimizeResult { report.result }

  var screen: ReportScreen {
    ReportScreen(
      .heading,
      sections: [front, [.init(.table(tables.decided), weight: 4)], patch, clock, last],
      height: 40, narrowHeight: 52)
  }

  private var front: [ReportNode] {
    var table = tables.front(isShort: true)
    let note = table.note
    table.note = nil
    return [.init(.table(table), weight: 5)] + (note.map { [.paragraph($0)] } ?? [])
  }

  private var patch: [ReportNode] {
    if result.best.changes == 0 { return [] }
    return [.paragraph(OptimizeReport.paste), .command("  " + result.patch)]
  }

  private var clock: [ReportNode] {
    guard result.clock != nil else { return [] }
    // Months have no room on the screen; their hazards in one sentence do.
    let sentences =
      sentences.clock.dropLast() + [sentences.hazards, sentences.least].compactMap { $0 }
    var entry = ReportEntry(
      "Breach clock", sentences.map { .init($0) }, rest: "more with --format markdown")
    entry.wraps = true
    return [.init(.entry(entry))]
  }

  private var last: [ReportNode] {
    let failed = result.best.checks.filter { !$0.passed }
    let held = result.best.checks.count - failed.count
    var nodes: [ReportNode] = []
    if !result.best.checks.isEmpty {
      var entry = ReportEntry(
        "Subject to",
        result.best.checks.map {
          .init(
            "\($0.expression): \($0.passed ? "" : "! ")\($0.value)", tone: $0.passed ? .plain : .bad
          )
        })
      entry.summary =
        failed.isEmpty ? nil : .init("\(held) of \(result.best.checks.count) hold: ", .bad)
      nodes.append(.init(.entry(entry), weight: 3))
    }
    if let assumed = sentences.assumed {
      var entry = ReportEntry("Assumed", [.init(assumed)])
      entry.wraps = true
      nodes.append(.init(.entry(entry)))
    }
    var findings = ReportEntry(
      result.findings, scenarioFile: report.scenarioFile, rest: "more with --format markdown")
    findings.wraps = true
    nodes.append(.init(.entry(findings), weight: 0))
    if !report.next.isEmpty {
      nodes.append(.init(.entry(ReportEntry("Next", report.next.map { .init($0) }))))
    }
    return nodes
  }
}
