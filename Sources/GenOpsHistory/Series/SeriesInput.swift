import Foundation
import GenOpsIngestion
import GenOpsUnits

/// A file of series whose form was found from its beginning.
enum SeriesInput {
  /// A row for each value.
  case rows(any SeriesRows, SeriesInstantReader)
  /// A row for each date and a column for each series.
  case wide(TableRows, SeriesColumns.Wide, titles: [String], SeriesInstantReader)
  /// Daily usage by meter, as every verb reads it.
  case usage(UsageFile)

  /// Opens the file at `path` and looks at its beginning. What is left out of it is told once.
  init(path: String, name: String, _ findings: inout RepeatedFindings) throws(FindingsError) {
    let file = try PeekedFile(path: path, name: name)
    if UsageFile.isJSON(file.head) {
      self = try SeriesInput.json(file)
      return
    }
    let head = DelimitedText(file.head)
    let titles = head.rows.first?.cells.map(\.text) ?? []
    if SeriesInput.isEvents(titles) { throw SeriesInput.events(name) }
    if SeriesInput.isUsage(head, titles, name: name) {
      self = .usage(UsageFile.read(try file.content(), name: name))
      return
    }
    let rows = TableRows(file)
    _ = try rows.next()
    // The titles in full: the beginning that was looked at may end in a longer row.
    let all = (0..<rows.count).map(rows.text)
    let below = head.rows.drop { $0.line <= rows.line }
    // The last row may be cut.
    let sample = below.dropLast(file.isWhole || below.count < 3 ? 0 : 1).prefix(2000)
    let firstRow = sample.first?.cells.map(\.text) ?? []
    func instants(_ column: Int) throws(FindingsError) -> SeriesInstantReader {
      let reader = SeriesInstantReader(
        sample: sample.compactMap { row in
          column < row.cells.count ? row.cells[column].text : nil
        })
      let place = SourceLocation(file: name, line: sample.first?.line ?? 1, column: 1)
      return try SeriesInput.told(reader, file, path: path, column, at: place, &findings)
    }
    switch SeriesColumns(all, firstRow: firstRow) {
    case .long(let columns):
      for other in columns.others {
        findings.add(
          .warning, "series-column", "the column '\(all[other])' is left out",
          help: "what tells series apart is called unique_id", at: rows.location(other))
      }
      self = .rows(
        TableSeriesRows(rows, columns, titles: SurplusCells.columns(all)),
        try instants(columns.date))
    case .wide(let columns) where !columns.series.isEmpty:
      self = .wide(rows, columns, titles: all, try instants(columns.date))
    case .wide, .dateless:
      let near = all.lazy.compactMap { nearestName(to: $0, among: SeriesColumns.dates) }.first
      throw FindingsError(
        "series-columns",
        "the first row does not say which column holds the dates"
          + (all.isEmpty ? "" : "; it has \(all.prefix(8).joined(separator: ", "))"),
        help: near.map { "did you mean '\($0)'?" }
          ?? "call the columns unique_id,ds,y, or give a column date and one for each series",
        at: SourceLocation(file: name, line: rows.line, column: 1))
    }
  }

  /// `reader`, or where the first rows do not tell in which order their dates are written, one that has seen
  /// the dates of the whole file, unless it is a pipe. It throws where those do not tell either.
  private static func told(
    _ reader: SeriesInstantReader, _ file: PeekedFile, path: String, _ column: Int,
    at place: SourceLocation, _ findings: inout RepeatedFindings
  ) throws(FindingsError) -> SeriesInstantReader {
    var reader = reader
    if reader.ambiguity != nil, !file.isWhole, SeriesReader.size(path) > 0 {
      let rows = TableRows(try PeekedFile(path: path, name: file.name))
      _ = try rows.next()
      var seen: Set<[UInt8]> = []
      while try rows.next(), seen.count < mostDates { seen.insert(Array(rows.cell(column))) }
      reader = SeriesInstantReader(
        sample: seen.map { String(decoding: $0, as: UTF8.self) }.sorted())
    }
    if let (message, help) = reader.ambiguity {
      throw FindingsError("series-date", message, help: help, at: place)
    }
    reader.remark(at: place, &findings)
    return reader
  }

  /// How many different dates of a file are looked at: those of 200 years.
  private static let mostDates = 73_000

  private static func json(_ file: PeekedFile) throws(FindingsError) -> SeriesInput {
    let name = file.name
    let lines = file.head.split(separator: 10, maxSplits: 200).dropLast()
    let first = lines.first ?? file.head[...]
    if file.head.first(where: { $0 > 32 }) == UInt8(ascii: "{"),
      let object = try? JSONParser.parse(first, file: name), let entries = object.mapping
    {
      if SeriesInput.isEvents(entries.map(\.key)) { throw events(name) }
      if JSONSeriesRows.isRow(entries) {
        let texts = lines.compactMap { line in
          (try? JSONParser.parse(line, file: name))?.mapping.flatMap(JSONSeriesRows.dateText)
        }
        let reader = SeriesInstantReader(sample: texts)
        if let (message, help) = reader.ambiguity {
          throw FindingsError(
            "series-date", message, help: help,
            at: SourceLocation(file: name, line: 1, column: 1))
        }
        return .rows(JSONSeriesRows(.lines(file.lines()), name: name), reader)
      }
    }
    let items = firstItems(file)
    if let first = items.first, JSONSeriesRows.isRow(first) {
      return .rows(
        JSONSeriesRows(.items(file.items()), name: name),
        SeriesInstantReader(sample: items.compactMap(JSONSeriesRows.dateText)))
    }
    if let first = items.first, isEvents(first.map(\.key)) { throw events(name) }
    return .usage(UsageFile.read(try file.content(), name: name))
  }

  /// The first objects of a file that is one list, as far as its beginning holds them; none of any other.
  private static func firstItems(_ file: PeekedFile) -> [[Node.Entry]] {
    var rest = file.head.drop { $0 <= 32 }
    var place = SourceLocation(file: file.name, line: 1, column: 1)
    guard rest.first == UInt8(ascii: "[") else { return [] }
    var objects: [[Node.Entry]] = []
    while objects.count < 200 {
      // The bracket, or the comma behind the last object.
      rest = rest.dropFirst().drop { $0 <= 32 }
      let (front, length, next) = JSONParser.front(of: rest, at: place, isLast: false)
      guard case .value(let node) = front, let object = node.mapping else { break }
      objects.append(object)
      rest = rest.dropFirst(length).drop { $0 <= 32 }
      place = next
      guard rest.first == UInt8(ascii: ",") else { break }
    }
    return objects
  }

  /// Whether a table is PostHog's export or daily numbers of its meters.
  private static func isUsage(_ head: DelimitedText, _ titles: [String], name: String) -> Bool {
    let part = HistoryFile(content: .table(head), name: name)
    if UsageCSV.recognizes(part) { return true }
    let columns = titles.map { LongCSV.Column(of: $0) }
    guard columns.contains(.date), !titles.contains(where: { $0.lowercased() == "unique_id" })
    else {
      return false
    }
    if columns.contains(where: { if case .unitsOf = $0 { true } else { false } }) { return true }
    guard let meter = columns.firstIndex(of: .meter), columns.contains(.units),
      let row = head.rows.dropFirst().first, meter < row.cells.count
    else { return false }
    if case .meter = SeriesLabel(row.cells[meter].text) { return true }
    return false
  }

  private static func isEvents(_ titles: [String]) -> Bool {
    titles.contains { $0.lowercased() == "distinct_id" }
  }

  private static func events(_ name: String) -> FindingsError {
    FindingsError(
      "usage-is-events", "'\(name)' holds recorded events, one by one, and no numbers by day",
      help: "name it under history: of a scenario, which counts them",
      at: SourceLocation(file: name, line: 1, column: 1))
  }
}
