import GenOpsUnits

/// A report as one CSV file (RFC 4180), for spreadsheets.
///
/// Where the report has records they are the file. Otherwise its tables are, one below the other: the
/// first column names the table, so that one filter gives a rectangular one, and each other column
/// stands once for all tables that have it. Numbers are plain: a point, no separators, no unit.
/// Empty means unknown or not applicable, never 0.
package enum CSVFormat: ReportFormat {
  package static let name = "csv"
  package static let summary = "rows for spreadsheets: of a run one per month, option or finding"
  package static let fileName: String? = "report.csv"
  package static let fileMark: String? = "record,period,name,measure,unit"

  package static func render(_ report: Report, _ style: TextStyle) -> String {
    let rows = report.records.map(rows(of:)) ?? rows(of: report.tables)
    return rows.map { row in row.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func rows(of table: ReportTable) -> [[String]] {
    [table.columns.map(\.key)]
      + table.rows.map { row in table.columns.indices.map { table.cell(row, $0).plain } }
  }

  private static func rows(of tables: [(name: String, table: ReportTable)]) -> [[String]] {
    var keys: [String] = []
    for key in tables.flatMap({ $0.table.columns.map(\.key) })
    where !key.isEmpty && !keys.contains(key) {
      keys.append(key)
    }
    let rows = tables.flatMap { name, table in
      table.rows.map { row in
        [name]
          + keys.map { key in
            table.columns.firstIndex { $0.key == key }.map { table.cell(row, $0).plain } ?? ""
          }
      }
    }
    return [["table"] + keys] + rows
  }

  /// A field, quoted where RFC 4180 asks for it, and where a line that begins with it would be a command
  /// to a CI system. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers
  /// do not start like one, but for the sign of a negative. Scalar by scalar: ``Markup`` says why.
  package static func field(_ text: String) -> String {
    var text = text.displayable
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace && !$0.isInvisible }
    if let first, formulaSigns.contains(first), Double(text) == nil { text = "'" + text }
    let needsQuotes =
      text.unicodeScalars.contains { $0 == "," || $0 == "\"" } || CILog.isCommand(text)
    guard needsQuotes else { return text }
    let doubled = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"" + doubled + "\""
  }

  /// Those of ASCII, and the wide ones, which spreadsheets of some languages take for the same.
  private static let formulaSigns = Set("=+-@＝＋－＠".unicodeScalars)
}
