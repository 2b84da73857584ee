package import GenOpsReporting
import GenOpsSimulation
import GenOpsUnits

/// `genops snapshot check | update`.
package enum SnapshotCommands {
  package struct Request: Sendable {
    /// Scenarios, or folders of them; none is `scenarios`.
    package var paths: [String]
    package var format: String
    /// Futures of snapshots that are taken anew; nil keeps what they have.
    package var futures: Int?
    package var jobs: Int
    package var environment: CIEnvironment

    package init(
      paths: [String], format: String = "text", futures: Int? = nil, jobs: Int = 1,
      environment: CIEnvironment = CIEnvironment()
    ) {
      self.paths = paths
      self.format = format
      self.futures = futures
      self.jobs = jobs
      self.environment = environment
    }
  }

  /// Exit 1 when a snapshot does not hold, is missing or unused; nothing is written.
  package static func check(_ request: Request, _ options: OutputOptions) async -> CommandOutput {
    let entries: [SnapshotStore.Entry]
    let format: any ReportFormat.Type
    do throws(FindingsError) {
      format = try ReportFormats.all.kind(request.format)
      entries = try SnapshotStore.entries(request.paths)
    } catch { return CommandOutput(error.findings, color: options.errorColor) }
    var outcomes: [SnapshotOutcome] = []
    for entry in entries {
      if entry.isUnused {
        outcomes.append(SnapshotOutcome(scenario: "", file: entry.file, state: .unused))
        continue
      }
      let checker = SnapshotChecker(
        scenario: entry.scenario, snapshot: entry.file, jobs: request.jobs)
      outcomes.append(await checker.check())
    }
    let check = SnapshotReport(outcomes: outcomes, paths: request.paths)
    let report = check.report
    var output = CommandOutput()
    output.show(report, as: format, options)
    output.annotations = check.annotations
    output.summary = MarkdownFormat.render(report, options.style)
    if !check.broken.isEmpty {
      output.stderr = FindingsText.render(check.findings, color: options.errorColor)
      output.status = .error
    } else if !check.failures.isEmpty {
      output.status = .gateFailed
    }
    return output
  }

  /// Takes snapshots anew. Under `CI=true` that is an error: a gate must not open itself.
  package static func update(_ request: Request, _ options: OutputOptions) async -> CommandOutput {
    if request.environment.isCI {
      var findings = Findings()
      findings.error(
        "read-only", "nothing is written under CI=true",
        help: "run '\(SnapshotReport(outcomes: [], paths: request.paths).updateCommand)' on your "
          + "machine and commit what it writes")
      return CommandOutput(findings, color: options.errorColor)
    }
    let entries: [SnapshotStore.Entry]
    do throws(FindingsError) { entries = try SnapshotStore.entries(request.paths) } catch {
      return CommandOutput(error.findings, color: options.errorColor)
    }
    var out = ""
    var findings = Findings()
    for entry in entries {
      let outcome = await SnapshotStore.update(entry, paths: request.futures, jobs: request.jobs)
      switch outcome.state {
      case .broken: findings.merge(outcome.findings)
      default: out += "\(outcome.state.rawValue) \(outcome.file)\n"
      }
    }
    var output = CommandOutput(findings, color: options.errorColor)
    output.stdout = out
    return output
  }
}
