import GenOpsUnits

/// Why a formula has no value, for a finding.
struct FormulaFailure: Error {
  var code: String
  var message: String
  var help: String?
  /// Whether the finding stands already where a variable is defined that the formula uses.
  var isReported = false

  /// The failure of a formula that uses a variable which has a finding of its own.
  static let reported: FormulaFailure = {
    var failure = FormulaFailure(code: "not-a-formula", message: "", help: nil)
    failure.isReported = true
    return failure
  }()

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
