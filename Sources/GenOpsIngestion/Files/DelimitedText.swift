import GenOpsUnits

/// Delimited text split into cells with their places, as ``RowSplitter`` takes it, with or without a
/// byte order mark.
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

    /// Whether any cell has text.
    var hasText: Bool { cells.contains { !$0.text.isEmpty } }
  }

  package let separator: UInt8
  package private(set) var rows: [Row] = []
  /// Where a quoted cell begins that the file never closes.
  package private(set) var unclosedQuote: (line: Int, column: Int)?

  /// `bytes` must be UTF-8. Lines with no text at all are left out.
  package init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    let splitter = RowSplitter(likelyFor: rest)
    separator = splitter.separator
    var place = SourceLocation(file: "", line: 1, column: 1)
    while !rest.isEmpty, let front = splitter.front(of: rest, at: place, isLast: true) {
      if let quote = front.unclosedQuote, unclosedQuote == nil {
        unclosedQuote = (quote.line, quote.column)
      }
      if front.row.hasText { rows.append(front.row) }
      rest = rest.dropFirst(front.length)
      place = front.next
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
}
