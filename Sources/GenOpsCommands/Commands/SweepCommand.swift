import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops sweep`.
package enum SweepCommand {
  package struct Request: Sendable {
    package var scenario: String
    /// `growth.events=1%,2%,3% per month` and the like.
    package var axes: [String]
    /// How many scenarios of a Latin hypercube; nil runs every combination.
    package var samples: Int?
    package var format: String
    package var seed: UInt64?
    package var paths: Int?
    package var jobs: Int
    /// The file in which what has run is remembered.
    package var journal: String?
    package var settings: [String]
    /// The engine that walks the futures; nil walks them here.
    package var engine: EngineRequest?
  }

  /// Runs all scenarios and tells them in one table.
  package static func run(
    _ request: Request, _ options: OutputOptions,
    onProgress: @escaping @Sendable (Double) -> Void
  ) async -> CommandOutput {
    do throws(FindingsError) {
      let format = try ReportFormats.withoutChecks.kind(request.format)
      let sweep = try sweep(request)
      let journal = try request.journal.map { path throws(FindingsError) in
        try SweepJournal(path)
      }
      if let engine = request.engine {
        let waiting = try sweep.waiting(for: journal)
        let job = try SparkEngine.job(
          waiting.plans.map {
            .init(
              scenario: sweep.path, overrides: sweep.pointOverrides($0.point),
              paths: $0.plan.scenario.paths)
          }, engine)
        if engine.isDry { return CommandOutput(stdout: job.dryRun) }
        let shards = try waiting.plans.isEmpty ? [] : SparkEngine.shards(job)
        let result = try sweep.merged(waiting, shards, journal: journal)
        return output(result, format, request, options)
      }
      let result = try await sweep.run(
        jobs: request.jobs, journal: journal, onProgress: onProgress)
      return output(result, format, request, options)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  /// The sweep that a request asks for.
  static func sweep(_ request: Request) throws(FindingsError) -> Sweep {
    var findings = Findings()
    var axes: [SweepAxis] = []
    for text in request.axes {
      do throws(FindingsError) {
        axes.append(try SweepAxis(text, isSampled: request.samples != nil))
      } catch { findings.merge(error.findings) }
    }
    for (index, axis) in axes.enumerated()
    where axes[..<index].contains(where: { $0.place == axis.place }) {
      findings.error(
        "not-an-axis", "'\(axis.place)' is varied twice", help: "give all its values at once")
    }
    try findings.throwIfErrors()
    let overrides = ScenarioReader.Overrides(
      seed: request.seed, paths: request.paths, settings: request.settings)
    guard let samples = request.samples else {
      return Sweep(
        path: request.scenario, overrides: overrides, design: try SweepDesign(grid: axes))
    }
    // The seed of the futures decides the values too, so that one number gives the whole sweep again.
    let (scenario, said) = ScenarioReader.read(path: request.scenario, overrides: overrides)
    guard let scenario else { throw FindingsError(findings: said) }
    return Sweep(
      path: request.scenario, overrides: overrides,
      design: try SweepDesign(sampling: axes, count: samples, seed: scenario.seed))
  }

  private static func output(
    _ result: Sweep.Result, _ format: any ReportFormat.Type, _ request: Request,
    _ options: OutputOptions
  ) -> CommandOutput {
    let report = SweepReport(result, scenario: request.scenario).report
    var output = CommandOutput(report, as: format, options)
    if result.known > 0 {
      output.stderr +=
        "\(result.known) of \(NumberText.counted(result.rows.count, "scenario")) had run before\n"
    }
    return output
  }
}
