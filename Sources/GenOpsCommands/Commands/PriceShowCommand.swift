import GenOpsCosting
import GenOpsMetering
import GenOpsReporting
import GenOpsScenario
import GenOpsUnits

extension PriceCommands {
  /// One book: its tiers with unit price and cumulative cost, and where `usage` stands.
  package static func show(
    book name: String, usage: String?, format: String, _ options: OutputOptions
  ) -> CommandOutput {
    var findings = Findings()
    let totals = usage.map { UsageText.parse($0, &findings) } ?? MeterTotals()
    let format = ReportFormats.withoutChecks.find(format, at: nil, &findings)
    guard let format, let book = PriceBookFile.find(name, at: nil, &findings), !findings.hasErrors
    else {
      return CommandOutput(findings, color: options.errorColor)
    }
    return CommandOutput(
      PriceBookReport(book, usage: totals).report(findings), as: format, options)
  }
}
