/// What a person wrote for a number: figures, an interval, or a formula, with units and periods.
///
///     2% to 6% per month     x1.8 to x2.6     60k USD     40/month     mau * (rate + 2)
///
/// This is syntax alone: digits as written, names without values. Whether an interval, a formula, a
/// change or a factor makes sense is for the key that reads it. The grammar:
///
///     notation := sum [ "to" sum ]
///     sum      := product (("+" | "-") product)*
///     product  := factor (("*" | "/") factor)*
///     factor   := ("+" | "-") factor | (number | name | "(" sum ")") unit* period*
///     period   := "per" word | ("a" | "an") time
///     number   := ["x"] digits ["." digits] ["e" ["+" | "-"] digits] ["k" | "M" | "B" | "bn" |
/// "T"]
///
/// `/` before a word is a division; before a time that no variable is called, it is "per". Decided:
///
/// - `5m` is refused: it could be `5M` or `5 min`. `2-6%` and `2% - 6%` are refused: `2% to 6%`; two
///   figures are subtracted with spaces between, the larger one first.
/// - A comma stands between groups of three digits (`1,250`), `_` between any; `0,5` and `0,005` are
///   refused.
/// - `1e6` and the suffixes stand wherever a number does; money and units stay exact.
/// - A currency is compared without regard to case; `usd` is USD.
/// - A unit, a period or a sign that an interval says once covers both of its ends.
/// - `percent` is `%`; `per month`, `/month` and `a month` are one thing; times may be plural.
package struct Notation: Sendable, Hashable {
  /// One side of an interval, or all there is.
  package var low: Part
  /// The other side; nil when there is no `to`.
  package var high: Part?
  /// As written.
  package let text: String

  /// The most parentheses and signs inside each other: each takes a part of the stack.
  package static let maximumDepth = 64
  /// The most operations in one text, as each is worked out for every operation before it.
  package static let maximumOperations = 256

  /// A number with its unit, or parts put together.
  package struct Part: Sendable, Hashable {
    /// What it is without its unit.
    package var form: Form
    /// As a rule none or one: `USD`, `%`, `hours`.
    package var units: [String] = []
    /// What follows `per`: `user`, `month`.
    package var per: [String] = []
    /// Characters before it, from the start of the text.
    package var offset: Int
  }

  /// What a part is without its unit.
  package indirect enum Form: Sendable, Hashable {
    /// Figures; `x1.8` is a factor.
    case number(Numeral, isFactor: Bool)
    /// A variable.
    case name(String)
    /// A part in parentheses.
    case group(Part)
    /// A part with a sign before it.
    case signed(isNegative: Bool, Part)
    /// Two or more parts, added; an inverse one is subtracted.
    case sum([Term])
    /// Two or more parts, multiplied; an inverse one divides.
    case product([Term])
  }

  /// A part of a sum or product.
  package struct Term: Sendable, Hashable {
    /// Subtracted, or dividing; never the first.
    package var isInverse: Bool
    /// What is added or multiplied.
    package var part: Part
  }

  /// Reads `text`, in one pass over it.
  package init(_ text: String) throws(NotationFailure) {
    try self.init(try NotationTokens(text))
  }

  /// Reads words.
  package init(_ tokens: NotationTokens) throws(NotationFailure) {
    if let dash = NotationFailure.longDash(tokens) { throw dash }
    var parser = NotationParser(tokens.tokens)
    (low, high) = try parser.whole()
    text = tokens.text
    if let dash = mistakenDash(tokens) { throw dash }
  }

  /// Two figures with a minus between, when that is all there is and an interval may be meant: the
  /// minus touches both, or the second is the larger one. Nobody writes down a difference of two
  /// figures that is negative.
  private func mistakenDash(_ words: NotationTokens) -> NotationFailure? {
    guard high == nil, case .sum(let terms) = low.form, terms.count == 2, terms[1].isInverse,
      let first = Figure(terms[0].part), let second = Figure(terms[1].part),
      let minus = words.tokens.lastIndex(where: {
        $0.kind == .symbol("-") && $0.offset < terms[1].part.offset
      }), minus > 0
    else { return nil }
    let touches =
      words.tokens[minus - 1].touches(words.tokens[minus])
      && words.tokens[minus].touches(words.tokens[minus + 1])
    let rises = first.value < second.value
    guard touches || rises else { return nil }
    let unit = second.part.units.joined(separator: " ")
    let period = second.part.per.map { " per " + $0 }.joined()
    let tail = (unit.isEmpty || unit == "%" ? unit : " " + unit) + period
    let covers = unit == "%" ? "%" : ""
    // A plus or an x that is said once covers both ends; a minus does not.
    let mark = second.mark.isEmpty && first.mark != "-" ? first.mark : second.mark
    return .dash(
      text,
      interval: "\(first.mark)\(first.number.text)\(covers) to \(mark)\(second.number.text)\(tail)",
      difference: rises || !first.mark.isEmpty || !second.mark.isEmpty
        ? nil : "\(first.number.text) - \(second.number.text)\(tail)")
  }

  /// A number in figures with the sign or the x before it.
  private struct Figure {
    var number: Numeral
    var mark: String
    var part: Part
    var value: Double { (mark == "-" ? -1 : 1) * number.approximate }

    init?(_ part: Part) {
      switch part.form {
      case .number(let number, let isFactor):
        (self.number, mark, self.part) = (number, isFactor ? "x" : "", part)
      case .signed(let isNegative, let inner):
        guard case .number(let number, false) = inner.form else { return nil }
        (self.number, mark, self.part) = (number, isNegative ? "-" : "+", inner)
      default: return nil
      }
    }
  }
}
