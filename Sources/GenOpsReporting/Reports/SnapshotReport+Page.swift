import GenOpsSimulation
import GenOpsUnits

/// A check of snapshots as a page: what moves, by how much and why, the details folded. On GitHub it
/// is the comment of a pull request.
extension SnapshotReport {
  /// One sentence.
  var summary: String {
    guard let worst = failures.first ?? broken.first else {
      return "\(NumberText.counted(outcomes.count, "snapshot")) unchanged."
    }
    let moved = failures.count + broken.count
    return "\(moved) of \(outcomes.count) snapshots do not hold: \(headline(worst))."
  }

  var sections: [ReportSection] {
    [ReportSection("", id: "costs", [.table(mainTable), .list(teams)])]
      + failures.enumerated().map { details($1, id: "snapshot-\($0)") }
      + (failures.isEmpty
        ? []
        : [
          ReportSection(
            "", id: "update", [.paragraph("If this is meant:"), .command(updateCommand)])
        ])
  }

  private static let columns: [ReportTable.Column] = [
    .init("scenario"), .init("figure"), .init("was", .right), .init("now", .right),
    .init("change", .right), .init("why"),
  ]

  /// Was, now and why of the cost of each scenario and its options.
  private var mainTable: ReportTable {
    let rows = failures.flatMap { outcome in
      outcome.changes.filter { !$0.isQuote && isMain($0) }.map { row($0, .init(outcome.scenario)) }
    }
    return ReportTable("", SnapshotReport.columns, rows)
  }

  /// Everything but single months, owners and amounts that are nil before and after.
  private func isMain(_ change: SnapshotOutcome.Change) -> Bool {
    !change.name.contains("cost.mean(")
  }

  private func row(
    _ change: SnapshotOutcome.Change, _ scenario: ReportTable.Cell
  ) -> [ReportTable.Cell] {
    func cell(_ number: Double?) -> ReportTable.Cell {
      .init(value(number, change), value: number.map { ReportTable.number($0) } ?? "")
    }
    let relative = change.old.flatMap { old in
      change.new.flatMap { new in old == 0 ? nil : (new - old) / old }
    }
    return [
      scenario, .init(change.name), cell(change.old), cell(change.new),
      .init(moved(change), value: relative.map { ReportTable.number($0) } ?? ""),
      .init(why(change)),
    ]
  }

  /// The owners whose part moves most, at most five.
  private var teams: ReportList {
    let owners = failures.flatMap { outcome in
      outcome.changes.filter { $0.name.hasPrefix("cost.mean(") && $0.name.contains("=") }
    }
    let most = owners.sorted { size($0) > size($1) }.prefix(5)
    return ReportList(
      "Most affected:",
      most.map { change in
        let name = change.name.dropFirst("cost.mean(".count).dropLast()
        return .init(
          "\(name): \(value(change.old, change)) → \(value(change.new, change)) (\(moved(change)))")
      })
  }

  private func size(_ change: SnapshotOutcome.Change) -> Double {
    abs((change.new ?? 0) - (change.old ?? 0))
  }

  private func details(_ outcome: SnapshotOutcome, id: String) -> ReportSection {
    guard outcome.state == .changed else {
      return ReportSection("", id: id, [.list(ReportList("", [.init(headline(outcome))]))])
    }
    // The line to click on names it for people.
    let scenario = ReportTable.Cell("", value: outcome.scenario)
    let rest = outcome.changes.filter { $0.isQuote || !isMain($0) }
    var section = ReportSection(
      "\(outcome.scenario): what changed, \(rest.count) more figures", id: id,
      [
        .list(ReportList("", outcome.causes.map { .init($0.text, place: $0.place?.description) })),
        .table(ReportTable("", SnapshotReport.columns, rest.map { row($0, scenario) })),
      ])
    section.isFolded = true
    return section
  }
}
