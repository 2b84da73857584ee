import GenOpsSimulation

@testable import GenOpsReporting

/// How a sample is shown.
struct SampleContext {
  var style = TextStyle()
  var footer = ReportFooter()
}

extension ReportFormat {
  /// The report of a run in this format.
  static func render(_ result: ScenarioResult, _ context: SampleContext = SampleContext()) -> String
  {
    render(RunReport(result, context.footer).report, context.style)
  }
}
