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
    // The last row may be cut.
    let sample = head.rows.dropFirst().prefix(2000)
    let firstRow = sample.first?.cells.map(\.text) ?? []
    func instants(_ column: Int) -> SeriesInstantReader {
      SeriesInstantReader(
        sample: sample.dropLast(sample.count > 2 ? 1 : 0).compactMap { row in
          column < row.cells.count ? row.cells[column].text : nil
        })
    }
    let rows = TableRows(file)
    _ = try rows.next()
    switch SeriesColumns(titles, firstRow: firstRow) {
    case .long(let columns):
      for other in columns.others {
        findings.add(
          .warning, "series-column", "the column '\(titles[other])' is left out",
          help: "what tells series apart is called unique_id", at: rows.location(other))
      }
      self = .rows(TableSeriesRows(rows, columns), instants(columns.date))
    case .wide(let columns) where !columns.series.isEmpty:
      self = .wide(rows, columns, titles: titles, instants(columns.date))
    case .wide, .dateless:
      let near = titles.lazy.compactMap { nearestName(to: $0, among: SeriesColumns.dates) }.first
      throw FindingsError(
        "series-columns",
        "the first row does not say which column holds the dates"
          + (titles.isEmpty ? "" : "; it has \(titles.prefix(8).joined(separator: ", "))"),
        help: near.map { "did you mean '\($0)'?" }
          ?? "call the columns unique_id,ds,y, or give a column date and one for each series",
        at: SourceLocation(file: name, line: head.rows.first?.line ?? 1, column: 1))
    }
  }

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
        return .rows(
          JSONSeriesRows(.lines(file.lines()), name: name), SeriesInstantReader(sample: texts))
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
