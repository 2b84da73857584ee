import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// Reads the rows of an export in the form of ``UsageCSV``.
struct UsageCSVReader {
  let file: HistoryFile
  let table: DelimitedText
  var builder = HistoryBuilder()
  var dayColumns: [(column: Int, day: CalendarDay)] = []
  var labelColumns: [Int] = []
  var totalColumn: Int?
  var projectColumn: Int?
  var projectIDColumn: Int?
  var seen: [String: DelimitedText.Row] = [:]
  private var decimalComma = false
  /// How many columns the titles name.
  private var titled = 0

  init(file: HistoryFile, table: DelimitedText) {
    self.file = file
    self.table = table
  }

  mutating func readHeader(
    _ row: DelimitedText.Row, _ days: [CalendarDay?], _ findings: inout RepeatedFindings
  ) {
    let reader = DayReader(row.cells.map(\.text))
    reader.remark(at: file.location(row.line, 1), &findings)
    let firstDay = days.firstIndex { $0 != nil } ?? 0
    let lastDay = days.lastIndex { $0 != nil } ?? 0
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
      switch UsageCSV.Title(of: cell.text) {
      case .total: totalColumn = column
      case .project: projectColumn = column
      case .projectID: projectIDColumn = column
      case .label: labelColumns.append(column)
      case nil where cell.text.isEmpty && column > lastDay: break  // a trailing separator
      case nil where column < firstDay: labelColumns.append(column)
      case nil:
        let refusal = reader.refusal(of: cell.text)
        findings.add(
          .warning, "history-column",
          (refusal?.message ?? "the column '\(cell.text)' is not a date") + "; it is left out",
          help: refusal?.help ?? "write dates as 2027-02-14", at: file.location(cell))
      }
    }
    titled = SurplusCells.columns(row.cells.map(\.text))
    checkInterval(row, &findings)
  }

  /// Weekly or monthly exports cannot be spread over days without inventing them.
  private func checkInterval(_ row: DelimitedText.Row, _ findings: inout RepeatedFindings) {
    let days = dayColumns.map(\.day).sorted()
    guard days.count >= 2, let gap = zip(days, days.dropFirst()).map({ $0.distance(to: $1) }).min(),
      gap >= 7
    else { return }
    findings.add(
      .error, "history-interval", "the dates are \(gap) days apart: this is not a daily export",
      help: "export again with Group by: Day",
      at: file.location(row.cells[dayColumns[0].column]))
  }

  mutating func readRow(_ row: DelimitedText.Row, _ findings: inout RepeatedFindings) {
    if let surplus = SurplusCells.finding(row, titled, number: nil, table, file) {
      findings.add(surplus)
      return
    }
    guard let (meter, projectFromLabel, cell) = label(of: row, &findings) else { return }
    func text(_ column: Int?) -> String? {
      column.flatMap { row.cells.indices.contains($0) ? row.cells[$0].text : nil }
        .flatMap { $0.isEmpty ? nil : $0 }
    }
    let id = text(projectIDColumn)
    let project = text(projectColumn) ?? projectFromLabel
    var sum = 0.0
    var missing = 0
    var differing: CalendarDay?
    for (column, day) in dayColumns {
      let units = self.units(in: row, column, day, &findings)
      if let units { sum += units } else { missing += 1 }
      let outcome = builder.add(units, on: day, meter: meter, projectID: id, project: project)
      if outcome == .conflicting { differing = differing ?? day }
    }
    let identity = "\(meter.id)\u{0}\(id ?? "")\u{0}\(project ?? "")"
    if let other = seen.updateValue(row, forKey: identity) {
      tellRepeated(row, other, cell, differing, &findings)
    }
    if missing == 0, let totalColumn, let written = text(totalColumn),
      case .units(let total) = UnitsText(written, decimalComma: decimalComma),
      (total - sum).magnitude > max(1, total * 0.005)
    {
      findings.add(
        .warning, "history-total",
        "the row's total is \(UnitsText.words(total)) but its days sum to \(UnitsText.words(sum))",
        help: "was a column of days removed?", at: file.location(row.cells[totalColumn]))
    }
  }

  /// Rows of one product and project are one row. Where another label tells them apart they are parts
  /// of something, and which to take is not ours to guess.
  private func tellRepeated(
    _ row: DelimitedText.Row, _ other: DelimitedText.Row, _ cell: DelimitedText.Cell,
    _ differing: CalendarDay?, _ findings: inout RepeatedFindings
  ) {
    let split = labelColumns.first { column in
      row.cells.indices.contains(column) && other.cells.indices.contains(column)
        && row.cells[column].text.lowercased() != other.cells[column].text.lowercased()
    }
    if differing != nil, let split {
      findings.add(
        .error, "history-breakdown",
        "'\(cell.text)' stands in lines \(other.line) and \(row.line), told apart by "
          + "'\(row.cells[split].text)' alone",
        help: "where they are parts of the whole, call that column Project",
        at: file.location(row.cells[split]))
      return
    }
    findings.add(
      .warning, "history-repeated",
      "'\(cell.text)' stands again for the same project as in line \(other.line)"
        + (differing.map { ", with other units from \($0) on; the second row is used" }
          ?? "; it is counted once"),
      help: "remove one of the two rows", at: file.location(cell))
  }

  /// Whether `1.234` is a thousand and some in this file, from all of its numbers; a finding where they
  /// do not tell.
  mutating func readMark(
    _ rows: ArraySlice<DelimitedText.Row>, _ findings: inout RepeatedFindings
  ) {
    let columns = dayColumns.map(\.column) + (totalColumn.map { [$0] } ?? [])
    let cells = rows.lazy.flatMap { row in
      columns.lazy.compactMap { row.cells.indices.contains($0) ? row.cells[$0] : nil }
    }
    decimalComma = DecimalMark.comma(in: cells, table, file, &findings)
  }

  /// The meter and project the row's label names, or nil with a finding.
  private func label(of row: DelimitedText.Row, _ findings: inout RepeatedFindings) -> (
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

  private func units(
    in row: DelimitedText.Row, _ column: Int, _ day: CalendarDay,
    _ findings: inout RepeatedFindings
  ) -> Double? {
    guard row.cells.indices.contains(column) else {
      findings.add(
        .warning, "history-short-row", "the row ends before \(day)",
        help: "is the file cut off?", at: file.location(row.line, 1))
      return nil
    }
    let cell = row.cells[column]
    return UnitsText.read(
      cell.text, decimalComma: decimalComma, on: day, at: file.location(cell), &findings)
  }

  consuming func finish(_ findings: inout RepeatedFindings) -> [UsageSeries] {
    if let quote = table.unclosedQuote {
      findings.add(
        .warning, "history-quote", "a quoted cell begins here and never ends",
        help: "close it with a double quote", at: file.location(quote.line, quote.column))
    }
    return builder.series()
  }
}
