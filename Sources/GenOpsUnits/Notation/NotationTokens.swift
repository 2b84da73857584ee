/// The words of one text.
package struct NotationTokens: Sendable, Hashable {
  /// The text as written.
  package let text: String
  /// In the order of the text.
  package private(set) var tokens: [NotationToken] = []

  /// Splits `text`, in one pass over it.
  package init(_ text: String) throws(NotationFailure) {
    self.text = text
    var rest = text[...]
    var offset = 0
    while let character = rest.first {
      let before = rest
      if character == " " || character.isWhitespace {
        rest.removeFirst()
        offset += 1
        continue
      }
      let kind = try NotationTokens.kind(character, &rest, at: offset)
      let length = before[..<rest.startIndex].count
      tokens.append(NotationToken(kind: kind, offset: offset, length: length))
      offset += length
    }
  }

  private static func kind(_ character: Character, _ rest: inout Substring, at offset: Int)
    throws(NotationFailure) -> NotationToken.Kind
  {
    if character.isFigure || character == "." {
      return .number(try Numeral(from: &rest, at: offset), isFactor: false)
    }
    if character == "x" || character == "×", let next = rest.dropFirst().first,
      next.isFigure || next == "."
    {
      rest.removeFirst()
      return .number(try Numeral(from: &rest, at: offset + 1), isFactor: true)
    }
    if character.isLetter || character == "_" {
      let word = rest.prefix(while: NotationToken.continuesWord)
      rest = rest[word.endIndex...]
      return .word(String(word))
    }
    rest.removeFirst()
    // The minus of typography is a minus.
    if character == "\u{2212}" { return .symbol("-") }
    if "+-*/()–—".contains(character) { return .symbol(character) }
    if character == "%" || character.isCurrencySymbol { return .word(String(character)) }
    throw .character(character, at: offset)
  }

  // MARK: What is in them

  /// The words that stand where a number could: `mau` and not `users` in `mau * 40 users`. A word
  /// after a number or another word is a unit.
  package var names: [String] {
    tokens.enumerated().compactMap { index, token in
      guard case .word(let word) = token.kind, token.keyword == nil else { return nil }
      guard index > 0 else { return word }
      let before = tokens[index - 1]
      if before.keyword == .to { return word }
      if case .symbol(let symbol) = before.kind, symbol != ")" { return word }
      return nil
    }
  }

  /// Whether it is one word.
  package var isWord: Bool {
    if tokens.count == 1, case .word = tokens[0].kind { true } else { false }
  }

  /// Whether the whole text can name a variable: one word, and none of the grammar's.
  package var isName: Bool {
    isWord && tokens[0].keyword == nil
      && text.allSatisfy { $0.isASCII && NotationToken.continuesWord($0) }
  }

  /// Whether something multiplies two things. `purchase*` and `*phone*` are patterns of names.
  package var multiplies: Bool {
    let star = NotationToken.Kind.symbol("*")
    return tokens.contains { $0.kind == star } && tokens.first?.kind != star
      && tokens.last?.kind != star
  }

  /// Whether it calculates: more than signs before numbers and `/month` after them.
  package var calculates: Bool {
    tokens.indices.contains { index in
      guard case .symbol(let symbol) = tokens[index].kind else { return false }
      let after = index + 1 < tokens.count ? tokens[index + 1].kind : nil
      switch symbol {
      case "*", "(": return true
      case "+", "-": return index > 0 && tokens[index - 1].keyword != .to
      case "/":
        switch after {
        case .number, .symbol: return true
        case .word, nil: return false
        }
      default: return false
      }
    }
  }
}
