public import GenOpsUnits

/// What a value of a file is to somebody who needs a number.
public enum FormulaReading: Sendable {
  /// Figures and units only: the reader's own grammar holds.
  case plain
  /// A formula or a name, worked out.
  case measure(Measure)
  /// Wrong; there is a finding.
  case wrong

  /// Reads the text of a scalar in the scope of its file. Where words are expected too
  /// (`mode: enforced`, `customer: north-2`), only what names a variable or multiplies is a
  /// formula.
  public init(_ node: Node, amongWords: Bool = false, _ findings: inout Findings) {
    guard let table = node.scope as? VariableTable,
      let tokens = node.text.flatMap({ try? NotationTokens($0) }),
      amongWords
        ? FormulaReading.isCertainlyFormula(tokens, table)
        : FormulaReading.isFormula(tokens, table)
    else {
      self = .plain
      return
    }
    self =
      Measure.parsed(tokens, table, mayRange: false, at: node.location, &findings)
      .map { .measure($0) } ?? .wrong
  }

  private static func isCertainlyFormula(_ tokens: NotationTokens, _ table: VariableTable)
    -> Bool
  { tokens.multiplies || tokens.names.contains(where: table.has) }

  private static func isFormula(_ tokens: NotationTokens, _ table: VariableTable) -> Bool {
    (tokens.isWord && !table.names.isEmpty) || tokens.names.contains(where: table.has)
      || tokens.calculates
  }
}
