/// A report as tab-separated values, to paste into a spreadsheet or to cut into columns.
///
/// The rows of ``CSVFormat``, with a tab between fields and a newline at the end of each line, as IANA's
/// `text/tab-separated-values` (1993) has them: there are no quotes, and no field holds a tab.
package enum TSVFormat: TextReportFormat {
  package static let name = "tsv"
  package static let summary = "the rows of CSV with tabs between, to paste or to cut"

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    report.rows.map { row in row.map(field).joined(separator: "\t") + "\n" }.joined()
  }

  /// A field that no spreadsheet runs and, at the beginning of a line, no CI system.
  package static func field(_ text: String) -> String {
    let text = text.spreadsheetField
    return CILog.isCommand(text) ? "'" + text : text
  }
}
