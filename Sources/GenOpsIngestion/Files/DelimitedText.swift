/// Splits delimited text (RFC 4180) into cells with their places.
///
/// Takes `,`, `;` or a tab, `\n`, `\r\n` or `\r`, quoted cells with doubled quotes and line breaks
/// inside, and a byte order mark.
package struct DelimitedText: Sendable {
  package struct Cell: Sendable {
    package var text: String
    package var line: Int
    /// In bytes from the beginning of the line, from 1.
    package var column: Int
  }

  package struct Row: Sendable {
    package var cells: [Cell]
    package var line: Int
  }

  package let separator: UInt8
  package private(set) var rows: [Row] = []
  /// Where a quoted cell begins that the file never closes.
  package private(set) var unclosedQuote: (line: Int, column: Int)?

  /// `bytes` must be UTF-8. Lines with no text at all are left out.
  package init(_ bytes: [UInt8]) {
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    separator = DelimitedText.likelySeparator(bytes[position...])
    var line = 1
    var lineStart = position
    var row = Row(cells: [], line: 1)
    while position <= bytes.count {
      let cellLine = line
      let cellColumn = position - lineStart + 1
      var text: [UInt8] = []
      if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
        position += 1
        var closed = false
        while position < bytes.count {
          let byte = bytes[position]
          position += 1
          if byte == UInt8(ascii: "\"") {
            guard position < bytes.count, bytes[position] == byte else {
              closed = true
              break
            }
            position += 1
          } else if byte == UInt8(ascii: "\n") {
            line += 1
            lineStart = position
          }
          text.append(byte)
        }
        if !closed, unclosedQuote == nil { unclosedQuote = (cellLine, cellColumn) }
      }
      while position < bytes.count, bytes[position] != separator, !isBreak(bytes[position]) {
        text.append(bytes[position])
        position += 1
      }
      row.cells.append(
        Cell(text: trimmed(text[...]), line: cellLine, column: cellColumn))
      if position < bytes.count, bytes[position] == separator {
        position += 1
        continue
      }
      if row.cells.contains(where: { !$0.text.isEmpty }) { rows.append(row) }
      if position >= bytes.count { return }
      let carriage = bytes[position] == UInt8(ascii: "\r")
      position += 1
      if carriage, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
      line += 1
      lineStart = position
      row = Row(cells: [], line: line)
    }
  }

  /// The rows in `range`, which must lie within ``rows``, as a text of their own.
  package func part(_ range: Range<Int>) -> DelimitedText {
    var part = self
    part.rows = Array(rows[range])
    // A quote that never closes reaches to the end.
    if range.upperBound < rows.count { part.unclosedQuote = nil }
    return part
  }

  /// The one of `,`, `;` and tab that stands most often in the first line with text, outside
  /// quotes.
  private static func likelySeparator(_ bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [(byte: UInt8, count: Int)] = [
      (UInt8(ascii: ","), 0), (UInt8(ascii: ";"), 0), (UInt8(ascii: "\t"), 0),
    ]
    var quoted = false
    var any = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      if quoted { continue }
      if isBreak(byte) {
        if any { break }
        continue
      }
      any = true
      if let index = counts.firstIndex(where: { $0.byte == byte }) { counts[index].count += 1 }
    }
    return counts.max { $0.count < $1.count }.flatMap { $0.count > 0 ? $0.byte : nil }
      ?? UInt8(ascii: ",")
  }
}

private func isBreak(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

/// The text without blanks around it. A leading `'` before `=`, `+`, `-` or `@` is what PostHog's
/// export puts before a project name that a spreadsheet would run as a formula.
private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
  var slice = bytes
  while let first = slice.first, first == 32 || first == 9 { slice = slice.dropFirst() }
  while let last = slice.last, last == 32 || last == 9 { slice = slice.dropLast() }
  if slice.first == UInt8(ascii: "'"), let second = slice.dropFirst().first,
    "=+-@".utf8.contains(second)
  {
    slice = slice.dropFirst()
  }
  return String(decoding: slice, as: UTF8.self)
}
