import GenOpsReporting
import GenOpsScenario
import GenOpsSimulation
import GenOpsUnits

/// `genops report`: the report of a run that was made before.
package enum ReportCommand {
  package struct Request: Sendable {
    /// The folder of a run, or its `result.json`.
    package var run: String
    package var format: String
    /// Whether everything is recomputed from scenario and data.
    package var verifies: Bool
    /// Where the scenario is, where it is no longer where the run found it.
    package var scenario: String?
    package var jobs: Int
    /// The folder for the files of the format; nil prints it.
    package var out: String?
    /// Whether files go that are there.
    package var replaces: Bool

    package init(
      run: String, format: String = "text", verifies: Bool = false, scenario: String? = nil,
      jobs: Int = 1, out: String? = nil, replaces: Bool = false
    ) {
      self.run = run
      self.format = format
      self.verifies = verifies
      self.scenario = scenario
      self.jobs = jobs
      self.out = out
      self.replaces = replaces
    }
  }

  /// The report in a format, or what differs from the recomputed one.
  package static func run(
    _ request: Request, _ options: OutputOptions,
    onProgress: @escaping @Sendable (Double) -> Void = { _ in }
  ) async -> CommandOutput {
    do throws(FindingsError) {
      let format = try (request.verifies ? ReportFormats.all : ReportFormats.ofRuns)
        .kind(request.format)
      let filed = try FiledRun(request.run)
      if request.verifies { return try await verify(filed, request, format, options, onProgress) }
      let page = try report(filed)
      if let out = request.out { return try write(page, format, to: out, request.replaces) }
      var output = CommandOutput()
      output.show(page, as: format, options)
      return output
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
  }

  /// Writes the files of a format into a folder, and says which.
  private static func write(
    _ report: Report, _ format: any ReportFormat.Type, to folder: String, _ replaces: Bool
  ) throws(FindingsError) -> CommandOutput {
    let files =
      format.name == FocusFormat.name
      ? report.datasets.map { ($0.path, Array($0.csv.utf8)) }
      : [(format.fileName ?? "report.\(format.name)", format.bytes(report, TextStyle()))]
    try OutputFiles(
      files.map { .init("\(folder)/\($0.0)", bytes: $0.1, over: .nothing) }, replaces: replaces,
      elsewhere: "with --out DIR", makesFolders: true
    ).write()
    return CommandOutput(stdout: files.map { "wrote \(folder)/\($0.0)\n" }.joined())
  }

  private static func report(_ filed: FiledRun) throws(FindingsError) -> Report {
    let provenance = try ResultReader.read(filed.node).provenance
    let footer = ReportFooter(
      scenarioFile: provenance.request.scenario, reproduce: provenance.reproduction)
    return try RunReport(filed: filed.node, footer).report
  }

  /// Recomputes the run, and holds every value and every file against it.
  private static func verify(
    _ filed: FiledRun, _ request: Request, _ format: any ReportFormat.Type,
    _ options: OutputOptions, _ onProgress: @escaping @Sendable (Double) -> Void
  ) async throws(FindingsError) -> CommandOutput {
    let provenance = try ResultReader.provenance(filed.node)
    let report = try await recomputed(provenance, request, onProgress)
    var verification = RunVerification(name: request.run, report)
    verification.compare(result: JSONValue(filed.node), bytes: filed.bytes, file: filed.file)
    for entry in ReportFormats.all.entries where filed.folder != nil {
      guard let name = entry.kind.fileName, name != JSONFormat.fileName else { continue }
      verification.compare(filed.bytes(of: name), with: entry.kind, file: name)
    }
    var output = CommandOutput(
      status: verification.differences.isEmpty ? .success : .gateFailed)
    output.show(verification.page, as: format, options)
    output.annotations = verification.differences.map {
      Annotation(
        isError: true, place: nil, title: "report --verify",
        message: "\($0.file), \($0.place): \($0.stored), recomputed \($0.recomputed)")
    }
    return output
  }

  /// The run of the same words, seed and futures.
  private static func recomputed(
    _ provenance: Provenance, _ request: Request, _ onProgress: @escaping @Sendable (Double) -> Void
  ) async throws(FindingsError) -> Report {
    let asked = provenance.request
    let path = request.scenario ?? asked.scenario
    guard FileIdentity(path: path) != nil else {
      throw FindingsError(
        "verify-scenario", "there is no scenario '\(path)', of which the run was made",
        help: "verify where it was run, or name it: --scenario PATH")
    }
    let plan = try ScenarioRun.plan(
      path: path,
      overrides: .init(
        seed: provenance.seed, paths: provenance.paths, settings: asked.settings))
    let gates = try RunCommand.gates(asked.failOn, plan)
    let run = try await ScenarioRun.run(plan, jobs: request.jobs, onProgress: onProgress)
    var result = RunCommand.judged(run, gates)
    if path != asked.scenario {
      result.findings = result.findings.moved(from: path, to: asked.scenario)
    }
    result.provenance.request = asked
    return RunReport(
      result,
      ReportFooter(
        scenarioFile: asked.scenario, reproduce: result.provenance.reproduction), plan: run.plan
    ).report
  }
}

extension Findings {
  /// The same of a file that was called something else.
  fileprivate func moved(from path: String, to name: String) -> Findings {
    Findings(
      all.map { finding in
        var finding = finding
        if finding.location?.file == path { finding.location?.file = name }
        return finding
      })
  }
}
