import GenOpsUnits

/// Reads a formula: figures with units, names of variables, `+ - * /`, parentheses, `per`, and at the
/// outermost `a to b`.
///
///     formula := sum [ "to" sum ]
///     sum     := product (("+" | "-") product)*
///     product := factor (("*" | "/") factor)*
///     factor  := ("+" | "-") factor | (figures | name | "(" sum ")") unit* ("per" word)*
struct FormulaParser {
  /// What is wrong, for a finding.
  struct Failure: Error {
    var code: String
    var message: String
    var help: String?
  }

  private let tokens: [FormulaToken]
  private let table: VariableTable
  private var position = 0
  /// Parentheses and signs that are open: each takes a part of the stack, and a text may hold any
  /// number of them.
  private var depth = 0

  /// The most parentheses and signs inside each other.
  static let maximumDepth = 64

  init(_ tokens: [FormulaToken], _ table: VariableTable) {
    self.tokens = tokens
    self.table = table
  }

  /// The measure of the whole text. An interval stands only where `mayRange`: it would be a draw
  /// without a name.
  mutating func whole(mayRange: Bool) throws(Failure) -> Measure {
    let low = try sum()
    guard position < tokens.count else { return low }
    guard tokens[position] == .word("to") else { throw unexpected() }
    guard mayRange else {
      throw Failure(
        code: "interval-in-formula", message: "an interval inside a formula has no name",
        help: "give it one under variables:, and use that here")
    }
    position += 1
    let high = try sum()
    guard position == tokens.count else { throw unexpected() }
    return try FormulaParser.interval(low, high)
  }

  private static func interval(_ low: Measure, _ high: Measure) throws(Failure) -> Measure {
    guard case .constant(let a) = low.value, case .constant(let b) = high.value else {
      throw Failure(
        code: "interval-in-formula", message: "an interval runs between two known numbers",
        help: "add what is uncertain: base + spread")
    }
    // A unit, a period or a sign that is written once covers both.
    guard low.units.isEmpty || low.units == high.units, low.per.isEmpty || low.per == high.per,
      low.sign == .none || high.sign == .none || low.sign == high.sign
    else {
      throw Failure(
        code: "unit-mismatch", message: "\(low.unitText) to \(high.unitText) is no interval",
        help: "write both in one unit")
    }
    do {
      var measure = high
      measure.value = try UncertainValue.between(a, b)
      measure.sign = low.sign == .none ? high.sign : low.sign
      return measure
    } catch {
      throw Failure(
        code: "reversed-range", message: "the interval runs from the larger to the smaller number",
        help: "write the smaller one first")
    }
  }

  private mutating func sum() throws(Failure) -> Measure {
    var left = try product()
    while case .symbol(let sign)? = peek, sign == "+" || sign == "-" {
      position += 1
      let right = try product()
      let table = table
      do throws(Measure.Mismatch) {
        left = try Measure.sum(left, right) { a, b in
          table.combined(a.value, b.value, sign == "+" ? Formula.sum : Formula.difference)
        }
      } catch { throw FormulaParser.failure(error) }
    }
    return left
  }

  private mutating func product() throws(Failure) -> Measure {
    var left = try factor()
    while case .symbol(let sign)? = peek, sign == "*" || sign == "/" {
      position += 1
      let right = try factor()
      if sign == "/", case .constant(0) = right.value {
        throw Failure(code: "division-by-zero", message: "a division by 0 has no value", help: nil)
      }
      let table = table
      do throws(Measure.Mismatch) {
        left = try Measure.product(left, right, isQuotient: sign == "/") { a, b in
          table.combined(a.value, b.value, sign == "*" ? Formula.product : Formula.quotient)
        }
      } catch { throw FormulaParser.failure(error) }
    }
    return left
  }

  private mutating func factor() throws(Failure) -> Measure {
    depth += 1
    defer { depth -= 1 }
    guard depth <= FormulaParser.maximumDepth else {
      throw Failure(
        code: "not-a-formula",
        message: "parentheses and signs stand more than \(FormulaParser.maximumDepth) deep",
        help: "name a part of it under variables:, and use that here")
    }
    if case .symbol(let sign)? = peek, sign == "+" || sign == "-" {
      // Alone in front of everything it marks a change, as in `+15%`.
      let marks = position == 0
      position += 1
      var inner = try factor()
      if sign == "-" { inner.value = inner.value.scaled(.times(-1)) }
      if marks, position == tokens.count || peek == .word("to"), inner.sign == .none {
        inner.sign = .change
      }
      return inner
    }
    var measure: Measure
    switch peek {
    case .number(let value, let isFactor):
      position += 1
      measure = Measure(.constant(value), sign: isFactor ? .factor : .none, isFigures: true)
    case .symbol("("):
      position += 1
      measure = try sum()
      guard peek == .symbol(")") else {
        throw Failure(code: "not-a-formula", message: "a parenthesis is not closed", help: "add: )")
      }
      position += 1
    case .word(let name):
      guard let variable = try table.measure(name) else { throw unexpected() }
      position += 1
      measure = variable
    default: throw unexpected()
    }
    try units(&measure)
    return measure
  }

  /// The units and periods after a factor.
  private mutating func units(_ measure: inout Measure) throws(Failure) {
    while case .word(let word)? = peek, word != "to", word != "per" {
      guard measure.units.isEmpty, measure.per.isEmpty else { throw unexpected() }
      measure.units = [word]
      position += 1
    }
    while peek == .word("per") {
      position += 1
      guard case .word(let period)? = peek, period != "to", period != "per" else {
        throw Failure(
          code: "not-a-formula", message: "'per' needs its period", help: "write: per month")
      }
      position += 1
      measure.per.append(period)
    }
  }

  private var peek: FormulaToken? { position < tokens.count ? tokens[position] : nil }

  private func unexpected() -> Failure {
    let what =
      switch peek {
      case nil: "the end"
      case .number(let value, _): "'\(NumberText.shown(value))'"
      case .word(let word): "'\(word)'"
      case .symbol(let symbol): "'\(symbol)'"
      }
    if case .word(let word)? = peek, word != "to", word != "per", word != "%" {
      return table.unknown(word)
    }
    return Failure(
      code: "not-a-formula", message: "\(what) does not belong here",
      help: "write a formula of variables, such as: mau * (rate + 2)")
  }

  private static func failure(_ mismatch: Measure.Mismatch) -> Failure {
    Failure(code: "unit-mismatch", message: mismatch.message, help: mismatch.help)
  }
}
