import GenOpsCosting
import GenOpsHistory
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsUnits

extension PriceCommands {
  /// A dated book of PostHog's own answer, to stdout or to the file `out`. An existing file is only
  /// replaced when `replace` says so. `now` is in seconds since 1970, for a book whose day is not
  /// said.
  package static func importBook(
    billing path: String, id: String?, retrieved: String?, now: Double, out: String?,
    replace: Bool, _ options: OutputOptions
  ) -> CommandOutput {
    do throws(FindingsError) {
      let today = Timestamp(microseconds: 0).advanced(bySeconds: now).day
      guard let day = retrieved.map({ CalendarDay($0) }) ?? today else {
        throw FindingsError(
          "date", "'\(retrieved ?? "")' is not a day",
          help: DateForm.help(retrieved ?? "", example: "--retrieved 2027-02-10"))
      }
      let (json, addOns, findings) = try BookImporter.book(billing: path, id: id, retrieved: day)
      guard let out, out != "-" else {
        return CommandOutput(stdout: json.pretty, findings, color: options.errorColor)
      }
      // A book is its owner's, who may have changed it: no mark makes it ours.
      try OutputFiles(
        [.init(out, json.pretty, over: .nothing)], replaces: replace, elsewhere: "with --out"
      ).write()
      var text = "wrote \(out)\nuse it: prices: \(FlowText.quoted(out))\n"
      if !addOns.isEmpty {
        text += "        add_ons: [\(addOns.map(FlowText.quoted).joined(separator: ", "))]\n"
      }
      return CommandOutput(stdout: text, findings, color: options.errorColor)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  /// A bill priced again, line by line. Exit 1 when a difference is not explained.
  package static func reconcile(
    billing: String, book: String, usage: [String], format name: String, _ options: OutputOptions
  ) -> CommandOutput {
    let result: Reconciliation
    let format: any ReportFormat.Type
    do throws(FindingsError) {
      format = try ReportFormats.withoutChecks.kind(name)
      var findings = Findings()
      let book = PriceBookFile.find(book, at: nil, &findings)
      result = try BillReconciler.run(billing: billing, book: book, usage: usage, findings)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
    var output = CommandOutput(ReconciliationReport(result).report, as: format, options)
    if output.status == .success, result.unexplained > 0 { output.status = .gateFailed }
    return output
  }
}
