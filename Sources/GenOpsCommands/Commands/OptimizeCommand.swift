import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops optimize`.
package enum OptimizeCommand {
  package struct Request: Sendable {
    package var scenario: String
    /// In place of the scenario's.
    package var objective: String?
    /// In place of the scenario's; empty leaves those.
    package var conditions: [String]
    package var format: String
    package var seed: UInt64?
    package var paths: Int?
    package var jobs: Int
    /// `growth.events=3% per month` and the like, put over the file.
    package var settings: [String]

    package init(
      scenario: String, objective: String? = nil, conditions: [String] = [],
      format: String = "text", seed: UInt64? = nil, paths: Int? = nil, jobs: Int = 1,
      settings: [String] = []
    ) {
      self.scenario = scenario
      self.objective = objective
      self.conditions = conditions
      self.format = format
      self.seed = seed
      self.paths = paths
      self.jobs = jobs
      self.settings = settings
    }
  }

  /// Finds the best policy. That no policy meets the conditions is an answer, and a gate that failed.
  package static func run(
    _ request: Request, _ options: OutputOptions,
    onProgress: @escaping @Sendable (Double) -> Void
  ) async -> CommandOutput {
    do throws(FindingsError) {
      let format = try ReportFormats.all.kind(request.format)
      let optimizer = try Optimizer(
        .init(
          path: request.scenario,
          overrides: ScenarioReader.Overrides(
            seed: request.seed, paths: request.paths, settings: request.settings),
          jobs: request.jobs, objective: request.objective, conditions: request.conditions))
      let result = try await optimizer.run(onProgress: onProgress)
      return output(result, format, request, options)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  private static func output(
    _ result: OptimizeResult, _ format: any ReportFormat.Type, _ request: Request,
    _ options: OutputOptions
  ) -> CommandOutput {
    let report = OptimizeReport(
      result, next: [ShellWord.joined(["genops", "run", request.scenario])],
      scenarioFile: request.scenario
    ).report
    let isText = format.name == TextFormat.name
    let warnings = result.findings.all.contains { $0.severity == .warning }
    var output = CommandOutput(
      stderr: isText || !warnings
        ? "" : FindingsText.render(result.findings, color: options.errorColor),
      status: result.best.isFeasible ? .success : .gateFailed)
    output.show(report, as: format, options)
    output.annotations = result.findings.all.compactMap { Annotation($0) }
    output.summary = MarkdownFormat.render(report, options.style)
    return output
  }
}
