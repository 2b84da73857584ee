package import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// PostHog's own export: Billing > Usage > Export CSV.
///
/// One row for each product (and project, when broken down by it), one column for each day. Two
/// layouts exist: `Series,Total,<dates>` with labels such as `My app::Events`, written by the
/// browser (PostHog's `buildBillingCsv`), and a product column, `Project`, `Project ID`, `<dates>`,
/// written by the server (its `_rewrite_csv_labels`). Other label columns, their order and the
/// date format may differ.
package enum UsageCSV: HistorySource {
  package static let name = "usage-csv"
  package static let summary =
    "PostHog's usage export: a row for each product, a column for each day"
  package static let example = "Series,Total,2027-02-01,2027-02-02\nEvents,4250000,2100000,2150000"

  package static let expected = "the first column names the product, such as Events or Recordings"

  package static func recognizes(_ file: HistoryFile) -> Bool {
    file.table.map { header($0) != nil || refusedHeader($0) != nil } ?? false
  }

  /// Dates and titles and nothing else: of the rows below, each has numbers.
  package static func isHeader(_ row: DelimitedText.Row) -> Bool {
    let cells = row.cells.filter { !$0.text.isEmpty }
    let days = DayReader(cells.map(\.text))
    let others = cells.filter { days.day($0.text) == nil }
    guard others.count < cells.count, !cells.isEmpty, days.day(cells[0].text) == nil else {
      return false
    }
    return others.allSatisfy { Title(of: $0.text) != nil }
      || (cells.count - others.count >= 2 && others.allSatisfy { Double($0.text) == nil })
  }

  /// The row of dates: the first with two of them, or the very first with one behind a label.
  private static func header(_ table: DelimitedText) -> (row: Int, days: [CalendarDay?])? {
    for (index, row) in table.rows.prefix(10).enumerated() {
      let reader = DayReader(row.cells.map(\.text))
      let days = row.cells.map { reader.day($0.text) }
      let count = days.count { $0 != nil }
      if count >= 2 || (count == 1 && index == 0 && days.first == .some(nil)) {
        return (index, days)
      }
    }
    return nil
  }

  /// Where there is no row of dates: the first cell of one whose dates are in a form that is not read,
  /// and why.
  private static func refusedHeader(_ table: DelimitedText) -> (
    cell: DelimitedText.Cell, message: String, help: String
  )? {
    guard let row = table.rows.first else { return nil }
    let reader = DayReader(row.cells.map(\.text))
    let refused = row.cells.enumerated().dropFirst().compactMap { index, cell in
      reader.refusal(of: cell.text).map {
        (cell: cell, message: "\($0.message), in column \(index + 1)", help: $0.help)
      }
    }
    return refused.count >= 2 ? refused.first : nil
  }

  package static func read(_ file: HistoryFile, _ findings: inout RepeatedFindings) -> [UsageSeries]
  {
    guard let table = file.table, let (headerIndex, days) = header(table) else {
      let refused = file.table.flatMap(refusedHeader)
      findings.add(
        .error, refused == nil ? "history-format" : "history-date",
        refused.map { "the days are not read: \($0.message)" }
          ?? "no row of dates was found",
        help: refused?.help ?? "export again: Billing > Usage > Export CSV",
        at: refused.map { file.location($0.cell) } ?? file.location(1, 1))
      return []
    }
    var reader = UsageCSVReader(file: file, table: table)
    reader.readHeader(table.rows[headerIndex], days, &findings)
    let rows = table.rows.dropFirst(headerIndex + 1)
    reader.readMark(rows, &findings)
    for row in rows { reader.readRow(row, &findings) }
    return reader.finish(&findings)
  }

  /// What a column holds besides days, by its title.
  enum Title {
    case total, project, projectID, label

    init?(of title: String) {
      switch title.lowercased() {
      case "total", "sum": self = .total
      case "project", "project name", "team": self = .project
      case "project id", "project_id", "team id", "team_id": self = .projectID
      case "series", "product", "type", "usage type", "usage_type", "meter", "metric", "label",
        "name":
        self = .label
      default: return nil
      }
    }
  }
}
