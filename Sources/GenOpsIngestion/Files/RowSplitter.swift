import GenOpsUnits

/// Splits delimited text (RFC 4180) into rows, one at a time: `,`, `;` or a tab, `\n`, `\r\n` or `\r`,
/// quoted cells with doubled quotes and line breaks inside.
struct RowSplitter {
  let separator: UInt8

  /// Splits at the one of `,`, `;` and tab that stands most often in the first line of `bytes` with
  /// text, outside quotes.
  init(likelyFor bytes: ArraySlice<UInt8>) {
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
    separator =
      counts.max { $0.count < $1.count }.flatMap { $0.count > 0 ? $0.byte : nil }
      ?? UInt8(ascii: ",")
  }

  /// A row, the number of its bytes with the end of its line, and the place of what follows.
  struct Front {
    var row: DelimitedText.Row
    var length: Int
    var next: SourceLocation
    /// Where a quoted cell begins that the bytes never close.
    var unclosedQuote: SourceLocation?
  }

  /// The row at the front of `bytes`, which begin at `place`, a line's beginning; nil when it may go on
  /// behind them. Nothing follows `bytes` that are the last.
  func front(of bytes: ArraySlice<UInt8>, at place: SourceLocation, isLast: Bool) -> Front? {
    var row = DelimitedText.Row(cells: [], line: place.line)
    var position = bytes.startIndex
    var lineStart = position
    var line = place.line
    var unclosedQuote: SourceLocation?
    while true {
      let cellLine = line
      let cellColumn = position - lineStart + 1
      var text: [UInt8] = []
      if position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") {
        position += 1
        var closed = false
        while position < bytes.endIndex {
          let byte = bytes[position]
          position += 1
          if byte == UInt8(ascii: "\"") {
            guard position < bytes.endIndex, bytes[position] == byte else {
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
        if !closed, unclosedQuote == nil {
          unclosedQuote = SourceLocation(file: place.file, line: cellLine, column: cellColumn)
        }
      }
      while position < bytes.endIndex, bytes[position] != separator, !isBreak(bytes[position]) {
        text.append(bytes[position])
        position += 1
      }
      // What the next byte is decides how this one is read.
      if position >= bytes.endIndex - 1, !isLast { return nil }
      row.cells.append(
        DelimitedText.Cell(text: trimmed(text[...]), line: cellLine, column: cellColumn))
      guard position < bytes.endIndex else { break }
      let byte = bytes[position]
      position += 1
      if byte == separator { continue }
      if byte == UInt8(ascii: "\r"), position < bytes.endIndex,
        bytes[position] == UInt8(ascii: "\n")
      {
        position += 1
      }
      line += 1
      lineStart = position
      break
    }
    return Front(
      row: row, length: position - bytes.startIndex,
      next: SourceLocation(
        file: place.file, line: line, column: position - lineStart + 1),
      unclosedQuote: unclosedQuote)
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
