import GenOpsIngestion
import GenOpsUnits

/// One value of one series, as it stands in a file.
struct SeriesRow {
  /// Empty where the file holds one series.
  var name: ArraySlice<UInt8>
  /// What stands before the name; empty without.
  var group: ArraySlice<UInt8> = []
  var date: ArraySlice<UInt8>
  var value: ArraySlice<UInt8>
  var split: ArraySlice<UInt8> = []
  var line: Int
}

/// A file of rows of which each is one value.
protocol SeriesRows: AnyObject {
  /// Whether numbers are written `1.234,5`.
  var decimalComma: Bool { get }
  /// The next row; nil behind the last.
  func next() throws(FindingsError) -> SeriesRow?
  /// Where the value of the last row stands, or its date.
  func place(ofValue: Bool) -> SourceLocation
  /// What is wrong with the cells of the last row; nil where each stands under a title.
  var surplus: Finding? { get }
}

extension SeriesRows {
  var surplus: Finding? { nil }
}

/// The rows of a table below its titles.
final class TableSeriesRows: SeriesRows {
  private let rows: TableRows
  private let columns: SeriesColumns.Long
  private let titles: Int
  let decimalComma: Bool

  /// `titles` is how many columns have one.
  init(_ rows: TableRows, _ columns: SeriesColumns.Long, titles: Int) {
    self.rows = rows
    self.columns = columns
    self.titles = titles
    decimalComma = rows.separator == UInt8(ascii: ";")
  }

  func next() throws(FindingsError) -> SeriesRow? {
    guard try rows.next() else { return nil }
    return SeriesRow(
      name: columns.name.map { rows.cell($0) } ?? [],
      group: columns.group.map { rows.cell($0) } ?? [], date: rows.cell(columns.date),
      value: rows.cell(columns.value), split: columns.split.map { rows.cell($0) } ?? [],
      line: rows.line)
  }

  func place(ofValue: Bool) -> SourceLocation {
    rows.location(ofValue ? columns.value : columns.date)
  }

  var surplus: Finding? { rows.surplus(columns: titles, number: columns.value) }
}

/// JSON objects, one on each line or the items of one list: `{"unique_id": "web", "ds": "2027-02-14", "y": 812}`.
final class JSONSeriesRows: SeriesRows {
  /// Where the objects come from.
  enum Source {
    case lines(TextLines)
    case items(JSONItems)
  }

  private let source: Source
  private let name: String
  private var lastPlaces = (date: SourceLocation?.none, value: SourceLocation?.none)
  private var line = 1
  let decimalComma = false

  init(_ source: Source, name: String) {
    self.source = source
    self.name = name
  }

  func next() throws(FindingsError) -> SeriesRow? {
    switch source {
    case .lines(let lines):
      while let next = try lines.next() {
        line = next.number
        if next.bytes.allSatisfy({ $0 <= 32 }) { continue }
        let nodes = try JSONParser.parseStream(next.bytes, file: name, line: next.number)
        guard nodes.count == 1, let object = nodes[0].mapping else {
          throw notAnObject("this line", at: SourceLocation(file: name, line: line, column: 1))
        }
        return row(object)
      }
    case .items(let items):
      guard let node = try items.next() else { return nil }
      line = node.location.line
      guard let object = node.mapping else {
        throw notAnObject("this item of the list", at: node.location)
      }
      return row(object)
    }
    return nil
  }

  private func notAnObject(_ what: String, at place: SourceLocation) -> FindingsError {
    FindingsError(
      "series-row", "\(what) is not one JSON object",
      help: "write {\"unique_id\": \"web\", \"ds\": \"2027-02-14\", \"y\": 812}", at: place)
  }

  func place(ofValue: Bool) -> SourceLocation {
    (ofValue ? lastPlaces.value : lastPlaces.date)
      ?? SourceLocation(file: name, line: line, column: 1)
  }

  private func row(_ object: [Node.Entry]) -> SeriesRow {
    func find(_ known: [String]) -> Node? {
      for title in known {
        if let entry = object.first(where: { $0.key.lowercased() == title }) { return entry.value }
      }
      return nil
    }
    func bytes(_ node: Node?) -> ArraySlice<UInt8> {
      guard let node, !node.isNull, let text = node.text else { return [] }
      return Array(text.utf8)[...]
    }
    let (date, value) = (find(SeriesColumns.dates), find(SeriesColumns.values))
    lastPlaces = (date?.location, value?.location)
    let (id, group) = (find(SeriesColumns.names), find(SeriesColumns.groups))
    return SeriesRow(
      name: bytes(id ?? group), group: id == nil ? [] : bytes(group), date: bytes(date),
      value: bytes(value), split: bytes(find(["split"])), line: line)
  }

  /// What an object names its step; nil where it names none.
  static func dateText(_ object: [Node.Entry]) -> String? {
    object.first { SeriesColumns.dates.contains($0.key.lowercased()) }?.value.text
  }

  /// Whether an object is a row: it says a date and a value.
  static func isRow(_ object: [Node.Entry]) -> Bool {
    let keys = object.map { $0.key.lowercased() }
    return keys.contains(where: SeriesColumns.dates.contains)
      && keys.contains(where: SeriesColumns.values.contains)
      && !keys.contains("distinct_id") && !keys.contains("event")
  }
}
