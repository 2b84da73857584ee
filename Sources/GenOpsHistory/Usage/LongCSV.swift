import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// A row for each day: `date,meter,units` with an optional project, `date,<meter>,<meter>…`, or
/// `date,value` when the scenario names the meter.
package enum LongCSV: HistorySource {
  package static let name = "long-csv"
  package static let summary = "any daily numbers: a row for each day and meter"
  package static let example = "date,meter,units,project\n2027-02-01,events,2100000,web"

  package static func recognizes(_ file: HistoryFile) -> Bool {
    guard let row = file.table?.rows.first else { return false }
    return row.cells.contains { Column(of: $0.text) == .date }
  }

  package static func read(_ file: HistoryFile) -> UsageHistory {
    guard let table = file.table, let header = table.rows.first else { return UsageHistory() }
    var reader = LongCSVReader(file: file, decimalComma: table.separator == UInt8(ascii: ";"))
    if reader.readHeader(header) {
      for row in table.rows.dropFirst() { reader.readRow(row) }
    }
    return reader.finish()
  }

  /// What a column holds, by its title.
  enum Column: Equatable {
    case date, meter, units, project
    case unitsOf(Meter)
    case other

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
  let decimalComma: Bool
  var builder = HistoryBuilder()
  var findings = RepeatedFindings()
  var columns: [LongCSV.Column] = []

  init(file: HistoryFile, decimalComma: Bool) {
    self.file = file
    self.decimalComma = decimalComma
  }

  /// False, with a finding, when the columns cannot make a history.
  mutating func readHeader(_ row: DelimitedText.Row) -> Bool {
    columns = row.cells.map { LongCSV.Column(of: $0.text) }
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

  mutating func readRow(_ row: DelimitedText.Row) {
    func cell(_ wanted: LongCSV.Column) -> DelimitedText.Cell? {
      zip(columns, row.cells).first { $0.0 == wanted }?.1
    }
    guard let dateCell = cell(.date), let date = day(in: dateCell.text) else {
      findings.add(
        .warning, "history-date",
        "'\(cell(.date)?.text ?? "")' is not a date; the row is left out",
        help: "write it as 2027-02-14", at: file.location(row.line, 1))
      return
    }
    let project = cell(.project)?.text
    if let meter = meter(of: cell(.meter)) {
      if let units = cell(.units) { add(units, date, meter, project) }
    } else if cell(.meter) != nil {
      return
    }
    for (column, units) in zip(columns, row.cells) {
      if case .unitsOf(let meter) = column { add(units, date, meter, project) }
    }
    if row.cells.count < columns.count {
      findings.add(
        .warning, "history-short-row",
        "the row has \(row.cells.count) of \(columns.count) columns",
        help: "is the file cut off?", at: file.location(row.line, 1))
    }
  }

  private mutating func meter(of cell: DelimitedText.Cell?) -> Meter? {
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
    _ cell: DelimitedText.Cell, _ day: CalendarDay, _ meter: Meter, _ project: String?
  ) {
    let units: Double?
    switch UnitsText(cell.text, decimalComma: decimalComma) {
    case .units(let value): units = value
    case .missing: units = nil
    case .negative, .garbage:
      findings.add(
        .warning, "history-value", "'\(cell.text.prefix(40))' on \(day) is not a number of units",
        help: "the day counts as missing", at: file.location(cell))
      units = nil
    }
    let outcome = builder.add(
      units, on: day, meter: meter, projectID: nil,
      project: project.flatMap { $0.isEmpty ? nil : $0 })
    if outcome == .conflicting {
      findings.add(
        .warning, "history-repeated",
        "\(day) has two values for \(meter.id); the first is used",
        help: "remove one of the two rows", at: file.location(cell))
    }
  }

  consuming func finish() -> UsageHistory {
    if builder.isEmpty, !findings.findings.hasErrors {
      findings.add(
        .error, "history-empty", "no row could be read",
        help: "expected rows such as 2027-02-01,events,2100000", at: file.location(1, 1))
    }
    let series = builder.series()
    for item in series where item.missingDays > 0 {
      findings.add(
        .warning, "history-missing-days",
        "\(item.meter.id)\(item.project.map { " of \($0)" } ?? "") has no usable value on "
          + "\(item.missingDays) of \(item.values.count) days",
        help: "they count as unknown, not as zero", at: file.location(1, 1))
    }
    return UsageHistory(series: series, findings: findings.finished())
  }
}
