/// A notation without a formula: one number or an interval, with one sign, unit and period. What
/// most keys take.
package struct Figures: Sendable, Hashable {
  /// What a number says about something that is there already.
  package enum Sign: Sendable, Hashable {
    case none
    /// `+15%`, `-20`.
    case change
    /// `x1.8`.
    case factor
  }

  /// The number, or the first of an interval, with its sign.
  package var low: Numeral
  /// Equal to ``low`` where there is no `to`.
  package var high: Numeral
  /// Whether there is a `to`.
  package var isInterval: Bool
  /// Said once or on both sides.
  package var sign: Sign
  /// `%`, `USD`, `page views`; nil when none is written.
  package var unit: String?
  /// What follows `per` or `/`: `user`, `month`.
  package var per: [String]
  /// As written.
  package let text: String

  /// Nil for a formula or a name, and where the two sides of an interval differ in sign, unit or
  /// period.
  package init?(_ notation: Notation) {
    guard let low = Side(notation.low) else { return nil }
    var high = low
    if let part = notation.high {
      guard let side = Side(part) else { return nil }
      high = side
    }
    func common<Value: Equatable>(_ key: KeyPath<Side, Value>, _ none: Value) -> Value? {
      let (a, b) = (low[keyPath: key], high[keyPath: key])
      return a == b || a == none ? b : b == none ? a : nil
    }
    guard let sign = common(\.sign, .none), common(\.comparable, []) != nil,
      let per = common(\.per, [])
    else { return nil }
    self.low = low.number
    self.high = high.number
    isInterval = notation.high != nil
    self.sign = sign
    let units = high.units.isEmpty ? low.units : high.units
    unit = units.isEmpty ? nil : units.joined(separator: " ")
    self.per = per
    text = notation.text
  }

  /// Reads `text`; a formula is a failure.
  package init(_ text: String) throws(NotationFailure) {
    let notation = try Notation(text)
    guard let figures = Figures(notation) else {
      throw NotationFailure(
        .formula, "'\(text)' is not a number in figures with one unit", at: notation.low.offset)
    }
    self = figures
  }

  private struct Side {
    var number: Numeral
    var sign: Sign
    var units: [String]
    var per: [String]
    /// The units without regard to the case of a currency.
    var comparable: [String] { units.map { Figures.currency($0) ?? $0 } }

    init?(_ part: Notation.Part) {
      switch part.form {
      case .number(let number, let isFactor):
        self.number = number
        sign = isFactor ? .factor : .none
        (units, per) = (part.units, part.per)
      case .signed(let isNegative, let inner):
        guard case .number(var number, false) = inner.form else { return nil }
        number.isNegative = isNegative
        self.number = number
        sign = .change
        (units, per) = (inner.units, inner.per)
      case .product(let terms):
        // `40/user/month`: every divisor is a word.
        guard let first = terms.first.flatMap({ Side($0.part) }) else { return nil }
        self = first
        for term in terms.dropFirst() {
          guard term.isInverse, term.part.units.isEmpty, case .name(let word) = term.part.form
          else { return nil }
          per += [word] + term.part.per
        }
      case .name, .group, .sum: return nil
      }
    }
  }
}
