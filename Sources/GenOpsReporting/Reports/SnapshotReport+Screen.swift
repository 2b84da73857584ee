import GenOpsSimulation
import GenOpsUnits

/// A check of snapshots on a terminal: each that does not hold with all of its figures.
extension SnapshotReport {
  var screen: [[ReportNode]] {
    if failures.isEmpty, broken.isEmpty {
      let count = NumberText.counted(outcomes.count, "snapshot")
      return [[.paragraph("\(count) hold\(outcomes.count == 1 ? "s" : "")")]]
    }
    return failures.indices.map { nodes(failures[$0], after: failures[..<$0]) }
      + (failures.isEmpty ? [] : [[.paragraph("if this is meant: \(updateCommand)")]])
  }

  /// The same for one snapshot, as text.
  func text(_ outcome: SnapshotOutcome) -> String {
    var report = Report(title: "", json: .null, version: "")
    report.screen = ReportScreen(sections: [nodes(outcome, after: [])])
    return TextFormat.render(report, TextStyle(width: 200))
  }

  /// One that does not hold, where those before it have been shown: prices that moved there alike
  /// are counted, and figures that moved alike share a row.
  private func nodes(
    _ outcome: SnapshotOutcome, after shown: ArraySlice<SnapshotOutcome>
  ) -> [ReportNode] {
    let head = ReportNode.paragraph(headline(outcome))
    guard outcome.state == .changed else { return [head] }
    let known = Set(shown.flatMap(\.changes).filter(\.isQuote))
    let changes = outcome.changes.filter { !known.contains($0) }
    let repeated = outcome.changes.count - changes.count
    let rows = FoldedChange.folded(changes).map { change, name -> [ReportTable.Cell] in
      [
        .init(name), .init(value(change.old, change)), .init(value(change.new, change)),
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
    let rest = ReportNode.paragraph(
      "  and \(NumberText.counted(repeated, "price")) as above")
    return [head] + others + [.table(table)] + (repeated > 0 ? [rest] : [])
  }

  private func tone(_ change: SnapshotOutcome.Change) -> Tone {
    guard let old = change.old, let new = change.new else { return .plain }
    return new > old ? .bad : .good
  }
}
