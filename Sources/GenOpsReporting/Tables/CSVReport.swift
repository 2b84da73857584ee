import GenOpsMetering
package import GenOpsSimulation
import GenOpsUnits

/// The result as one CSV file (RFC 4180): a row per record, with the kind of the record in the
/// first column, so that one filter gives a rectangular table.
///
/// | record | period | name | measure | unit | mean … p99 | text |
/// |---|---|---|---|---|---|---|
/// | `month` | `2027-02` | `as is` | `cost`, `cost:<meter>`, `usage:<meter>`, `lost_refused`, … |
/// currency or unit | statistics | drivers |
/// | `quarter`, `year` | `2027-02-01/2027-05-01` | label | `cost` | currency | statistics | |
/// | `option` | the whole period | its name | `cost`, `saves`, `npv`, `breach_probability`,
/// `lost_…` | | | side effects |
/// | `budget` | `year` | its name | `limit`, `breach_probability`, `ask_for`, … | | in `mean` |
/// first breach |
/// | `expectation` | | option | expression | | 1 or 0 in `mean` | measured value |
/// | `finding` | | severity | code | | | message (place) |
///
/// Amounts are in currency units with a point and no separators. Empty means unknown or not
/// applicable, never 0.
package enum CSVReport: ReportFormat {
  package static let name = "csv"
  package static let summary = "one row per month, option or finding, for spreadsheets"
  package static let fileName = "report.csv"

  package static func render(_ result: ScenarioResult, _ context: ReportContext) -> String {
    CSVRecords(result).rows.map { row in row.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A field, quoted where RFC 4180 asks for it. A text that a spreadsheet would run as a formula
  /// gets an apostrophe in front; numbers do not start like one, but for the sign of a negative.
  package static func field(_ text: String) -> String {
    var text = text.displayable
    if let first = text.first, "=+-@".contains(first), Double(text) == nil { text = "'" + text }
    guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
