/// Rows for other programs in a form that is not ours, such as a dataset of FOCUS: a file of its own.
package struct ReportDataset: Sendable {
  /// The file, below the folder that holds all of them: `actuals/cost-and-usage.csv`.
  package var path: String
  package var columns: [String]
  /// As many fields each as there are columns; empty is null.
  package var rows: [[String]]

  package init(_ path: String, _ columns: [String], _ rows: [[String]]) {
    self.path = path
    self.columns = columns
    self.rows = rows
  }

  /// The file as CSV (RFC 4180).
  package var csv: String {
    ([columns] + rows).map { $0.map(CSVFormat.field).joined(separator: ",") + "\r\n" }.joined()
  }
}
