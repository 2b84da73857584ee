/// A table in aligned columns of plain text.
extension ReportTable {
  /// The title line and the rows, at most `width` columns wide as far as columns can shrink, in at
  /// most `most` lines, at least three. Rows that have no room are counted, and `rest` says where they are.
  package func lines(
    width: Int, atMost most: Int = .max, rest: String = TextLayout.files
  ) -> [TextLine] {
    let (shown, hidden) = selection(max(2, most - 1))
    let widths = widths(of: shown, for: width - indent)
    let titles = columns.map { Cell($0.title, .strong) }
    var lines = ([titles] + shown).map { line($0, widths) }
    if hidden > 0 { lines.append(TextLine("+\(hidden) more \(noun) \(rest)", .dim)) }
    return lines
  }

  /// The table as text with a newline at the end of each line.
  package func text(_ style: TextStyle) -> String {
    lines(width: style.width).map { $0.text(style) + "\n" }.joined()
  }

  /// The rows to show in at most `most` lines, in their order.
  private func selection(_ most: Int) -> (shown: [[Cell]], hidden: Int) {
    guard rows.count > most else { return (rows, 0) }
    let keep = max(1, most - 1)
    var shown = Array(rows.prefix(keep))
    if keep > 1, let pinned, rows.indices.contains(pinned), pinned >= keep {
      shown[keep - 1] = rows[pinned].map { cell in
        cell.alone.map { Cell($0, cell.tone) } ?? cell
      }
    }
    return (shown, rows.count - keep)
  }

  private func widths(of rows: [[Cell]], for width: Int) -> [Int] {
    var widths = columns.enumerated().map { index, column in
      let widest = rows.reduce(column.title.displayWidth) {
        max($0, cell($1, index).text.displayWidth)
      }
      return min(widest, column.atMost)
    }
    while widths.reduce(ReportTable.gap * (columns.count - 1), +) > width {
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

  /// Spaces between columns.
  private static let gap = 2

  private func line(_ cells: [Cell], _ widths: [Int]) -> TextLine {
    var line = TextLine(String(repeating: " ", count: indent))
    for (index, column) in columns.enumerated() {
      let cell = cell(cells, index)
      let text = cell.text.fitting(widths[index])
      if index > 0 { line.add(String(repeating: " ", count: ReportTable.gap)) }
      let space = String(repeating: " ", count: max(0, widths[index] - text.displayWidth))
      if column.alignment == .right { line.add(space) }
      line.add(text, cell.tone)
      if column.alignment == .left { line.add(space) }
    }
    return line
  }
}
