import GenOpsIngestion
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

  package static func recognizes(_ file: HistoryFile) -> Bool {
    file.table.flatMap(header) != nil
  }

  /// The row of dates: the first with two of them, or the very first with one behind a label.
  private static func header(_ table: DelimitedText) -> (row: Int, days: [CalendarDay?])? {
    for (index, row) in table.rows.prefix(10).enumerated() {
      let days = row.cells.map { day(in: $0.text) }
      let count = days.count { $0 != nil }
      if count >= 2 || (count == 1 && index == 0 && days.first == .some(nil)) {
        return (index, days)
      }
    }
    return nil
  }

  package static func read(_ file: HistoryFile) -> UsageHistory {
    guard let table = file.table, let (headerIndex, days) = header(table) else {
      return UsageHistory(
        findings: Findings([
          Finding(
            .error, "history-format", "no row of dates was found",
            help: "export again: Billing > Usage > Export CSV", at: file.location(1, 1))
        ]))
    }
    var reader = UsageCSVReader(file: file, table: table)
    reader.readHeader(table.rows[headerIndex], days)
    for row in table.rows.dropFirst(headerIndex + 1) { reader.readRow(row) }
    return reader.finish()
  }
}

private struct UsageCSVReader {
  let file: HistoryFile
  let table: DelimitedText
  var builder = HistoryBuilder()
  var findings = RepeatedFindings()
  var dayColumns: [(column: Int, day: CalendarDay)] = []
  var labelColumns: [Int] = []
  var totalColumn: Int?
  var projectColumn: Int?
  var projectIDColumn: Int?
  var seen: [String: Int] = [:]

  mutating func readHeader(_ row: DelimitedText.Row, _ days: [CalendarDay?]) {
    var taken: Set<CalendarDay> = []
    for (column, cell) in row.cells.enumerated() {
      if let day = days[column] {
        if taken.insert(day).inserted {
          dayColumns.append((column, day))
        } else {
          findings.add(
            .warning, "history-column", "\(day) has a second column, which is left out",
            help: "keep one of the two", at: file.location(cell))
        }
        continue
      }
      switch cell.text.lowercased() {
      case "total", "sum": totalColumn = column
      case "project", "project name", "team": projectColumn = column
      case "project id", "project_id", "team id", "team_id": projectIDColumn = column
      case "series", "product", "type", "usage type", "usage_type", "meter", "metric", "label",
        "name":
        labelColumns.append(column)
      case "" where column > (days.lastIndex { $0 != nil } ?? 0): break  // a trailing separator
      default:
        if column < (days.firstIndex { $0 != nil } ?? 0) {
          labelColumns.append(column)
        } else {
          findings.add(
            .warning, "history-column",
            "the column '\(cell.text)' is not a date and is left out",
            help: "write dates as 2027-02-14", at: file.location(cell))
        }
      }
    }
    checkInterval(row)
  }

  /// Weekly or monthly exports cannot be spread over days without inventing them.
  private mutating func checkInterval(_ row: DelimitedText.Row) {
    let days = dayColumns.map(\.day).sorted()
    guard days.count >= 2, let gap = zip(days, days.dropFirst()).map({ $0.distance(to: $1) }).min(),
      gap >= 7
    else { return }
    findings.add(
      .error, "history-interval", "the dates are \(gap) days apart: this is not a daily export",
      help: "export again with Group by: Day",
      at: file.location(row.cells[dayColumns[0].column]))
  }

  mutating func readRow(_ row: DelimitedText.Row) {
    guard let (meter, projectFromLabel, cell) = label(of: row) else { return }
    func text(_ column: Int?) -> String? {
      column.flatMap { row.cells.indices.contains($0) ? row.cells[$0].text : nil }
        .flatMap { $0.isEmpty ? nil : $0 }
    }
    let id = text(projectIDColumn)
    let project = text(projectColumn) ?? projectFromLabel
    let identity = "\(meter.id)\u{0}\(id ?? "")\u{0}\(project ?? "")"
    if let line = seen[identity] {
      findings.add(
        .warning, "history-repeated",
        "'\(cell.text)' stands again for the same project as in line \(line); the first is used",
        help: "remove one of the two rows", at: file.location(cell))
      return
    }
    seen[identity] = row.line
    var sum = 0.0
    var missing = 0
    for (column, day) in dayColumns {
      let units = self.units(in: row, column, day)
      if let units { sum += units } else { missing += 1 }
      builder.add(units, on: day, meter: meter, projectID: id, project: project)
    }
    if missing > 0 {
      findings.add(
        .warning, "history-missing-days",
        "'\(cell.text)' has no usable value on \(missing) of \(dayColumns.count) days",
        help: "they count as unknown, not as zero", at: file.location(cell))
    } else if let totalColumn, let written = text(totalColumn),
      case .units(let total) = UnitsText(written, decimalComma: decimalComma),
      (total - sum).magnitude > max(1, total * 0.005)
    {
      findings.add(
        .warning, "history-total",
        "the row's total is \(Int64(rounding: total)) but its days sum to \(Int64(rounding: sum))",
        help: "was a column of days removed?", at: file.location(row.cells[totalColumn]))
    }
  }

  private var decimalComma: Bool { table.separator == UInt8(ascii: ";") }

  /// The meter and project the row's label names, or nil with a finding.
  private mutating func label(of row: DelimitedText.Row) -> (
    Meter, project: String?, DelimitedText.Cell
  )? {
    let cells = labelColumns.compactMap {
      row.cells.indices.contains($0) && !row.cells[$0].text.isEmpty ? row.cells[$0] : nil
    }
    guard let first = cells.first ?? row.cells.first else { return nil }
    var help: String?
    for cell in cells {
      switch SeriesLabel(cell.text) {
      case .meter(let meter, let project): return (meter, project, cell)
      case .notBilled:
        findings.add(
          .note, "history-not-billed",
          "'\(cell.text)' is counted by PostHog but not billed by itself; it is left out",
          at: file.location(cell))
        return nil
      case .unknown(let near): help = help ?? near
      }
    }
    if ["total", "totals", "sum"].contains(first.text.lowercased()) {
      findings.add(
        .note, "history-total-row", "the row '\(first.text)' is a sum of others and is left out",
        at: file.location(first))
      return nil
    }
    findings.add(
      .warning, "unknown-series",
      first.text.isEmpty
        ? "the row has no label and is left out"
        : "no meter is called '\(first.text)'; the row is left out",
      help: help.map { "did you mean '\($0)'?" } ?? "known: \(Meter.ids.joined(separator: ", "))",
      at: file.location(first))
    return nil
  }

  private mutating func units(
    in row: DelimitedText.Row, _ column: Int, _ day: CalendarDay
  ) -> Double? {
    guard row.cells.indices.contains(column) else {
      findings.add(
        .warning, "history-short-row", "the row ends before \(day)",
        help: "is the file cut off?", at: file.location(row.line, 1))
      return nil
    }
    let cell = row.cells[column]
    switch UnitsText(cell.text, decimalComma: decimalComma) {
    case .units(let units): return units
    case .missing: return nil
    case .negative, .garbage:
      findings.add(
        .warning, "history-value", "'\(cell.text.prefix(40))' on \(day) is not a number of units",
        help: "the day counts as missing", at: file.location(cell))
      return nil
    }
  }

  consuming func finish() -> UsageHistory {
    if let quote = table.unclosedQuote {
      findings.add(
        .warning, "history-quote", "a quoted cell begins here and never ends",
        help: "close it with a double quote", at: file.location(quote.line, quote.column))
    }
    if builder.isEmpty {
      findings.add(
        .error, "history-empty", "no row could be read as the usage of a meter",
        help: "the first column names the product, such as Events or Recordings",
        at: file.location(1, 1))
    }
    return UsageHistory(series: builder.series(), findings: findings.finished())
  }
}
