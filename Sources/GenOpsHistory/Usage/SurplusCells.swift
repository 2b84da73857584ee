import GenOpsIngestion
package import GenOpsUnits

/// A row that has more cells than the titles above it: which of its cells belongs where cannot be told.
package enum SurplusCells {
  /// How many columns `titles` name: a separator behind the last one names none.
  package static func columns(_ titles: [String]) -> Int {
    (titles.lastIndex { !$0.isEmpty } ?? -1) + 1
  }

  /// What is wrong with a row of `cells` under `columns` titles, with `separator` between; nil where there
  /// are not more. `number` is the only column of numbers, which may be what is cut in two, nil of several;
  /// `place` says where a cell stands, by its number.
  package static func finding(
    _ cells: [String], columns: Int, number: Int?, separator: UInt8,
    at place: (Int) -> SourceLocation
  ) -> Finding? {
    guard cells.count > columns,
      let extra = cells.indices.first(where: { $0 >= columns && !cells[$0].isEmpty })
    else { return nil }
    let mark = separator == 9 ? "\t" : String(UnicodeScalar(separator))
    let count = (cells.lastIndex { !$0.isEmpty } ?? 0) + 1
    return Finding(
      .error, "table-cells",
      "the row has \(count) cells under \(columns) \(columns == 1 ? "title" : "titles")",
      help: help(cells, number, mark), at: place(extra))
  }

  /// The same of a row of an export.
  static func finding(
    _ row: DelimitedText.Row, _ columns: Int, number: Int?, _ table: DelimitedText,
    _ file: HistoryFile
  ) -> Finding? {
    if row.cells.count <= columns { return nil }
    return finding(
      row.cells.map(\.text), columns: columns, number: number, separator: table.separator
    ) { file.location(row.cells[$0]) }
  }

  private static func help(_ cells: [String], _ number: Int?, _ mark: String) -> String {
    let starts = number.map { [$0] } ?? Array(cells.indices)
    for start in starts where mark == "," && start + 1 < cells.count {
      let (whole, rest) = (cells[start], cells[start + 1])
      let digits = whole.hasPrefix("-") ? whole.dropFirst() : whole[...]
      guard isDigits(digits), isDigits(rest[...]) else { continue }
      if rest.utf8.count == 3, (1...3).contains(digits.utf8.count) {
        return "is '\(whole),\(rest)' one number? Write \(whole)\(rest)"
      }
      if number != nil { return "is '\(whole),\(rest)' one number? Write \(whole).\(rest)" }
    }
    let name = mark == "," ? "comma" : mark == ";" ? "semicolon" : "tab"
    return "put a cell that holds a \(name) in quotes, or give each column a title"
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}

extension TableRows {
  /// The same of the row that was read last.
  func surplus(columns: Int, number: Int?) -> Finding? {
    guard count > columns else { return nil }
    return SurplusCells.finding(
      (0..<count).map(text), columns: columns, number: number, separator: separator, at: location)
  }
}
