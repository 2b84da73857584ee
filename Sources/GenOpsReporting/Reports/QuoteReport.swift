package import GenOpsCosting
import GenOpsMetering
import GenOpsSimulation
package import GenOpsUnits

/// What a usage of one billing period costs, line by line.
package struct QuoteReport {
  let bill: Bill

  package init(_ bill: Bill) { self.bill = bill }

  /// The lines of the bill and their sum; `findings` are those of the input.
  package func report(_ findings: Findings) -> Report {
    var report = Report(title: "A bill", json: json, version: ScenarioRun.version)
    report.sections = [
      ReportSection("", id: "bill", [.table(lines), .paragraph(bill.book)]), .findings(findings),
    ]
    report.findings = findings
    return report
  }

  private var lines: ReportTable {
    func cell(_ amount: Money) -> ReportTable.Cell {
      .init(amount.text(decimals: nil, grouping: true), value: amount.description)
    }
    var rows = bill.charges.map { charge -> [ReportTable.Cell] in
      [.init(charge.meter.invoiceName), .init(units: charge.units), cell(charge.amount)]
    }
    rows += bill.fees.map { fee in
      [.init(fee.name + (fee.detail.map { ", \($0)" } ?? "")), "", cell(fee.amount)]
    }
    rows += bill.adjustments.map { [.init($0.name), "", cell($0.amount)] }
    rows += bill.unpriced.map {
      [.init($0.meter.invoiceName), .init(units: $0.units), .init("price unknown", value: "")]
    }
    rows.append(["Total", "", cell(bill.total)])
    return ReportTable(
      "",
      [
        .init("Per billing period", key: "what"), .init("units", .right),
        .init(bill.currency, .right, key: "cost"),
      ], rows, hasTotal: true)
  }

  /// The bill for programs.
  package var json: JSONValue {
    .object([
      .init("book", .string(bill.book)), .init("currency", .string(bill.currency)),
      .init("total", .money(bill.total)),
      .init(
        "charges",
        .array(
          bill.charges.map {
            .object([
              .init("meter", .string($0.meter.id)), .init("units", .integer($0.units)),
              .init("freeUnits", .integer($0.freeUnits)), .init("amount", .money($0.amount)),
            ])
          })),
      .init(
        "fees",
        .array(
          bill.fees.map { fee in
            var members: [JSONValue.Member] = [.init("addOn", .string(fee.id))]
            if let detail = fee.detail { members.append(.init("detail", .string(detail))) }
            return .object(members + [.init("amount", .money(fee.amount))])
          })),
      .init(
        "adjustments",
        .array(
          bill.adjustments.map {
            .object([
              .init("kind", .string($0.kind.rawValue)), .init("name", .string($0.name)),
              .init("amount", .money($0.amount)),
            ])
          })),
      .init(
        "unpriced",
        .array(
          bill.unpriced.map {
            .object([
              .init("meter", .string($0.meter.id)), .init("units", .integer($0.units)),
            ])
          })),
    ])
  }
}
