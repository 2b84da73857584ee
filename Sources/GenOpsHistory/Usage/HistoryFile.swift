package import GenOpsIngestion
package import GenOpsMetering
package import GenOpsUnits

/// One table or one JSON answer of a file of daily numbers, before its kind is known.
package struct HistoryFile: Sendable {
  package enum Content: Sendable {
    case table(DelimitedText)
    case json(Node)
  }

  package var content: Content
  /// The file as the user named it.
  package var name: String
  /// What a file with one unnamed column of numbers counts, when the scenario says it.
  package var meter: Meter?

  package var table: DelimitedText? {
    if case .table(let table) = content { table } else { nil }
  }
  package var document: Node? {
    if case .json(let node) = content { node } else { nil }
  }

  /// The line on which it begins.
  package var firstLine: Int {
    switch content {
    case .table(let table): table.rows.first?.line ?? 1
    case .json(let node): node.location.line
    }
  }

  /// Where an answer names the address of its next page; nil on the last.
  package var morePages: SourceLocation? {
    guard let next = document?["next"], !next.isNull, next.text?.isEmpty == false else {
      return nil
    }
    return next.location
  }

  package func location(_ line: Int, _ column: Int) -> SourceLocation {
    SourceLocation(file: name, line: line, column: column)
  }

  package func location(_ cell: DelimitedText.Cell) -> SourceLocation {
    location(cell.line, cell.column)
  }
}
