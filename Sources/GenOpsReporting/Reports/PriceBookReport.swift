package import GenOpsCosting
package import GenOpsMetering
import GenOpsSimulation
package import GenOpsUnits

/// The tiers of a price book, and where a usage stands in them.
package struct PriceBookReport {
  let book: PriceBook
  let usage: MeterTotals

  package init(_ book: PriceBook, usage: MeterTotals) {
    self.book = book
    self.usage = usage
  }

  /// Each rate with unit price and cumulative cost; `findings` are those of the input.
  package func report(_ findings: Findings) -> Report {
    var report = Report(
      title: "\(book.id): \(book.title), \(book.currency)", json: book.json(withRates: true),
      version: ScenarioRun.version)
    report.facts = ["source: \(book.source)", "read on \(book.retrieved)"]
    let gaps = book.unknown.map { "unknown: \($0)" }
    report.screen = ReportScreen(.lines([report.title] + report.facts + gaps))
    report.sections = [
      ReportSection(
        "", id: "unknown", gaps.map { .init(.paragraph($0), isOnScreen: false) })
    ]
    report.sections += book.rates.map { rate in
      var section = ReportSection(
        heading(rate), id: rate.meter.id, [.table(tiers(rate, here: usage[rate.meter]))])
      section.isTitledOnScreen = true
      return section
    }
    if !book.addOns.isEmpty {
      let prices = book.addOns.map { "\($0.id) \($0.price)" }.joined(separator: ", ")
      report.sections.append(
        ReportSection("", id: "add-ons", [.paragraph("Add-ons per month: " + prices)]))
    }
    report.sections.append(.findings(findings))
    report.findings = findings
    return report
  }

  private func heading(_ rate: Rate) -> String {
    let kind = rate.isOptIn ? ", chosen as add-on '\(rate.product)'" : ""
    let model = rate.model == GraduatedPrice.name ? "" : ", \(rate.model)"
    return "\(rate.meter.invoiceName) (\(rate.meter.id)), per \(rate.meter.unit)\(model)\(kind)"
  }

  private func tiers(_ rate: Rate, here: Int64) -> ReportTable {
    let table = rate.table
    let highest = table.unit.max() ?? 0
    let rows = (0..<table.segmentCount).map { index -> [ReportTable.Cell] in
      let segment = table.segment(at: index)
      let from = index == 0 ? 0 : table.upTo[index - 1]
      let isKnown = segment.upTo <= table.knownUpTo
      let bound = segment.upTo
      var price = isKnown ? UnitPrice(nanosPerUnit: segment.unit).description : "unknown"
      if segment.step != 1 { price += " per \(groupedDigits(String(segment.step)))" }
      if segment.unit == 0, segment.base > 0, segment.origin == 0, isKnown {
        price = "\(Money(nanos: segment.base)) in all"
      }
      return [
        .init(units: from + 1),
        bound == .max ? .init("no limit", value: "") : .init(units: bound),
        .init(price), .init(bar(segment.unit, of: highest), .dim),
        bound == .max
          ? ""
          : .init(
            table.cost(of: bound)?.text(decimals: 2, grouping: true) ?? "?",
            value: table.cost(of: bound)?.description ?? ""),
        .init(here > from && here <= bound ? standing(here, table) : "", .good),
      ]
    }
    var tiers = ReportTable(
      "",
      [
        .init("from unit", .right), .init("to", .right), .init("unit price", .right), .init(""),
        .init("all up to here", .right), .init("", key: "here"),
      ], rows)
    tiers.indent = 2
    return tiers
  }

  /// The price of a tier beside the dearest one, ten columns wide.
  private func bar(_ price: Int64, of highest: Int64) -> String {
    guard highest > 0 else { return "" }
    // At most 10: no price is above the highest, and a negative one has no bar.
    let length = Int((Double(price) / Double(highest) * 10).rounded())
    return String(repeating: "█", count: price > 0 ? max(1, length) : 0)
  }

  private func standing(_ here: Int64, _ table: RateTable) -> String {
    let cost = table.cost(of: here)?.text(decimals: 2, grouping: true) ?? "unknown"
    return "you are here: \(groupedDigits(String(here))) = \(cost)"
  }
}
