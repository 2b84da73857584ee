package import GenOpsSimulation
package import GenOpsUnits

/// A way to write a result down.
///
/// A format is one file with a type like this and one line in ``ReportFormats/all``; the contract
/// tests run over that list.
package protocol ReportFormat: Named {
  /// The name of the file it is written to under `notebooks-out/<scenario>/`: `report.html`.
  static var fileName: String { get }

  /// The whole text, with a newline at its end. The same result and context give the same text.
  static func render(_ result: ScenarioResult, _ context: ReportContext) -> String
}

/// What a report shows that is not a part of the result.
package struct ReportContext: Sendable {
  package var style: TextStyle
  package var footer: RunFooter

  package init(style: TextStyle = TextStyle(), footer: RunFooter = RunFooter()) {
    self.style = style
    self.footer = footer
  }
}

/// How the run was started, what it wrote and what can be done next.
package struct RunFooter: Sendable, Hashable {
  /// The scenario as the user named it; findings in it are shown without the file's name.
  package var scenarioFile: String?
  /// The files written, the one for people first, as paths the user can open.
  package var files: [String]
  /// How long it took, such as `1.8 s`. Nil in files, which must not differ from run to run.
  package var elapsed: String?
  /// Commands that make sense now.
  package var next: [String]
  /// The command that gives this result again; nil when it is not known.
  package var reproduce: String?

  package init(
    scenarioFile: String? = nil, files: [String] = [], elapsed: String? = nil,
    next: [String] = [], reproduce: String? = nil
  ) {
    self.scenarioFile = scenarioFile
    self.files = files
    self.elapsed = elapsed
    self.next = next
    self.reproduce = reproduce
  }
}

/// All report formats, by the name `--format` takes.
package enum ReportFormats {
  package static let all = Registry<any ReportFormat.Type>(
    "report format",
    [
      entry(TextReport.self),
      entry(MarkdownReport.self),
      entry(HTMLReport.self),
      entry(CSVReport.self),
      entry(JSONReport.self),
      entry(JUnitReport.self),
    ])

  private static func entry(
    _ kind: any ReportFormat.Type
  ) -> Registry<any ReportFormat.Type>.Entry {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }
}
