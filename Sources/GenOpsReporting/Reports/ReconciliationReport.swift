import GenOpsCosting
package import GenOpsHistory
import GenOpsMetering
import GenOpsSimulation
import GenOpsUnits

/// A bill priced again line by line.
package struct ReconciliationReport {
  let result: Reconciliation

  package init(_ result: Reconciliation) { self.result = result }

  /// What was billed, what the book makes of it, and why they differ.
  package var report: Report {
    var report = Report(title: "A bill priced again", json: json, version: ScenarioRun.version)
    report.sections = [
      ReportSection("Lines", [.table(lines)]),
      ReportSection("", id: "sums", [.paragraph(summary)]), .findings(result.findings),
    ]
    report.findings = result.findings
    report.totals = totals
    return report
  }

  private func text(_ money: Money?) -> String {
    money?.text(decimals: 2, grouping: true) ?? "?"
  }

  private var lines: ReportTable {
    func cell(_ money: Money?) -> ReportTable.Cell {
      .init(text(money), value: money?.description ?? "")
    }
    let rows = result.lines.map { line -> [ReportTable.Cell] in
      [
        .init(line.period?.description ?? "-"), .init(line.name),
        line.units.map { .init(units: $0) } ?? "", cell(line.billed), cell(line.modelled),
        .init(line.explanation, line.isExplained ? .plain : .bad),
      ]
    }
    return ReportTable(
      "",
      [
        .init("Period"), .init("Line", shrinksTo: 12), .init("units", .right),
        .init("billed", .right), .init("modelled", .right), .init("Why they differ", shrinksTo: 20),
      ], rows)
  }

  private var summary: String {
    let due = result.toPay.map {
      ", \(text($0)) to pay after discounts and credits"
        + (result.hasSeveralPeriods ? " for the last period" : "")
    }
    return "billed \(text(result.billed)), modelled \(text(result.modelled)) "
      + "\(result.currency) with \(result.book)\(due ?? ""): \(verdict)"
  }

  /// What the sentence of the sums says.
  private var totals: ReportTable {
    func row(_ name: String, _ billed: Money?, _ modelled: Money?) -> [ReportTable.Cell] {
      [.init(name)] + [billed, modelled].map { .init(text($0), value: $0?.description ?? "") }
    }
    return ReportTable(
      "Totals", [.init("Line"), .init("billed", .right), .init("modelled", .right)],
      [row("before discounts and credits", result.billed, result.modelled)]
        + (result.toPay.map { [row("to pay", $0, nil)] } ?? []))
  }

  private var verdict: String {
    let uncharged = result.uncharged.map(\.invoiceName).joined(separator: ", ")
    let silent =
      uncharged.isEmpty
      ? nil : "the bill has no amount for \(uncharged), and the book has a price"
    if result.unexplained > 0 {
      return "\(result.unexplained) of \(result.lines.count) lines are not explained"
        + (silent.map { "; \($0)" } ?? "")
    }
    return silent ?? "every difference is explained"
  }

  private func money(_ amount: Money?) -> JSONValue { amount.map { .money($0) } ?? .null }

  private var json: JSONValue {
    .object([
      .init("book", .string(result.book)), .init("currency", .string(result.currency)),
      .init("billed", money(result.billed)), .init("modelled", money(result.modelled)),
      .init("toPay", money(result.toPay ?? result.billed)),
      .init("unexplained", .integer(result.unexplained)),
      .init("uncharged", .array(result.uncharged.map { .string($0.id) })),
      .init(
        "lines",
        .array(
          result.lines.map { line in
            .object([
              .init("period", line.period.map { .string($0.description) } ?? .null),
              .init("name", .string(line.name)),
              .init("meter", line.meter.map { .string($0.id) } ?? .null),
              .init("units", line.units.map { .integer($0) } ?? .null),
              .init("billed", money(line.billed)), .init("modelled", money(line.modelled)),
              .init("explanation", .string(line.explanation)),
              .init("isExplained", .bool(line.isExplained)),
            ])
          })),
    ])
  }
}
