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
    book name: String, meters: [String], format: String, _ options: OutputOptions
  ) -> CommandOutput {
    var findings = Findings()
    let wanted = meters.compactMap { name -> Meter? in
      if let meter = Meter(named: name) { return meter }
      findings.add(Meter.unknown(name, at: nil))
      return nil
    }
    let format = ReportFormats.withoutChecks.find(format, at: nil, &findings)
    guard let format, let book = PriceBookFile.find(name, at: nil, &findings), !findings.hasErrors
    else {
      return CommandOutput(findings, color: options.errorColor)
    }
    let rates = book.rates.filter { wanted.isEmpty || wanted.contains($0.meter) }
    for rate in rates {
      for cliff in rate.table.cliffEdges { findings.add(finding(cliff, rate)) }
    }
    return CommandOutput(ProbeReport(book, rates).report(findings), as: format, options)
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
}
