package import GenOpsMetering
import GenOpsPostHog
import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
package import GenOpsUnits

/// `genops track`.
package enum TrackCommand {
  package struct Request: Sendable {
    package var scenario: String
    /// New exports.
    package var usage: [String]
    /// The forecast ledger; nil keeps none.
    package var ledger: String?
    /// By what volume is measured; nil lets the forecast decide.
    package var volume: Meter?
    package var format: String
    package var seed: UInt64?
    package var paths: Int?
    package var jobs: Int
    package var failOn: [String]
    /// `growth.events=3% per month` and the like, put over the file.
    package var settings: [String]

    package init(
      scenario: String, usage: [String], ledger: String?, volume: Meter? = nil,
      format: String = "text", seed: UInt64? = nil, paths: Int? = nil, jobs: Int = 1,
      failOn: [String] = [], settings: [String] = []
    ) {
      self.scenario = scenario
      self.usage = usage
      self.ledger = ledger
      self.volume = volume
      self.format = format
      self.seed = seed
      self.paths = paths
      self.jobs = jobs
      self.failOn = failOn
      self.settings = settings
    }
  }

  /// Tracks, adds to the ledger what is new, judges the gates.
  package static func run(
    _ request: Request, _ options: OutputOptions, now: Timestamp = SystemClock().now(),
    onProgress: @escaping @Sendable (Double) -> Void
  ) async -> CommandOutput {
    do throws(FindingsError) {
      let format = try ReportFormats.all.kind(request.format)
      var ledger = ForecastLedger()
      if let path = request.ledger { ledger = try ForecastLedger(path: path) }
      var tracker = try Tracker(
        .init(
          scenario: request.scenario, usage: request.usage,
          overrides: ScenarioReader.Overrides(
            seed: request.seed, paths: request.paths, settings: request.settings),
          jobs: request.jobs, now: now, volume: request.volume))
      // Before the run: a wrong condition must not cost its time.
      let gates = try self.gates(request.failOn, tracker)
      var result = try await tracker.track(&ledger, onProgress: onProgress)
      if let path = request.ledger { try ledger.append(to: path) }
      result.checks = gates.map { result.judge($0) }
      return output(result, format, request, tracker, options)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  private static func gates(_ texts: [String], _ tracker: Tracker) throws(FindingsError)
    -> [TrackCondition]
  {
    var findings = Findings()
    let gates = texts.compactMap {
      TrackCondition.read(
        $0, currency: tracker.currency, months: tracker.months, &findings)
    }
    try findings.throwIfErrors()
    return gates
  }

  private static func output(
    _ result: TrackResult, _ format: any ReportFormat.Type, _ request: Request, _ tracker: Tracker,
    _ options: OutputOptions
  ) -> CommandOutput {
    let report = TrackReport(
      result, next: next(request, tracker), scenarioFile: request.scenario
    ).report
    let isText = format.name == TextFormat.name
    let warnings = result.findings.all.contains { $0.severity == .warning }
    var output = CommandOutput(
      stderr: isText || !warnings
        ? "" : FindingsText.render(result.findings, color: options.errorColor),
      status: result.checks.allSatisfy(\.passed) ? .success : .gateFailed)
    output.show(report, as: format, options)
    output.annotations = result.findings.all.compactMap { Annotation($0) }
    output.summary = MarkdownFormat.render(report, options.style)
    return output
  }

  /// The line that makes the export a part of the history, and what to run then.
  private static func next(_ request: Request, _ tracker: Tracker) -> [String] {
    let new = request.usage.filter { path in
      !tracker.historyFiles.contains { FileIdentity(path: $0) == FileIdentity(path: path) }
    }
    let run = ShellWord.joined(["genops", "run", request.scenario])
    if new.isEmpty { return [run] }
    let all = (tracker.historyFiles + new).map { RelativePath.of($0, beside: request.scenario) }
    let names = all.map { $0.contains(" ") || $0.contains(",") ? "\"\($0)\"" : $0 }
    // A folder of exports is named as such; all its files would say less.
    let line =
      all.count <= 4
      ? "history: \(all.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]")"
      : "under history: - " + names.suffix(new.count).joined(separator: ", ")
    return ["in \(request.scenario): \(line)", run]
  }
}
