/// A table of plain text in aligned columns, as `genops kinds`, `genops prices show` and the
/// options of a report use it.
///
/// ```swift
/// TextTable([.init("Name"), .init("Price", .right)], [["events", "0.00005"]])
///   .lines(width: 80)
/// ```
package struct TextTable: Sendable {
  package enum Alignment: Sendable { case left, right }

  package struct Column: Sendable {
    package var title: String
    package var alignment: Alignment
    /// The column is narrowed, down to this, when the table is wider than the line. Nil: never.
    package var shrinksTo: Int?
    /// The most columns it takes even where there is room.
    package var atMost: Int

    package init(
      _ title: String, _ alignment: Alignment = .left, shrinksTo: Int? = nil, atMost: Int = .max
    ) {
      self.title = title
      self.alignment = alignment
      self.shrinksTo = shrinksTo
      self.atMost = atMost
    }
  }

  package struct Cell: Sendable, ExpressibleByStringLiteral {
    package var text: String
    package var tone: Tone

    package init(_ text: String, _ tone: Tone = .plain) {
      self.text = text.displayable
      self.tone = tone
    }
    package init(stringLiteral value: String) { self.init(value) }
  }

  package var columns: [Column]
  package var rows: [[Cell]]
  /// Spaces between columns.
  package var gap = 2

  /// Rows may be shorter than `columns`; what is missing is empty.
  package init(_ columns: [Column], _ rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }

  package init(_ columns: [Column], _ rows: [[String]]) {
    self.init(columns, rows.map { $0.map { Cell($0) } })
  }

  /// The title line and the rows, at most `width` columns wide as far as columns can shrink.
  package func lines(width: Int) -> [TextLine] {
    let widths = widths(for: width)
    let titles = columns.map { Cell($0.title, .strong) }
    return ([titles] + rows).map { line($0, widths) }
  }

  /// The table as text with a newline at the end of each line.
  package func text(_ style: TextStyle) -> String {
    lines(width: style.width).map { $0.text(style) + "\n" }.joined()
  }

  private func widths(for width: Int) -> [Int] {
    var widths = columns.enumerated().map { index, column in
      let widest = rows.reduce(column.title.displayWidth) {
        max($0, $1.count > index ? $1[index].text.displayWidth : 0)
      }
      return min(widest, column.atMost)
    }
    while widths.reduce(gap * (columns.count - 1), +) > width {
      // The widest that may shrink gives a column; the first of equals.
      var widest: Int?
      for (index, column) in columns.enumerated() {
        guard let least = column.shrinksTo, widths[index] > least else { continue }
        if widest.map({ widths[index] > widths[$0] }) ?? true { widest = index }
      }
      guard let widest else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func line(_ cells: [Cell], _ widths: [Int]) -> TextLine {
    var line = TextLine()
    for (index, column) in columns.enumerated() {
      let cell = index < cells.count ? cells[index] : ""
      let text = cell.text.fitting(widths[index])
      if index > 0 { line.add(String(repeating: " ", count: gap)) }
      let space = String(repeating: " ", count: max(0, widths[index] - text.displayWidth))
      if column.alignment == .right { line.add(space) }
      line.add(text, cell.tone)
      if column.alignment == .left { line.add(space) }
    }
    return line
  }
}
