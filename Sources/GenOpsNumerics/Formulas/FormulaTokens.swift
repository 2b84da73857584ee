/// The words of a formula.
enum FormulaToken: Equatable {
  /// Figures with a scale already multiplied in; `x1.8` is a factor.
  case number(Double, isFactor: Bool)
  case word(String)
  case symbol(Character)

  /// Nil when a character belongs to no formula.
  static func tokens(_ text: String) -> [FormulaToken]? {
    var tokens: [FormulaToken] = []
    var rest = text[...]
    while let character = rest.first {
      if character == " " || character == "\u{A0}" {
        rest.removeFirst()
      } else if "+-*/()".contains(character) {
        tokens.append(.symbol(character))
        rest.removeFirst()
      } else if character == "%" {
        tokens.append(.word("%"))
        rest.removeFirst()
      } else if character.isASCII, character.isNumber || character == "." {
        guard let value = number(&rest) else { return nil }
        tokens.append(.number(value, isFactor: false))
      } else if character == "x" || character == "×", let next = rest.dropFirst().first,
        next.isASCII, next.isNumber
      {
        rest.removeFirst()
        guard let value = number(&rest) else { return nil }
        tokens.append(.number(value, isFactor: true))
      } else if character.isLetter || character == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(.word(String(word)))
        rest.removeFirst(word.count)
      } else {
        return nil
      }
    }
    return tokens
  }

  /// The words that stand where a number could: `mau` and not `users` in `mau * 40 users`. A word after
  /// a number or another word is a unit.
  static func names(_ tokens: [FormulaToken]) -> [String] {
    tokens.enumerated().compactMap { index, token in
      guard case .word(let word) = token, word != "to", word != "per" else { return nil }
      switch index > 0 ? tokens[index - 1] : nil {
      case nil, .word("to"): return word
      case .symbol(let symbol): return symbol == ")" ? nil : word
      case .number, .word: return nil
      }
    }
  }

  /// `2.5`, `40k`, `1_000`, `1e6`; a letter that goes on belongs to a unit.
  private static func number(_ rest: inout Substring) -> Double? {
    var digits = String(rest.prefix { "0123456789._,".contains($0) })
    rest.removeFirst(digits.count)
    digits.removeAll { $0 == "_" || $0 == "," }
    if let letter = rest.first, letter == "e" || letter == "E" {
      let signed = rest.dropFirst().prefix { $0.isNumber || $0 == "-" || $0 == "+" }
      if Int(signed) != nil {
        digits += "e" + signed
        rest.removeFirst(1 + signed.count)
      }
    }
    guard var value = Double(digits), value.isFinite else { return nil }
    if let letter = rest.first, let scale = NumberText.scales[letter],
      !(rest.dropFirst().first.map { $0.isLetter || $0.isNumber } ?? false)
    {
      value *= scale
      rest.removeFirst()
    }
    return value.isFinite ? value : nil
  }
}
