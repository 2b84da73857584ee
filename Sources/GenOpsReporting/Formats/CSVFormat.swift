import GenOpsUnits

/// A report as one CSV file (RFC 4180), for spreadsheets.
///
/// Its rows are ``Report/rows``. Numbers are plain: a point, no separators, no unit. Empty means unknown or
/// not applicable, never 0.
package enum CSVFormat: TextReportFormat {
  package static let name = "csv"
  package static let summary = "rows for spreadsheets: of a run one per month, option or finding"
  package static let fileName: String? = "report.csv"
  package static let fileMark: String? = "record,period,name,measure,unit"

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    report.rows.map { row in row.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A field that no spreadsheet runs, quoted where RFC 4180 asks for it, and where a line that begins with
  /// it would be a command to a CI system. Scalar by scalar: ``Markup`` says why.
  package static func field(_ text: String) -> String {
    let text = text.spreadsheetField
    let needsQuotes =
      text.unicodeScalars.contains { $0 == "," || $0 == "\"" } || CILog.isCommand(text)
    guard needsQuotes else { return text }
    let doubled = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"" + doubled + "\""
  }
}
