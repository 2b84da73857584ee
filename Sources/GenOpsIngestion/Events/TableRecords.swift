import GenOpsUnits

/// The rows of a delimited text file, under the titles of its first row.
final class TableRecords: RecordSource {
  private let window: FileWindow
  private let splitter: RowSplitter
  private let columns: EventColumns
  private var remarks: [RecordedElement]

  /// Reads the table that the window's head begins, behind its titles.
  ///
  /// Nil, and nothing is used up, when the first row with text names no part of an event and the rows
  /// behind it are not as wide.
  init?(_ window: FileWindow, named: [EventPart: String]) throws(FindingsError) {
    self.window = window
    var rest = window.unused
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    var hint = rest.drop { $0 <= 32 }
    // Excel's `sep=;` before the titles says itself what separates.
    if hint.starts(with: "sep=".utf8) { hint = hint.dropFirst(4).prefix(1) }
    splitter = RowSplitter(likelyFor: hint)
    var titles: DelimitedText.Row?
    var next = window.place
    while titles == nil {
      guard !rest.isEmpty,
        let front = splitter.front(of: rest, at: next, isLast: window.isLast)
      else { return nil }
      rest = rest.dropFirst(front.length)
      next = front.next
      let isHint = front.row.cells.first?.text.hasPrefix("sep=") == true
      if front.row.hasText, !isHint { titles = front.row }
    }
    let place = SourceLocation(file: window.place.file, line: titles?.line ?? 1, column: 1)
    columns = EventColumns(titles?.cells.map(\.text) ?? [], named: named)
    if let unknown = columns.unknown.first {
      throw FindingsError(
        "event-columns", "there is no column '\(unknown.title)' for \(unknown.part.rawValue)",
        help: nearestName(to: unknown.title, among: columns.titles).map { "did you mean '\($0)'?" }
          ?? "its columns: \(columns.titles.prefix(20).joined(separator: ", "))", at: place)
    }
    if columns.missing.count == EventPart.required.count,
      !TableRecords.isTable(rest, splitter, titles: columns.titles, at: next, isLast: window.isLast)
    {
      return nil
    }
    if !columns.missing.isEmpty {
      let missing = columns.missing.map(\.rawValue)
      throw FindingsError(
        "event-columns",
        "a table of events needs a column for \(missing.joined(separator: " and ")); there are "
          + columns.titles.prefix(20).joined(separator: ", "),
        help: "say which it is: --columns " + missing.map { "\($0)=TITLE" }.joined(separator: ","),
        at: place)
    }
    remarks = columns.remarks(at: place)
    window.use(window.unused.count - rest.count, next: next)
  }

  /// Whether the rows in `bytes`, behind titles that name no part of an event, are of their table: as
  /// many cells in each, and enough for an event. Prose and logs are not, and are told line by line.
  private static func isTable(
    _ bytes: ArraySlice<UInt8>, _ splitter: RowSplitter, titles: [String], at place: SourceLocation,
    isLast: Bool
  ) -> Bool {
    guard titles.count >= EventPart.required.count, !titles.contains("") else { return false }
    var rest = bytes
    var next = place
    var rows = 0
    while rows < 20, !rest.isEmpty,
      let front = splitter.front(of: rest, at: next, isLast: isLast)
    {
      rest = rest.dropFirst(front.length)
      next = front.next
      if !front.row.hasText { continue }
      if front.row.cells.count != titles.count { return false }
      rows += 1
    }
    return rows > 0
  }

  func next() throws(FindingsError) -> [RecordedElement]? {
    if !remarks.isEmpty {
      defer { remarks = [] }
      return remarks
    }
    guard try window.first() != nil else { return nil }
    while true {
      let place = window.place
      guard let front = splitter.front(of: window.unused, at: place, isLast: window.isLast) else {
        if window.isTooLong { return try pass(over: .tooLong, at: place) }
        _ = try window.grow()
        continue
      }
      if let quote = front.unclosedQuote { return try pass(over: .cutOff, at: quote) }
      let isText = TableRecords.isText(window.unused.prefix(front.length))
      window.use(front.length, next: front.next)
      let cells = front.row.cells
      // Files that were joined have their titles again; a mark stands before them.
      let isTitles =
        cells.count == columns.titles.count
        && zip(cells, columns.titles).allSatisfy { cell, title in
          cell.text == title || cell.text == "\u{FEFF}" + title
        }
      if !front.row.hasText || isTitles { return [] }
      if !isText {
        // An id with a damaged letter would be another person.
        return [
          .malformed(
            .notText,
            at: SourceLocation(file: place.file, line: front.row.line, column: 1))
        ]
      }
      return columns.elements(
        of: cells.map { node(of: $0) },
        at: SourceLocation(file: place.file, line: front.row.line, column: 1))
    }
  }

  /// Whether a row is UTF-8; one of ASCII alone, as most are, is seen at once.
  private static func isText(_ row: ArraySlice<UInt8>) -> Bool {
    row.allSatisfy { $0 < 0x80 } || String(validating: row, as: UTF8.self) != nil
  }

  /// Goes on behind the line on which a row begins that never ends.
  private func pass(over reason: MalformedReason, at place: SourceLocation) throws(FindingsError)
    -> [RecordedElement]
  {
    while window.place.line <= place.line, try window.first() != nil {
      let rest = window.unused
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      let isEnd = end != nil
      window.use(
        end.map { rest.distance(from: rest.startIndex, to: $0) + 1 } ?? rest.count,
        next: SourceLocation(
          file: place.file, line: window.place.line + (isEnd ? 1 : 0), column: 1))
    }
    return [.malformed(reason, at: place)]
  }

  /// What spreadsheets, Python and databases write for nothing, true and false is that.
  private func node(of cell: DelimitedText.Cell) -> Node {
    let place = SourceLocation(file: window.place.file, line: cell.line, column: cell.column)
    let text =
      switch cell.text {
      case "\\N", "NULL", "None": ""
      case "True", "TRUE": "true"
      case "False", "FALSE": "false"
      default: cell.text
      }
    return Node(.scalar(text: text, quoted: false), at: place)
  }
}
