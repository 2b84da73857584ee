package import GenOpsUnits

/// A way to write a report down.
///
/// A format is one file with a type like this and one line in ``ReportFormats/all``, and every verb
/// that reports anything takes it. The contract tests run over that list.
package protocol ReportFormat: Named {
  /// The name of the file that every run writes under `notebooks-out/<scenario>/`, such as
  /// `report.html`; nil, as without a word of it, for a format that is only printed when asked for.
  static var fileName: String? { get }
  /// What every such file holds, so that one of somebody else's is not written over; nil without one.
  static var fileMark: String? { get }
  /// Whether it draws charts whose data is dear to get.
  static var drawsCharts: Bool { get }

  /// What a file of it holds. The same report and style give the same bytes.
  static func bytes(_ report: Report, _ style: TextStyle) -> [UInt8]
}

/// A format that is text, which a terminal can show.
package protocol TextReportFormat: ReportFormat {
  /// The whole text, with a newline at its end.
  static func render(_ report: Report, _ style: TextStyle) -> String
}

extension TextReportFormat {
  package static func bytes(_ report: Report, _ style: TextStyle) -> [UInt8] {
    Array(render(report, style).utf8)
  }
}

extension ReportFormat {
  package static var fileName: String? { nil }
  package static var fileMark: String? { nil }
  package static var drawsCharts: Bool { false }
}

/// All report formats, by the name `--format` takes.
package enum ReportFormats {
  package static let all = Registry<any ReportFormat.Type>(
    "report format",
    [
      entry(TextFormat.self),
      entry(MarkdownFormat.self),
      entry(HTMLFormat.self),
      entry(CSVFormat.self),
      entry(TSVFormat.self),
      entry(NotebookFormat.self),
      entry(XLSXFormat.self),
      entry(JSONFormat.self),
      entry(JUnitFormat.self),
    ])

  /// Those for verbs that test nothing: an empty list of tests would look like one that passed.
  package static let withoutChecks = Registry(
    all.noun, all.entries.filter { $0.name != JUnitFormat.name })

  /// Those for runs, which alone have the datasets that some formats are made of.
  package static let ofRuns = Registry(all.noun, all.entries + [entry(FocusFormat.self)])

  private static func entry(
    _ kind: any ReportFormat.Type
  ) -> Registry<any ReportFormat.Type>.Entry {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }
}
