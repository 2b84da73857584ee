import Foundation
import GenOpsPostHog
import GenOpsReporting
import GenOpsScenario
package import GenOpsUnits

/// `genops doctor`: what is right and wrong with environment, settings and files.
package enum DoctorCommand {
  package struct Request: Sendable {
    package var environment: [String: String]
    package var settings: String?
    package var scenarios: [String]
    package var showsSuccesses: Bool
    package var format: PriceCommands.Format
    package var now: Timestamp

    package init(
      environment: [String: String], settings: String? = nil, scenarios: [String] = [],
      showsSuccesses: Bool = true, format: PriceCommands.Format = .text,
      now: Timestamp = SystemClock().now()
    ) {
      self.environment = environment
      self.settings = settings
      self.scenarios = scenarios
      self.showsSuccesses = showsSuccesses
      self.format = format
      self.now = now
    }
  }

  package static func run(_ request: Request, _ options: OutputOptions) -> CommandOutput {
    let settings = AdapterSettings.read(
      environment: request.environment, file: request.settings)
    var report = SetupCheck.report(settings, now: request.now)
    if let path = request.settings, FileManager.default.fileExists(atPath: path) {
      report.add(.init(.success, "Files", "the settings file '\(path)' was read"))
    }
    for path in request.scenarios { check(scenario: path, &report) }
    checkOutput(&report)
    let text =
      request.format == .json
      ? report.json.pretty
      : render(report, showsSuccesses: request.showsSuccesses, options.style)
    return CommandOutput(stdout: text, status: report.isValid ? .success : .error)
  }

  private static func check(scenario path: String, _ report: inout SetupReport) {
    let (scenario, findings) = ScenarioReader.read(path: path)
    for finding in findings.all where finding.severity != .note {
      report.add(
        .init(
          finding.severity == .error ? .error : .warning, "Files",
          (finding.location.map { "\($0): " } ?? "\(path): ") + finding.message,
          recommendation: finding.help, fixCommand: "genops validate \(path)"))
    }
    if scenario != nil, !findings.hasErrors {
      report.add(.init(.success, "Files", "the scenario '\(path)' can be run"))
    }
  }

  /// `genops run` writes below the present folder.
  private static func checkOutput(_ report: inout SetupReport) {
    if FileManager.default.isWritableFile(atPath: ".") {
      report.add(.init(.success, "Files", "results can be written here"))
    } else {
      report.add(
        .init(
          .warning, "Files", "nothing can be written in this folder",
          recommendation: "genops run needs it for its files", fixCommand: "genops run … --out DIR")
      )
    }
  }

  private static func render(
    _ report: SetupReport, showsSuccesses: Bool, _ style: TextStyle
  ) -> String {
    var out = ""
    for component in report.components {
      let issues = report.issues.filter {
        $0.component == component && (showsSuccesses || $0.level != .success)
      }
      if issues.isEmpty { continue }
      out += style.paint(component, .strong) + "\n"
      for issue in issues {
        out += "  " + style.paint(word(issue.level), tone(issue.level))
        out += "  \(issue.issue.displayable)\n"
        if let text = issue.recommendation { out += "           \(text.displayable)\n" }
        if let fix = issue.fixCommand { out += "           fix: \(fix.displayable)\n" }
      }
    }
    return out + "\n" + verdict(report) + "\n"
  }

  private static func verdict(_ report: SetupReport) -> String {
    let counts =
      "\(report.count(.success)) right, \(NumberText.counted(report.count(.warning), "warning")), "
      + "\(NumberText.counted(report.count(.error), "error")) in "
      + "\(NumberText.counted(report.components.count, "component"))"
    return switch report.overallStatus {
    case .success, .info: "All checks passed: \(counts)."
    case .warning: "It works, with warnings: \(counts)."
    case .error: "It does not work yet: \(counts)."
    }
  }

  private static func word(_ level: SetupReport.Level) -> String {
    switch level {
    case .success: "ok     "
    case .info: "info   "
    case .warning: "warning"
    case .error: "error  "
    }
  }

  private static func tone(_ level: SetupReport.Level) -> Tone {
    switch level {
    case .success: .good
    case .info: .dim
    case .warning: .caution
    case .error: .bad
    }
  }
}
