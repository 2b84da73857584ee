import GenOpsSimulation

@testable import GenOpsReporting

/// How a sample is shown.
struct SampleContext {
  var style = TextStyle()
  var footer = ReportFooter()
}

extension ReportFormat {
  /// The report of a run in this format; of files in one, all of them.
  static func render(_ result: ScenarioResult, _ context: SampleContext = SampleContext()) -> String
  {
    let bytes = bytes(RunReport(result, context.footer).report, context.style)
    if self is any TextReportFormat.Type { return String(decoding: bytes, as: UTF8.self) }
    return (ZIPReader(bytes)?.entries.map { $0.text + "\n" } ?? []).joined()
  }
}
