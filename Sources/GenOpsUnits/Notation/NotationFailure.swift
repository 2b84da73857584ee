/// Why a text is not a number, an interval or a formula: the same words for every key.
package struct NotationFailure: Error, Sendable, Hashable {
  /// What a reader may want to tell apart.
  package enum Kind: Sendable, Hashable {
    /// It can be read in two ways; ``help`` shows both.
    case unclear
    /// A part that cannot be read; ``help`` shows what was probably meant, if anything.
    case unreadable
    /// This word stands where none can.
    case word(String)
    /// `per` without a time or thing.
    case period
    /// A formula whose parts do not make one.
    case formula
  }

  /// What kind of mistake it is.
  package var kind: Kind
  /// One sentence, no full stop.
  package var message: String
  /// What would be right; nil where only the key knows.
  package var help: String?
  /// Characters before the place, from the start of the text.
  package var offset: Int

  init(_ kind: Kind, _ message: String, help: String? = nil, at offset: Int) {
    self.kind = kind
    self.message = message
    self.help = help
    self.offset = offset
  }

  /// What was probably meant, where the text alone says it.
  package var correction: String? {
    switch kind {
    case .unclear, .unreadable: help
    case .word, .period, .formula: nil
    }
  }

  // MARK: Numbers

  static func character(_ character: Character, at offset: Int) -> NotationFailure {
    if let hidden = String(character).firstInvisible {
      return NotationFailure(
        .unreadable, "\(hidden.invisibleName) does not belong to a number",
        help: "type the number again, with plain spaces", at: offset)
    }
    return NotationFailure(.unreadable, "'\(character)' does not belong to a number", at: offset)
  }

  static func outOfRange(_ text: Substring, at offset: Int) -> NotationFailure {
    NotationFailure(.unreadable, "'\(text)' is beyond 10^308", at: offset)
  }

  static func figures(_ text: Substring, at offset: Int) -> NotationFailure {
    NotationFailure(.unreadable, "'\(text.prefix(40))' is not a number", at: offset)
  }

  /// `0,5` is a half to one reader and 5 to a program that drops commas.
  static func comma(_ text: Substring, at offset: Int) -> NotationFailure {
    let isDecimal = !text.contains(".") && text.count { $0 == "," } == 1
    // `1.000,5`: points between groups and a comma before the decimals.
    let isSwapped =
      text.count { $0 == "," } == 1
      && text.firstIndex(of: ",") ?? text.startIndex
        > text.lastIndex(of: ".") ?? text.endIndex
    let plain =
      isDecimal
      ? text.replacing(",", with: ".")
      : isSwapped
        ? text.filter { $0 != "." }.replacing(",", with: ".")[...] : text.filter { $0 != "," }[...]
    let isNumber = plain.first != "." && plain.last != "."
    let isLeading = text.first == "0" && isDecimal
    return NotationFailure(
      .unreadable,
      isLeading && text.split(separator: ",").last?.count == 3
        ? "'\(text.prefix(40))' begins with 0, and groups of three digits do not"
        : "the comma in '\(text.prefix(40))' does not stand between groups of three digits",
      help: isNumber ? "write \(plain.prefix(40))" : nil, at: offset)
  }

  /// `2..6`: an interval of programmers.
  static func dots(_ low: Substring, _ high: Substring, at offset: Int) -> NotationFailure {
    NotationFailure(
      .unreadable, "'..' does not belong to a number", help: "did you mean '\(low) to \(high)'?",
      at: offset)
  }

  /// `5m`: a million to one reader, minutes to another.
  static func million(_ number: Numeral, at offset: Int) -> NotationFailure {
    NotationFailure(
      .unclear, "'\(number.text)m' could be a million or minutes",
      help: "write \(number.text)M or \(number.text) min", at: offset)
  }

  /// `2-6%`: an interval to one reader, a difference to another.
  static func dash(_ text: String, interval: String, difference: String?) -> NotationFailure {
    if CalendarMonth(text) != nil {
      return NotationFailure(
        .unclear, "'\(text)' is a month, and a number belongs here",
        help: difference.map { "a difference is '\($0)'" }, at: 0)
    }
    return NotationFailure(
      .unclear, "'\(text)' could be an interval or a difference",
      help: "did you mean '\(interval)'?"
        + (difference.map { " (a difference is '\($0)')" } ?? ""), at: 0)
  }

  /// `2–6%` with a long dash; nil without one.
  static func longDash(_ words: NotationTokens) -> NotationFailure? {
    let dashes = words.tokens.filter { ["–", "—"].contains($0.text) }
    guard let dash = dashes.first else { return nil }
    let sides = words.text.split { "–—".contains($0) }.map {
      $0.split(separator: " ").joined(separator: " ")
    }
    let meant =
      dashes.count == 1 && sides.count == 2
      ? "did you mean '\(sides[0]) to \(sides[1])'?" : "write 'to' in its place"
    return NotationFailure(
      .unclear, "'\(dash.text)' is neither 'to' nor a minus", help: meant, at: dash.offset)
  }

  // MARK: Formulas

  static func unexpected(_ token: NotationToken?, at offset: Int) -> NotationFailure {
    if case .word(let word)? = token?.kind, token?.keyword == nil {
      return unexpected(word, at: offset)
    }
    return NotationFailure(
      .formula, "\(token.map { "'\($0.text)'" } ?? "the end") does not belong here",
      help: formula, at: offset)
  }

  /// A word that stands where none can: one unit too many, or a name without an operation.
  package static func unexpected(_ word: String, at offset: Int) -> NotationFailure {
    NotationFailure(
      word == "%" ? .formula : .word(word), "'\(word)' does not belong here", help: formula,
      at: offset)
  }

  private static let formula = "write a formula of variables, such as: mau * (rate + 2)"

  static func parenthesis(at offset: Int) -> NotationFailure {
    NotationFailure(.formula, "a parenthesis is not closed", help: "add: )", at: offset)
  }

  static func period(at offset: Int) -> NotationFailure {
    NotationFailure(.period, "'per' needs its period", help: "write: per month", at: offset)
  }

  static func tooDeep(at offset: Int) -> NotationFailure {
    NotationFailure(
      .formula, "parentheses and signs stand more than \(Notation.maximumDepth) deep",
      help: "name a part of it under variables:, and use that here", at: offset)
  }

  static func tooLong(at offset: Int) -> NotationFailure {
    NotationFailure(
      .formula, "a formula has more than \(Notation.maximumOperations) operations",
      help: "name a part of it under variables:, and use that here", at: offset)
  }
}
