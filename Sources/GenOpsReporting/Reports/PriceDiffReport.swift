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
    var nodes: [ReportNode] = diff.isEmpty ? [.paragraph("the same prices")] : []
    if !diff.isEmpty {
      let used = diff.tiers.filter { isUsed($0.meter) }
      let unused = diff.tiers.filter { !isUsed($0.meter) }
      nodes.append(.table(prices(used, withAddOns: true)))
      if !unused.isEmpty {
        // Files have them; on a terminal they would hide what costs something.
        nodes.append(.init(.table(prices(unused, withAddOns: false)), .detail, isOnScreen: false))
        nodes.append(.paragraph(folded(unused)))
      }
    }
    var section = ReportSection("What changed", nodes)
    if diff.termsDiffer { section.nodes.append(.paragraph("the terms of the contract differ")) }
    return section
  }

  /// Whether the usage or the scenario that is priced has the meter; without either all count.
  private func isUsed(_ meter: Meter) -> Bool {
    if bills == nil, scenario == nil { return true }
    let charges = bills.map { $0.old.charges + $0.new.charges } ?? []
    let unpriced = bills.map { $0.old.unpriced + $0.new.unpriced } ?? []
    return charges.contains { $0.meter == meter } || unpriced.contains { $0.meter == meter }
      || scenario?.new.months.contains { $0.usage.contains { $0.meter == meter } } ?? false
  }

  /// What is left out, in one sentence.
  private func folded(_ tiers: [BookDiff.TierChange]) -> String {
    var names: [String] = []
    for tier in tiers where !names.contains(tier.meter.invoiceName) {
      names.append(tier.meter.invoiceName)
    }
    let shown = names.prefix(4).joined(separator: ", ")
    let rest = names.count > 4 ? " and \(names.count - 4) more" : ""
    return
      "and \(NumberText.counted(tiers.count, "price")) of products without usage: \(shown)\(rest)"
  }

  private func prices(_ tiers: [BookDiff.TierChange], withAddOns: Bool) -> ReportTable {
    let whole = wholeMeters
    var rows = tiers.compactMap { change -> [ReportTable.Cell]? in
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
    rows += (withAddOns ? diff.addOns : []).map { change in
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
    // A part that only one of the books can price is unknown in the other.
    let names = meters.map(\.invoiceName) + ["Fees and terms"]
    let sides = [old, new].map { bill in meters.map { bill[$0] } + [rest(bill)] }
    let totals = [old.total, new.total]
    let columns = zip(sides, totals).map { amounts, total in
      MoneyColumn(amounts.map { $0?.approximate ?? 0 }, total: total.approximate, cents: true)
    }
    let charges = old.charges + new.charges
    func cell(_ shown: Double?, _ exact: Money?) -> ReportTable.Cell {
      .init(shown.map { columns[0].text($0) } ?? "unknown", value: exact?.description ?? "")
    }
    func row(_ name: String, _ units: Int64?, _ shown: [Double?], _ exact: [Money?])
      -> [ReportTable.Cell]
    {
      let more = shown[0].flatMap { a in shown[1].map { $0 - a } }
      let exactMore = exact[0].flatMap { a in exact[1].map { $0 - a } }
      return [.init(name), units.map { .init(units: $0) } ?? ""]
        + [cell(shown[0], exact[0]), cell(shown[1], exact[1]), cell(more, exactMore)]
    }
    var rows = names.indices.map { index in
      let meter = meters.indices.contains(index) ? meters[index] : nil
      let exact = sides.map { $0[index] }
      return row(
        names[index], charges.first { $0.meter == meter }?.units,
        zip(exact, columns).map { $0 == nil ? nil : $1.parts[index] }, exact)
    }
    rows.append(row("Total", nil, columns.map(\.total), totals))
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
