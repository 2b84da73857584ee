/// What was tested as test cases, for CI systems that show tests.
package enum JUnitFormat: TextReportFormat {
  package static let name = "junit"
  package static let summary = "what was tested as test cases, for CI"

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    let checks = report.checks
    return JUnitDocument(
      name: (checks?.name ?? report.title), cases: checks?.cases ?? [],
      output: checks?.needReport == true ? MarkdownFormat.render(report, style) : ""
    ).text
  }
}
