package import GenOpsCosting
import GenOpsMetering
import GenOpsSimulation
package import GenOpsUnits

/// The rates of a price book at their own edges.
package struct ProbeReport {
  let book: PriceBook
  let rates: [Rate]

  package init(_ book: PriceBook, _ rates: [Rate]) {
    self.book = book
    self.rates = rates
  }

  /// The cost at each edge and of the unit behind it; `findings` name the cliffs.
  package func report(_ findings: Findings) -> Report {
    var report = Report(
      title: "The edges of \(book.id)", json: json, version: ScenarioRun.version)
    report.sections = rates.map { rate in
      var section = ReportSection(
        "\(rate.meter.invoiceName) (\(rate.meter.id)), \(rate.model)", id: rate.meter.id,
        [.table(edges(rate))])
      section.isTitledOnScreen = true
      return section
    }
    report.sections += [
      ReportSection("", id: "cliffs", [.paragraph(summary)]), .findings(findings),
    ]
    report.findings = findings
    return report
  }

  private func edges(_ rate: Rate) -> ReportTable {
    let rows = rate.table.probes.map { probe -> [ReportTable.Cell] in
      [
        .init(units: probe.units),
        .init(
          probe.cost?.text(decimals: nil, grouping: true) ?? "unknown",
          value: probe.cost?.description ?? ""),
        .init(probe.next?.description ?? "unknown", value: probe.next?.description ?? ""),
      ]
    }
    var table = ReportTable(
      "", [.init("units", .right), .init("cost", .right), .init("the next one", .right)], rows)
    table.indent = 2
    return table
  }

  private var summary: String {
    let cliffs = rates.reduce(0) { $0 + $1.table.cliffs.count }
    return "\(book.id): \(NumberText.counted(rates.count, "rate")), "
      + (cliffs == 0 ? "no cliffs" : NumberText.counted(cliffs, "cliff"))
  }

  private var json: JSONValue {
    .object([.init("book", .string(book.id)), .init("rates", .array(rates.map(json)))])
  }

  private func json(_ rate: Rate) -> JSONValue {
    .object([
      .init("meter", .string(rate.meter.id)), .init("model", .string(rate.model)),
      .init(
        "probes",
        .array(
          rate.table.probes.map {
            .array([.integer($0.units), $0.cost.map { .money($0) } ?? .null])
          })),
      .init(
        "cliffs",
        .array(
          rate.table.cliffEdges.map { cliff in
            .object([
              .init("units", .integer(cliff.units)), .init("before", .money(cliff.before)),
              .init("after", .money(cliff.after)),
              .init("recovers", cliff.recovers.map { .integer($0) } ?? .null),
            ])
          })),
    ])
  }
}
