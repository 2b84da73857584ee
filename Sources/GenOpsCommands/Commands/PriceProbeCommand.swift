import GenOpsCosting
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsUnits

extension PriceCommands {
  /// Whether books can be used: every finding of every file, and files that hold at the same time.
  package static func validate(paths: [String], _ options: OutputOptions) -> CommandOutput {
    let (books, findings) = PriceBookChecker.check(paths)
    let text = books.map { path, book in
      "\(path): ok, \(book.rates.count) rates, \(book.addOns.count) add-ons, \(book.currency)\n"
    }
    return CommandOutput(stdout: text.joined(), findings, color: options.errorColor)
  }

  /// A book at its own edges, and every cliff where more costs less.
  package static func probe(
    book name: String, meters: [String], format: Format, _ options: OutputOptions
  ) -> CommandOutput {
    var findings = Findings()
    let wanted = meters.compactMap { name -> Meter? in
      if let meter = Meter(named: name) { return meter }
      findings.add(Meter.unknown(name, at: nil))
      return nil
    }
    guard let book = PriceBookFile.find(name, at: nil, &findings), !findings.hasErrors else {
      return CommandOutput(findings, color: options.errorColor)
    }
    let rates = book.rates.filter { wanted.isEmpty || wanted.contains($0.meter) }
    for rate in rates {
      for cliff in rate.table.cliffEdges { findings.add(finding(cliff, rate)) }
    }
    if format == .json {
      let json = JSONValue.object([
        .init("book", .string(book.id)), .init("rates", .array(rates.map(json))),
      ])
      return CommandOutput(stdout: json.pretty, findings, color: options.errorColor)
    }
    let text = rates.map { rate in
      let rows = rate.table.probes.map { probe in
        [
          "  " + groupedDigits(String(probe.units)),
          probe.cost?.text(decimals: nil, grouping: true) ?? "unknown",
          probe.next?.description ?? "unknown",
        ]
      }
      let table = ReportTable(
        [.init("  units", .right), .init("cost", .right), .init("the next one", .right)], rows)
      return "\(rate.meter.invoiceName) (\(rate.meter.id)), \(rate.model)\n"
        + table.text(options.style)
    }
    let cliffs = rates.reduce(0) { $0 + $1.table.cliffs.count }
    return CommandOutput(
      stdout: text.joined(separator: "\n")
        + "\n\(book.id): \(rates.count) rate\(rates.count == 1 ? "" : "s"), "
        + (cliffs == 0 ? "no cliffs\n" : "\(cliffs) cliff\(cliffs == 1 ? "" : "s")\n"),
      findings, color: options.errorColor)
  }

  private static func finding(_ cliff: PriceCliff, _ rate: Rate) -> Finding {
    let units = groupedDigits(String(cliff.units))
    let until = cliff.recovers.map { "up to \(groupedDigits(String($0 - 1)))" } ?? "from there on"
    let tier = rate.table.segment(of: cliff.units) + 1
    return Finding(
      .warning, "price-cliff",
      "\(rate.meter.id): one more than \(units) costs \(cliff.after) in place of \(cliff.before)",
      help: "it costs less \(until)",
      at: rate.places.indices.contains(tier) ? rate.places[tier] : rate.places.first)
  }

  private static func json(_ rate: Rate) -> JSONValue {
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
