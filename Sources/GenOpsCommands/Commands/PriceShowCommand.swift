import GenOpsCosting
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsUnits

extension PriceCommands {
  /// One book: its tiers with unit price and cumulative cost, and where `usage` stands.
  package static func show(
    book name: String, usage: String?, format: Format, _ options: OutputOptions
  ) -> CommandOutput {
    var findings = Findings()
    let totals = usage.map { UsageText.parse($0, &findings) } ?? MeterTotals()
    guard let book = PriceBookFile.find(name, at: nil, &findings), !findings.hasErrors else {
      return CommandOutput(findings, color: options.errorColor)
    }
    if format == .json {
      return CommandOutput(stdout: description(book, withRates: true).pretty)
    }
    var out = "\(book.id): \(book.title), \(book.currency)\n"
    out += "source: \(book.source)\nread on \(book.retrieved)\n"
    for gap in book.unknown { out += "unknown: \(gap)\n" }
    for rate in book.rates {
      out += "\n" + heading(rate) + "\n" + tiers(rate, here: totals[rate.meter], options.style)
    }
    if !book.addOns.isEmpty {
      out += "\nAdd-ons per month: "
      out += book.addOns.map { "\($0.id) \($0.price)" }.joined(separator: ", ") + "\n"
    }
    return CommandOutput(stdout: out, findings, color: options.errorColor)
  }

  private static func heading(_ rate: Rate) -> String {
    let kind = rate.isOptIn ? ", chosen as add-on '\(rate.product)'" : ""
    let model = rate.model == GraduatedPrice.name ? "" : ", \(rate.model)"
    return "\(rate.meter.invoiceName) (\(rate.meter.id)), per \(rate.meter.unit)\(model)\(kind)"
  }

  private static func tiers(_ rate: Rate, here: Int64, _ style: TextStyle) -> String {
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
        ReportTable.Cell("  " + groupedDigits(String(from + 1))),
        ReportTable.Cell(bound == .max ? "no limit" : groupedDigits(String(bound))),
        ReportTable.Cell(price), ReportTable.Cell(bar(segment.unit, of: highest), .dim),
        ReportTable.Cell(
          bound == .max ? "" : table.cost(of: bound)?.text(decimals: 2, grouping: true) ?? "?"),
        ReportTable.Cell(here > from && here <= bound ? standing(here, table) : "", .good),
      ]
    }
    return ReportTable(
      "",
      [
        .init("  from unit", .right), .init("to", .right), .init("unit price", .right), .init(""),
        .init("all up to here", .right), .init(""),
      ], rows
    ).text(style)
  }

  /// The price of a tier beside the dearest one, ten columns wide.
  private static func bar(_ price: Int64, of highest: Int64) -> String {
    guard highest > 0 else { return "" }
    let length = Int((Double(price) / Double(highest) * 10).rounded())
    return String(repeating: "█", count: price > 0 ? max(1, length) : 0)
  }

  private static func standing(_ here: Int64, _ table: RateTable) -> String {
    let cost = table.cost(of: here)?.text(decimals: 2, grouping: true) ?? "unknown"
    return "you are here: \(groupedDigits(String(here))) = \(cost)"
  }
}
