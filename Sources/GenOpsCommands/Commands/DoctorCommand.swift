import Foundation
package import GenOpsPostHog
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
    package var detail: SetupReport.Detail
    package var format: PriceCommands.Format
    package var now: Timestamp
    /// Measures the steps of a verbose report.
    package var timer: DeliveryTimer

    package init(
      environment: [String: String], settings: String? = nil, scenarios: [String] = [],
      showsSuccesses: Bool = true, detail: SetupReport.Detail = .normal,
      format: PriceCommands.Format = .text, now: Timestamp = SystemClock().now(),
      timer: DeliveryTimer = .system
    ) {
      self.environment = environment
      self.settings = settings
      self.scenarios = scenarios
      self.showsSuccesses = showsSuccesses
      self.detail = detail
      self.format = format
      self.now = now
      self.timer = timer
    }
  }

  package static func run(_ request: Request, _ options: OutputOptions) -> CommandOutput {
    let settings = AdapterSettings.read(
      environment: request.environment, file: request.settings)
    let timer = request.detail == .verbose ? request.timer : nil
    var report = SetupCheck.report(
      settings, now: request.now, verbose: timer != nil, timer: request.timer)
    if let path = request.settings, FileManager.default.fileExists(atPath: path) {
      report.add(.init(.success, "Files", "the settings file '\(path)' was read"))
    }
    for path in request.scenarios {
      report.step("Files", "read the scenario '\(path)'", timer: timer) {
        check(scenario: path, &$0)
      }
    }
    report.step("Files", "asked whether this folder can be written", timer: timer) {
      checkOutput(&$0)
    }
    let text =
      request.format == .json
      ? report.json.pretty
      : render(report, request, options.style)
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

  private static func render(_ report: SetupReport, _ request: Request, _ style: TextStyle)
    -> String
  {
    report.lines(request.detail, showsSuccesses: request.showsSuccesses).map { line in
      style.paint(line.lead.displayable, tone(line.mark)) + line.text.displayable + "\n"
    }.joined()
  }

  private static func tone(_ mark: SetupReport.Mark?) -> Tone {
    switch mark {
    case .heading: .strong
    case .level(.success): .good
    case .level(.info), .tried, .priority: .dim
    case .level(.warning): .caution
    case .level(.error): .bad
    case nil: .plain
    }
  }
}
