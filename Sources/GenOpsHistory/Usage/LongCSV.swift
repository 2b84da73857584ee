package import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// A row for each day: `date,meter,units` with an optional project, `date,<meter>,<meter>…`, or
/// `date,value` when the scenario names the meter.
package enum LongCSV: HistorySource {
  package static let name = "long-csv"
  package static let summary = "any daily numbers: a row for each day and meter"
  package static let example = "date,meter,units,project\n2027-02-14,events,2100000,web"

  package static let expected = "expected rows such as 2027-02-01,events,2100000"

  package static func recognizes(_ file: HistoryFile) -> Bool {
    file.table?.rows.first.map(isHeader) ?? false
  }

  package static func isHeader(_ row: DelimitedText.Row) -> Bool {
    row.cells.contains { Column(of: $0.text) == .date }
  }

  package static func read(_ file: HistoryFile, _ findings: inout RepeatedFindings) -> [UsageSeries]
  {
    guard let table = file.table, let header = table.rows.first else { return [] }
    var reader = LongCSVReader(file: file, table: table)
    guard reader.readHeader(header, &findings) else { return [] }
    let rows = table.rows.dropFirst()
    guard reader.readDays(rows, &findings) else { return [] }
    reader.readMark(rows, &findings)
    for row in rows { reader.readRow(row, &findings) }
    return reader.finish(&findings)
  }

  /// What a column holds, by its title.
  enum Column: Equatable {
    case date, meter, units, project
    case unitsOf(Meter)
    case other

    var hasUnits: Bool {
      switch self {
      case .units, .unitsOf: true
      case .date, .meter, .project, .other: false
      }
    }

    init(of title: String) {
      switch title.lowercased() {
      case "date", "day", "ds", "timestamp", "datetime": self = .date
      case "meter", "product", "series", "type", "usage_type", "usage type", "metric":
        self = .meter
      case "units", "value", "usage", "count", "quantity", "views", "y", "total": self = .units
      case "project", "project name", "project_name", "team", "page": self = .project
      case let text: self = Meter(named: text).map { .unitsOf($0) } ?? .other
      }
    }
  }
}

private struct LongCSVReader {
  let file: HistoryFile
  let table: DelimitedText
  private var decimalComma = false
  /// How many columns the titles name.
  private var titled = 0
  var builder = HistoryBuilder()
  var columns: [LongCSV.Column] = []
  var days = DayReader([])
  var cells = 0
  /// Cells that say something else than one before them of the same day, meter and project.
  var conflicts: [DelimitedText.Cell] = []

  init(file: HistoryFile, table: DelimitedText) {
    self.file = file
    self.table = table
  }

  /// Whether `1.234` is a thousand and some in this file, from all of its units.
  mutating func readMark(
    _ rows: ArraySlice<DelimitedText.Row>, _ findings: inout RepeatedFindings
  ) {
    let columns = columns
    let cells = rows.lazy.flatMap { row in
      zip(columns, row.cells).lazy.filter { $0.0.hasUnits }.map { $0.1 }
    }
    decimalComma = DecimalMark.comma(in: cells, table, file, &findings)
  }

  /// False, with a finding, when the columns cannot make a history.
  mutating func readHeader(_ row: DelimitedText.Row, _ findings: inout RepeatedFindings) -> Bool {
    columns = row.cells.map { LongCSV.Column(of: $0.text) }
    titled = SurplusCells.columns(row.cells.map(\.text))
    for (column, cell) in zip(columns, row.cells) where column == .other && !cell.text.isEmpty {
      findings.add(
        .warning, "history-column", "the column '\(cell.text)' is left out",
        help: SeriesLabel.nearest(to: cell.text).map { "did you mean '\($0)'?" }
          ?? "known: date, meter, units, project or the name of a meter", at: file.location(cell))
    }
    let meters = columns.contains { if case .unitsOf = $0 { true } else { false } }
    if meters { return true }
    if !columns.contains(.units) {
      findings.add(
        .error, "history-column", "there is no column of units",
        help: "call it units: date,meter,units", at: file.location(row.line, 1))
      return false
    }
    if !columns.contains(.meter), file.meter == nil {
      findings.add(
        .error, "history-meter", "the file does not say what its numbers count",
        help: "add a column meter, or name it in the scenario: meter: events",
        at: file.location(row.line, 1))
      return false
    }
    return true
  }

  /// False, with a finding, when the rows are not one a day.
  mutating func readDays(
    _ rows: ArraySlice<DelimitedText.Row>, _ findings: inout RepeatedFindings
  ) -> Bool {
    let texts = rows.compactMap { row in
      zip(columns, row.cells).first { $0.0 == .date }?.1.text
    }
    days = DayReader(texts, readsNumbers: true)
    // Midnight somewhere else has two times in UTC, one in summer.
    guard days.timesOfDay <= 2 else {
      findings.add(
        .error, "history-interval", "the rows of a day have several times: this is not daily usage",
        help: "sum them by day in UTC", at: rows.first.map { file.location($0.line, 1) })
      return false
    }
    days.remark(at: file.location(rows.first?.line ?? 1, 1), &findings)
    return true
  }

  mutating func readRow(_ row: DelimitedText.Row, _ findings: inout RepeatedFindings) {
    let number = columns.count { $0.hasUnits } == 1 ? columns.firstIndex { $0.hasUnits } : nil
    if let surplus = SurplusCells.finding(row, titled, number: number, table, file) {
      findings.add(surplus)
      return
    }
    func cell(_ wanted: LongCSV.Column) -> DelimitedText.Cell? {
      zip(columns, row.cells).first { $0.0 == wanted }?.1
    }
    guard let dateCell = cell(.date), let date = days.day(dateCell.text) else {
      let text = cell(.date)?.text ?? ""
      let refusal = days.refusal(of: text)
      findings.add(
        .warning, "history-date",
        (refusal?.message ?? "'\(text)' is not a date") + "; the row is left out",
        help: refusal?.help ?? "write it as 2027-02-14", at: file.location(row.line, 1))
      return
    }
    let project = cell(.project)?.text
    if let meter = meter(of: cell(.meter), &findings) {
      if let units = cell(.units) { add(units, date, meter, project, &findings) }
    } else if cell(.meter) != nil {
      return
    }
    for (column, units) in zip(columns, row.cells) {
      if case .unitsOf(let meter) = column { add(units, date, meter, project, &findings) }
    }
    if row.cells.count < columns.count {
      findings.add(
        .warning, "history-short-row",
        "the row has \(row.cells.count) of \(columns.count) columns",
        help: "is the file cut off?", at: file.location(row.line, 1))
    }
  }

  private func meter(of cell: DelimitedText.Cell?, _ findings: inout RepeatedFindings) -> Meter? {
    guard let cell, !cell.text.isEmpty else { return file.meter }
    switch SeriesLabel(cell.text) {
    case .meter(let meter, _): return meter
    case .notBilled: return nil
    case .unknown(let near):
      findings.add(
        .warning, "unknown-series", "no meter is called '\(cell.text)'; the row is left out",
        help: near.map { "did you mean '\($0)'?" }
          ?? "known: \(Meter.ids.joined(separator: ", "))", at: file.location(cell))
      return nil
    }
  }

  private mutating func add(
    _ cell: DelimitedText.Cell, _ day: CalendarDay, _ meter: Meter, _ project: String?,
    _ findings: inout RepeatedFindings
  ) {
    let units = UnitsText.read(
      cell.text, decimalComma: decimalComma, on: day, at: file.location(cell), &findings)
    let outcome = builder.add(
      units, on: day, meter: meter, projectID: nil,
      project: project.flatMap { $0.isEmpty ? nil : $0 })
    cells += 1
    if outcome == .conflicting {
      conflicts.append(cell)
      findings.add(
        .warning, "history-repeated",
        "\(day) has two values for \(meter.id); the second is used",
        help: "remove one of the two rows", at: file.location(cell))
    }
  }

  consuming func finish(_ findings: inout RepeatedFindings) -> [UsageSeries] {
    if let first = conflicts.first, cells >= 8, conflicts.count * 4 > cells {
      findings.add(
        .error, "history-breakdown",
        "\(conflicts.count) of \(cells) rows have other units than one before them of the same day: "
          + "they are split by something the columns do not say",
        help: "where they are parts of the whole, call that column project",
        at: file.location(first))
    }
    let series = builder.series()
    for item in series {
      guard let gap = item.shortestGap, gap >= 7 || (gap >= 2 && item.values.count > 8 * gap)
      else { continue }
      findings.add(
        .error, "history-interval",
        "the days of \(item.meter.id) are \(gap) apart: this is not daily usage",
        help: "give a row for each day", at: file.location(1, 1))
    }
    return series
  }
}
