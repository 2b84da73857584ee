import GenOpsForecasting
import GenOpsHistory
import GenOpsReporting
import GenOpsSimulation
import GenOpsUnits

/// `genops backtest`: how well each kind would have forecast what has come.
package enum BacktestCommand {
  package struct Request: Sendable {
    package var series: SeriesRequestText
    /// Stretches of each series.
    package var origins: Int
    package var format: String

    package init(series: SeriesRequestText, origins: Int = 4, format: String = "text") {
      self.series = series
      self.origins = origins
      self.format = format
    }
  }

  package static func run(
    _ request: Request, _ options: OutputOptions, onProgress: (Double) -> Void = { _ in }
  ) async -> CommandOutput {
    do throws(FindingsError) {
      let format = try ReportFormats.withoutChecks.kind(request.format)
      var findings = Findings()
      let task = request.series.task(&findings)
      let named = request.series.kinds(&findings)
      let pricing = request.series.pricing(&findings)
      try findings.throwIfErrors()
      let reader = try SeriesReader(request.series.paths, byProject: request.series.byProject)
      let contest = try await SeriesContest.run(
        reader, task, models: named.isEmpty ? SeriesModels.registry.entries.map(\.kind) : named,
        origins: request.origins, pricing: pricing, onProgress: onProgress)
      return CommandOutput(BacktestReport(contest).report, as: format, options)
    } catch {
      return CommandOutput(error.findings, color: options.errorColor)
    }
  }
}
