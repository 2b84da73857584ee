package import GenOpsCosting
import GenOpsMetering
package import GenOpsSimulation
package import GenOpsUnits

/// Two price books side by side.
package struct PriceDiffReport {
  var diff: BookDiff
  /// One usage under both.
  package var bills: (old: Bill, new: Bill)?
  package var scenario: ScenarioPriceDiff?

  package init(_ diff: BookDiff) { self.diff = diff }

  /// What changed, and what that costs a usage or a scenario; `findings` are those of its input.
  package func report(_ findings: Findings) -> Report {
    var report = Report(
      title: "\(diff.old.id) -> \(diff.new.id), \(diff.new.currency)", json: json,
      version: ScenarioRun.version)
    report.screen = ReportScreen(.lines([report.title]))
    report.sections = [changes]
    if let bills { report.sections.append(usage(bills.old, bills.new)) }
    if let scenario { report.sections += sections(scenario) }
    report.sections.append(.findings(findings))
    report.findings = findings
    return report
  }

  // MARK: What changed

  private var changes: ReportSection {
    var section = ReportSection(
      "What changed",
      [diff.isEmpty ? .paragraph("the same prices") : .table(prices)])
    if diff.termsDiffer { section.nodes.append(.paragraph("the terms of the contract differ")) }
    return section
  }

  private var prices: ReportTable {
    let whole = wholeMeters
    var rows = diff.tiers.compactMap { change -> [ReportTable.Cell]? in
      let name = ReportTable.Cell(change.meter.invoiceName)
      if whole.contains(change.meter) {
        guard change.from == 1 else { return nil }
        let count = diff.tiers.count { $0.meter == change.meter }
        let tiers = count == 1 ? "1 price" : "\(count) tiers"
        return [
          name, "", "all", .init(change.old == .unknown ? "unknown" : tiers),
          .init(change.new == .unknown ? "unknown" : tiers), "",
        ]
      }
      let relative = change.old.change(to: change.new)
      return [
        name, .init("\(change.tier)"), range(change), .init(change.old.description),
        .init(change.new.description),
        .init(
          relative.map { NumberText.change($0) } ?? "",
          relative.map { $0 > 0 ? .bad : .good } ?? .plain,
          value: relative.map { ReportTable.number($0) }),
      ]
    }
    rows += diff.addOns.map { change in
      [
        .init("\(change.id) (add-on)"), "", "", .init(change.old?.description ?? "none"),
        .init(change.new?.description ?? "none"), "",
      ]
    }
    return ReportTable(
      "",
      [
        .init("What", key: "what"), .init("tier", .right), .init("units", .right),
        .init("old", .right), .init("new", .right), .init("", .right, key: "change"),
      ], rows)
  }

  /// `1,000,001 - 2,000,000`.
  private func range(_ change: BookDiff.TierChange) -> ReportTable.Cell {
    let end = change.to == .max ? " and more" : " - \(groupedDigits(String(change.to)))"
    return .init(
      groupedDigits(String(change.from)) + end,
      value: "\(change.from)-" + (change.to == .max ? "" : "\(change.to)"))
  }

  /// Meters that one of the books does not know at all: one line says it.
  private var wholeMeters: Set<Meter> {
    Set(
      diff.tiers.map(\.meter).filter {
        diff.old.rate(of: $0) == nil || diff.new.rate(of: $0) == nil
      })
  }

  // MARK: What it costs

  private func usage(_ old: Bill, _ new: Bill) -> ReportSection {
    let meters = Meter.allCases.filter { meter in
      (old.charges + new.charges).contains { $0.meter == meter }
    }
    func money(_ amount: Money?) -> ReportTable.Cell {
      .init(
        amount?.text(decimals: 2, grouping: true) ?? "unknown", value: amount?.description ?? "")
    }
    func row(_ name: String, _ units: Int64?, _ a: Money?, _ b: Money?) -> [ReportTable.Cell] {
      let change = a.flatMap { a in b.map { $0 - a } }
      return [
        .init(name), units.map { .init(units: $0) } ?? "", money(a), money(b), money(change),
      ]
    }
    var rows = meters.map { meter in
      let charge = (old.charges + new.charges).first { $0.meter == meter }
      return row(meter.invoiceName, charge?.units, old[meter], new[meter])
    }
    rows.append(row("Fees and terms", nil, rest(old), rest(new)))
    rows.append(row("Total", nil, old.total, new.total))
    return ReportSection(
      "What it costs you",
      [
        .table(
          ReportTable(
            "",
            [
              .init("Per billing period", key: "what"), .init("units", .right),
              .init("old", .right), .init("new", .right), .init("more", .right),
            ], rows, hasTotal: true))
      ])
  }

  private func rest(_ bill: Bill) -> Money { bill.total - bill.usageTotal }
}
