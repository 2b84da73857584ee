import GenOpsHistory
import GenOpsIngestion
package import GenOpsUnits

/// Puts the numbers of data files where a tree names them:
///
///     {dist: empirical, file: sessions.csv, column: minutes, unit: min}
///
/// becomes `{dist: empirical, values: […]}`, each number at its place in the file, so that one that
/// cannot be read is found there.
package struct DataColumns {
  /// More say no more about a distribution.
  static let maximumValues = 100_000
  static let maximumBytes = 16 << 20

  package static func filled(_ node: Node, _ findings: inout Findings) -> Node {
    switch node.content {
    case .scalar: return node
    case .sequence(let items):
      return Node(.sequence(items.map { filled($0, &findings) }), at: node.location)
    case .mapping(let entries):
      guard node["dist"]?.text == "empirical", let file = node["file"] else {
        return Node(
          .mapping(
            entries.map {
              Node.Entry(
                key: $0.key, keyLocation: $0.keyLocation, value: filled($0.value, &findings))
            }), at: node.location)
      }
      let rest = entries.filter { !["file", "column", "unit"].contains($0.key) }
      guard let values = values(file, node, &findings) else { return node }
      let entry = Node.Entry(
        key: "values", keyLocation: file.location, value: Node(.sequence(values), at: file.location)
      )
      return Node(.mapping(rest + [entry]), at: node.location)
    }
  }

  private static func values(_ file: Node, _ node: Node, _ findings: inout Findings) -> [Node]? {
    guard let name = file.text, !file.isNull else {
      findings.error(
        "wrong-type", "'file' names a file of numbers", help: "file: sessions.csv",
        at: file.location)
      return nil
    }
    let path = FilePath.resolve(name, writtenAt: file.location)
    let table: DelimitedText
    do throws(FindingsError) {
      table = DelimitedText(Array(try YAMLReader.readBytes(path: path, limit: maximumBytes)))
    } catch {
      for var finding in error.findings.all {
        finding.location = file.location
        findings.add(finding)
      }
      return nil
    }
    guard let first = table.rows.first else {
      findings.error("empty", "'\(name)' holds no numbers", at: file.location)
      return nil
    }
    // A first line without digits names the columns.
    let isHeader = first.cells.contains { cell in
      !cell.text.isEmpty && !cell.text.contains(where: \.isNumber)
    }
    let titles = isHeader ? first.cells.map(\.text) : []
    var index = 0
    if let column = node["column"] {
      let wanted = column.text ?? ""
      guard let found = titles.firstIndex(of: wanted) else {
        findings.error(
          "unknown-column", "'\(name)' has no column '\(wanted)'",
          help: nearestName(to: wanted, among: titles).map { "did you mean '\($0)'?" }
            ?? "its columns: \(titles.joined(separator: ", "))", at: column.location)
        return nil
      }
      index = found
    } else if first.cells.count > 1 {
      findings.error(
        "missing-key", "'\(name)' has \(first.cells.count) columns; which one?",
        help: "add: column: \(titles.first ?? "name")", at: file.location)
      return nil
    }
    let unit = node["unit"]?.text.map { $0.hasPrefix("%") ? $0 : " " + $0 } ?? ""
    let rows = table.rows.dropFirst(isHeader ? 1 : 0).filter {
      $0.cells.indices.contains(index) && !$0.cells[index].text.isEmpty
    }
    guard rows.count <= maximumValues else {
      findings.error(
        "too-large", "'\(name)' has \(rows.count) numbers; at most \(maximumValues) are taken",
        help: "take a part of them", at: file.location)
      return nil
    }
    let titled = isHeader ? SurplusCells.columns(titles) : first.cells.count
    for row in rows where row.cells.count > titled {
      let surplus = SurplusCells.finding(
        row.cells.map(\.text), columns: titled, number: index, separator: table.separator
      ) { SourceLocation(file: path, line: row.cells[$0].line, column: row.cells[$0].column) }
      if let surplus {
        findings.add(surplus)
        return nil
      }
    }
    return rows.map { row in
      let cell = row.cells[index]
      return Node(
        .scalar(text: cell.text + unit, quoted: false),
        at: SourceLocation(file: path, line: cell.line, column: cell.column))
    }
  }
}
