/// A word of a notation, with its place.
package struct NotationToken: Sendable, Hashable {
  /// What it is.
  package enum Kind: Sendable, Hashable {
    /// Figures; `x1.8` is a factor.
    case number(Numeral, isFactor: Bool)
    /// A name, a unit, `%`, a sign of a currency, `to` or `per`.
    case word(String)
    /// One of `+ - * / ( )`, or a dash.
    case symbol(Character)
  }

  /// Words of the grammar, in either case.
  enum Keyword: String { case to, per }

  /// What it is.
  package var kind: Kind
  /// Characters before it, from the start of the text.
  package var offset: Int
  /// Characters of it.
  var length: Int

  /// Whether a space stands between this token and the one after it.
  func touches(_ next: NotationToken) -> Bool { offset + length == next.offset }

  /// The word of the grammar that it is; nil for any other token.
  var keyword: Keyword? {
    if case .word(let word) = kind { Keyword(rawValue: word.lowercased()) } else { nil }
  }

  /// As written.
  var text: String {
    switch kind {
    case .number(let number, let isFactor): (isFactor ? "x" : "") + number.text
    case .word(let word): word
    case .symbol(let symbol): String(symbol)
    }
  }

  /// Whether `character` goes on a word.
  static func continuesWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
