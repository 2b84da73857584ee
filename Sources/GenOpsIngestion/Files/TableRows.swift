package import GenOpsUnits

/// The rows of a delimited text file (RFC 4180) one at a time, as places in the bytes read: files of many
/// millions of rows are read without a `String` for each cell.
///
/// `,`, `;` or a tab separates, `\n`, `\r\n` or `\r` ends a row; a quoted cell may hold all of them. Memory
/// is bounded by the longest row. The cells are those of the last ``next()``.
package final class TableRows {
  /// What separates cells.
  package let separator: UInt8
  /// The line on which the row begins, from 1.
  package private(set) var line = 0

  private let name: String
  private let chunks: FileChunks
  private var bytes: [UInt8]
  private var position = 0
  private var rowStart = 0
  private var isEnd = false
  private var nextLine = 1
  private var cells: [Cell] = []

  private struct Cell {
    var start: Int
    var end: Int
    /// Whether quotes inside have to be taken out.
    var isQuoted: Bool
  }

  /// The rows of `file` from its first one on.
  package init(_ file: PeekedFile) {
    name = file.name
    chunks = file.chunks
    bytes = file.head
    var hint = file.head[...].drop { $0 <= 32 }
    // Excel's `sep=;` before the titles says itself what separates.
    let isHinted = hint.starts(with: "sep=".utf8)
    if isHinted { hint = hint.dropFirst(4).prefix(1) }
    separator = RowSplitter(likelyFor: hint).separator
    if isHinted {
      position = (bytes.firstIndex { $0 == 10 || $0 == 13 }).map { $0 + 1 } ?? bytes.count
      nextLine = 2
      if position < bytes.count, bytes[position - 1] == 13, bytes[position] == 10 { position += 1 }
    }
  }

  /// How many cells the row has.
  package var count: Int { cells.count }

  /// Goes on to the next row with text; false behind the last.
  package func next() throws(FindingsError) -> Bool {
    while true {
      guard scan() else {
        if isEnd { return false }
        try refill()
        continue
      }
      if cells.contains(where: { $0.start < $0.end }) { return true }
    }
  }

  /// The bytes of a cell without blanks around; empty where the row is too short.
  package func cell(_ index: Int) -> ArraySlice<UInt8> {
    guard index < cells.count else { return [] }
    let cell = cells[index]
    // Both ends were found within the bytes, the end not before the start.
    return trimmed(
      cell.isQuoted ? unquoted(bytes[cell.start..<cell.end])[...] : bytes[cell.start..<cell.end])
  }

  /// A cell as text.
  package func text(_ index: Int) -> String { String(decoding: cell(index), as: UTF8.self) }

  /// Where a cell stands.
  package func location(_ index: Int) -> SourceLocation {
    let start = index < cells.count ? cells[index].start : rowStart
    return SourceLocation(file: name, line: line, column: max(1, start - rowStart + 1))
  }

  /// Reads the row at the position; false when it may go on behind the bytes.
  private func scan() -> Bool {
    let separator = separator
    let isEnd = isEnd
    var found: [Cell] = cells
    found.removeAll(keepingCapacity: true)
    let begin = position
    var line = nextLine
    let end: Int? = bytes.withUnsafeBufferPointer { bytes in
      let count = bytes.count
      var place = begin
      guard place < count else { return nil }
      while true {
        let start = place
        var isQuoted = false
        if place < count, bytes[place] == UInt8(ascii: "\"") {
          isQuoted = true
          place += 1
          while place < count {
            if bytes[place] == UInt8(ascii: "\"") {
              if place + 1 < count, bytes[place + 1] == UInt8(ascii: "\"") {
                place += 1
              } else {
                break
              }
            } else if bytes[place] == 10 {
              line += 1
            }
            place += 1
          }
        }
        while place < count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 {
          place += 1
        }
        // What the next byte is decides how this one is read.
        if place + 1 >= count, !isEnd { return nil }
        found.append(Cell(start: start, end: place, isQuoted: isQuoted))
        guard place < count else { return count }
        if bytes[place] == separator {
          place += 1
          continue
        }
        let isPair = bytes[place] == 13 && place + 1 < count && bytes[place + 1] == 10
        return place + (isPair ? 2 : 1)
      }
    }
    guard let end else { return false }
    cells = found
    rowStart = begin
    position = end
    self.line = nextLine
    nextLine = line + 1
    return true
  }

  private func refill() throws(FindingsError) {
    if bytes.count - position > FileWindow.longest {
      throw FindingsError(
        "table-row", "a row that begins here is longer than \(FileWindow.longest >> 20) MB",
        help: "is a quote never closed?",
        at: SourceLocation(file: name, line: nextLine, column: 1))
    }
    // Only what is used up goes.
    bytes.removeSubrange(..<position)
    position = 0
    guard let more = try chunks.next() else {
      if let damage = chunks.damage { throw FindingsError(findings: Findings([damage])) }
      isEnd = true
      return
    }
    bytes += more
  }

  /// What a quoted cell holds: `""` inside is one quote, and what follows the last quote belongs to it.
  private func unquoted(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var place = raw.startIndex + 1
    var isOpen = true
    while place < raw.endIndex {
      let byte = raw[place]
      place += 1
      if isOpen, byte == UInt8(ascii: "\"") {
        if place < raw.endIndex, raw[place] == byte {
          place += 1
        } else {
          isOpen = false
          continue
        }
      }
      text.append(byte)
    }
    return text
  }

  /// Without blanks around, and without the `'` that keeps a spreadsheet from running a cell.
  private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = bytes
    while let first = slice.first, first == 32 || first == 9 { slice.removeFirst() }
    while let last = slice.last, last == 32 || last == 9 { slice.removeLast() }
    if slice.first == UInt8(ascii: "'"), let second = slice.dropFirst().first,
      "=+-@".utf8.contains(second)
    {
      slice.removeFirst()
    }
    return slice
  }
}
