package import GenOpsSimulation
import GenOpsUnits

/// A sweep as one table: what varies, and what each scenario comes to "as is".
package struct SweepReport {
  private let result: Sweep.Result
  private let scenario: String

  /// `scenario` is the file that was varied.
  package init(_ result: Sweep.Result, scenario: String) {
    self.result = result
    self.scenario = scenario
  }

  private var rows: [SweepRow] { result.rows }
  private var places: [String] { result.design.axes.map(\.place) }

  /// The places without what they have in common: as many of their last keys as tell them apart.
  private var titles: [String] {
    places.map { place in
      let keys = place.split(separator: ".")
      for count in 1..<max(1, keys.count) {
        let tail = keys.suffix(count).joined(separator: ".")
        if places.count(where: { $0 == tail || $0.hasSuffix("." + tail) }) == 1 { return tail }
      }
      return place
    }
  }

  package var report: Report {
    var report = Report(title: "Sweep of \(scenario)", json: json, version: ScenarioRun.version)
    let first = rows.first
    report.facts = [
      NumberText.counted(rows.count, "scenario"),
      "\(groupedDigits(String(first?.source.paths ?? 0))) futures each",
      first?.currency ?? "", "seed \(first.map { String($0.source.seed) } ?? "-")",
    ]
    report.answer = answer
    report.sections = [
      ReportSection("Scenarios", [.table(table)]), .findings(result.findings),
    ]
    report.records = table
    report.screen = ReportScreen(.heading)
    report.findings = result.findings
    return report
  }

  private var answer: [String] {
    guard let low = rows.min(by: { $0.mean < $1.mean }),
      let high = rows.max(by: { $0.mean < $1.mean })
    else { return [] }
    func at(_ row: SweepRow) -> String {
      zip(titles, row.values).map { "\($0) = \($1)" }.joined(separator: ", ")
    }
    return [
      "\(NumberText.money(low.mean)) \(low.currency) is the least that is expected, with \(at(low)); "
        + "\(NumberText.money(high.mean)) the most, with \(at(high))."
    ]
  }

  private var table: ReportTable {
    let hasBudget = rows.contains { $0.breachProbability != nil }
    let hasLoss = rows.contains { $0.lost > 0 }
    let hasOptions = rows.contains { $0.cheapest != nil }
    var columns = zip(places, titles).map { place, title in
      ReportTable.Column(title, key: place, shrinksTo: 12)
    }
    columns += [
      .init("Expected", .right, key: "mean"), .init("Low", .right, key: "p10"),
      .init("High", .right, key: "p90"),
    ]
    if hasBudget {
      columns += [
        .init("Over budget", .right, key: "breachProbability"),
        .init("Ask for", .right, key: "askFor"),
      ]
    }
    if hasLoss { columns.append(.init("Lost", .right, key: "lost")) }
    if hasOptions {
      columns += [
        .init("Cheapest option", key: "cheapest", shrinksTo: 12),
        .init("Expected with it", .right, key: "cheapestMean"),
      ]
    }
    let cells = rows.map { row in
      var cells = row.values.map { ReportTable.Cell($0) }
      cells += [.init(money: row.mean), .init(money: row.p10), .init(money: row.p90)]
      if hasBudget {
        cells += [.init(percent: row.breachProbability), .init(money: row.askFor)]
      }
      if hasLoss {
        cells.append(.init(NumberText.count(row.lost), value: ReportTable.number(row.lost)))
      }
      if hasOptions { cells += [.init(row.cheapest ?? "-"), .init(money: row.cheapestMean)] }
      return cells
    }
    var table = ReportTable("", columns, cells)
    table.noun = "scenarios"
    return table
  }

  private var json: JSONValue {
    [
      "schemaVersion": 1, "scenario": .string(scenario),
      "currency": rows.first.map { .string($0.currency) } ?? .null,
      "seed": rows.first.map { .integer($0.source.seed) } ?? .null,
      "paths": rows.first.map { .integer($0.source.paths) } ?? .null,
      "version": .string(ScenarioRun.version),
      "mathFingerprint": rows.first.map { .string($0.source.mathFingerprint) } ?? .null,
      "scenarios": .array(
        rows.map { row in
          [
            "set": .object(zip(places, row.values).map { JSONValue.Member($0, .string($1)) }),
            "plan": .string(row.source.plan),
            "cost": [
              "mean": .quantity(row.mean), "p10": .quantity(row.p10), "p90": .quantity(row.p90),
            ],
            "breachProbability": row.breachProbability.map { .quantity($0) } ?? .null,
            "askFor": row.askFor.map { .quantity($0) } ?? .null,
            "lost": ["total": .quantity(row.lost), "critical": .quantity(row.critical)],
            "cheapestOption": row.cheapest.map { name in
              ["name": .string(name), "mean": row.cheapestMean.map { .quantity($0) } ?? .null]
            } ?? .null,
          ]
        }),
    ]
  }
}
