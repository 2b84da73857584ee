import GenOpsUnits

/// Why a formula has no value, for a finding.
struct FormulaFailure: Error {
  /// Of the finding; empty when it was said where the variable is defined.
  var code: String
  var message: String
  var help: String?

  init(code: String, message: String, help: String?) {
    self.code = code
    self.message = message
    self.help = help
  }

  /// What the grammar refused, where names are those of `table`.
  init(_ failure: NotationFailure, _ table: VariableTable) {
    if case .word(let word) = failure.kind, !table.has(word) {
      self = table.unknown(word)
    } else {
      self.init(code: "not-a-formula", message: failure.message, help: failure.help)
    }
  }

  init(_ mismatch: Measure.Mismatch) {
    self.init(code: "unit-mismatch", message: mismatch.message, help: mismatch.help)
  }
}
