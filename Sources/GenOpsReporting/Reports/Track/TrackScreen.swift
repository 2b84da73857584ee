import GenOpsSimulation
import GenOpsUnits

/// Tracked months on one screen: at most 40 lines of 100 columns, whatever the scenario.
struct TrackScreen {
  private let report: TrackReport
  private let tables: TrackTables

  init(_ report: TrackReport, _ tables: TrackTables) {
    self.report = report
    self.tables = tables
  }

  /// The most months of a screen: a year.
  private static let mostMonths = 12
  /// The most months of which the split has room.
  private static let mostSplits = 6

  var screen: ReportScreen {
    ReportScreen(.heading, sections: [months, split, last], height: 40, narrowHeight: 52)
  }

  private var result: TrackResult { report.result }

  /// All months, or of a longer period those around the last that has ended.
  private var months: [ReportNode] {
    let all = result.months
    let ended = all.lastIndex { $0.state.hasEnded } ?? 0
    // At most the number of months, so the range lies within them.
    let first = max(0, min(ended - TrackScreen.mostMonths / 2, all.count - TrackScreen.mostMonths))
    let shown = all.dropFirst(first).prefix(TrackScreen.mostMonths)
    return [.table(tables.months(Array(shown)))]
  }

  private var split: [ReportNode] {
    var nodes: [ReportNode] = [
      .table(tables.split(Array(result.judged.suffix(TrackScreen.mostSplits))))
    ]
    // The table has room for the largest alone, and no file of this verb holds the others.
    let texts = result.judged.last.map { OneOffText($0.oneOffs).texts } ?? []
    if texts.count > 1 {
      let entry = ReportEntry(
        "One-offs", texts.map { .init($0) }, rest: "more with --format markdown")
      nodes.append(.init(.entry(entry), weight: 1))
    }
    return nodes
  }

  private var last: [ReportNode] {
    let score = TrackSentences(result).score
    var nodes: [ReportNode] = [
      .init(
        .entry(
          ReportEntry(
            "Score", alternatives: [score + horizons, score])))
    ]
    nodes.append(
      .init(.entry(findings), weight: 0))
    if !result.checks.isEmpty { nodes.append(.init(.entry(checks), weight: 1)) }
    if !report.next.isEmpty {
      nodes.append(.init(.entry(ReportEntry("Next", report.next.map { .init($0) }))))
    }
    return nodes
  }

  /// In full, because no file of this verb holds them.
  private var findings: ReportEntry {
    var entry = ReportEntry(
      result.findings, scenarioFile: report.scenarioFile, rest: "more with --format markdown")
    entry.wraps = true
    return entry
  }

  /// `; 1 month ahead 9 of 12`.
  private var horizons: String {
    guard let first = result.score.byHorizon.first, result.score.byHorizon.count > 1 else {
      return ""
    }
    return
      "; \(NumberText.counted(first.monthsAhead, "month")) ahead \(first.held) of \(first.count)"
  }

  private var checks: ReportEntry {
    let failed = result.checks.filter { !$0.passed }
    return ReportEntry(
      "Expect",
      summary: .init(
        "\(result.checks.count - failed.count) of \(result.checks.count) passed",
        failed.isEmpty ? .good : .bad),
      failed.enumerated().map { index, check in
        .init(
          "! \(check.expression), but it is \(check.value)", kind: index == 0 ? "   " : "",
          tone: .bad)
      }, rest: "more failed")
  }
}
