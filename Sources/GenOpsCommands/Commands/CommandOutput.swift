package import GenOpsReporting
package import GenOpsUnits

/// What a command says: the result, what goes beside it, the files it wants written, and the exit
/// status. Commands are functions that return this; the program prints it.
package struct CommandOutput: Sendable, Equatable {
  /// The result and nothing else.
  package var stdout = ""
  /// A result that is not text, in place of ``stdout``; empty where it is.
  package var bytes: [UInt8] = []
  /// Warnings and errors.
  package var stderr = ""
  package var status = Status.success
  /// Remarks beside lines of files, for where the machine shows them.
  package var annotations: [Annotation] = []
  /// Markdown below the job, for where the machine shows it.
  package var summary: String?

  /// One table of exit statuses for all verbs.
  package enum Status: Int32, Sendable {
    case success = 0
    /// An expectation, `--fail-on` or snapshot did not hold.
    case gateFailed = 1
    /// Usage, configuration, scenario, price book, input or tool error.
    case error = 2
  }

  package init(stdout: String = "", stderr: String = "", status: Status = .success) {
    self.stdout = stdout
    self.stderr = stderr
    self.status = status
  }

  /// The findings on stderr; errors among them make the status ``Status/error``.
  package init(stdout: String = "", _ findings: Findings, color: Bool) {
    let findings = findings.namedHere
    self.stdout = findings.hasErrors ? "" : stdout
    stderr = FindingsText.render(findings, color: color)
    status = findings.hasErrors ? .error : .success
    annotations = findings.all.compactMap { Annotation($0) }
  }

  /// A report in a format, its findings on stderr.
  package init(_ report: Report, as format: any ReportFormat.Type, _ options: OutputOptions) {
    self.init(report.findings, color: options.errorColor)
    if !report.findings.hasErrors { show(report, as: format, options) }
  }

  /// A report in a format becomes the result.
  package mutating func show(
    _ report: Report, as format: any ReportFormat.Type, _ options: OutputOptions
  ) {
    if let text = format as? any TextReportFormat.Type {
      stdout = text.render(report, options.style)
    } else {
      bytes = format.bytes(report, options.style)
    }
  }
}

/// How the terminal or the user wants output.
package struct OutputOptions: Sendable {
  package var color: Bool
  package var errorColor: Bool
  package var width: Int

  package init(color: Bool = false, errorColor: Bool = false, width: Int = 100) {
    self.color = color
    self.errorColor = errorColor
    self.width = width
  }

  var style: TextStyle { TextStyle(color: color, width: width) }
}
