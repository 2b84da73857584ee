import Mustache

/// A report as one HTML file that needs no network, no script and no other file: for the screen, a
/// phone, paper and a screen reader.
package enum HTMLFormat: TextReportFormat {
  package static let name = "html"
  package static let summary = "one file with pictures, to send and to print"
  package static let fileName: String? = "report.html"
  package static let fileMark: String? = "<meta name=\"generator\" content=\"genops "
  package static let drawsCharts = true

  // A constant of this target, which every test of this format parses.
  private static let template = try? MustacheTemplate(string: HTMLTemplate.page)

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    template?.render(HTMLPage(report)) ?? ""
  }
}
