import GenOpsSimulation
import GenOpsUnits

/// A check of snapshots on a terminal: each that does not hold with all of its figures.
extension SnapshotReport {
  var screen: [[ReportNode]] {
    if failures.isEmpty, broken.isEmpty {
      let count = NumberText.counted(outcomes.count, "snapshot")
      return [[.paragraph("\(count) hold\(outcomes.count == 1 ? "s" : "")")]]
    }
    return failures.map(nodes)
      + (failures.isEmpty ? [] : [[.paragraph("if this is meant: \(updateCommand)")]])
  }

  /// The same for one snapshot, as text.
  func text(_ outcome: SnapshotOutcome) -> String {
    var report = Report(title: "", json: .null, version: "")
    report.screen = ReportScreen(sections: [nodes(outcome)])
    return TextFormat.render(report, TextStyle(width: 200))
  }

  private func nodes(_ outcome: SnapshotOutcome) -> [ReportNode] {
    let head = ReportNode.paragraph(headline(outcome))
    guard outcome.state == .changed else { return [head] }
    let rows = outcome.changes.map { change -> [ReportTable.Cell] in
      [
        .init(change.name), .init(value(change.old, change)), .init(value(change.new, change)),
        .init(moved(change), tone(change)), .init(why(change)),
      ]
    }
    var table = ReportTable(
      "",
      [
        .init(outcome.scenario, shrinksTo: 28), .init("old", .right), .init("new", .right),
        .init("", .right), .init("why"),
      ], rows)
    table.indent = 2
    let others = outcome.causes.dropFirst().map { ReportNode.paragraph("  also \(line($0))") }
    return [head] + others + [.table(table)]
  }

  private func tone(_ change: SnapshotOutcome.Change) -> Tone {
    guard let old = change.old, let new = change.new else { return .plain }
    return new > old ? .bad : .good
  }
}
