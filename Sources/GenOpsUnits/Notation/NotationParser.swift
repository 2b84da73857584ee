/// The grammar of ``Notation``, by recursive descent.
struct NotationParser {
  private let tokens: [NotationToken]
  private var position = 0
  private var depth = 0
  private var operations = 0

  init(_ tokens: [NotationToken]) { self.tokens = tokens }

  mutating func whole() throws(NotationFailure) -> (low: Notation.Part, high: Notation.Part?) {
    let low = try sum()
    guard let token = peek else { return (low, nil) }
    guard token.keyword == .to else { throw unexpected() }
    position += 1
    let high = try sum()
    if peek != nil { throw unexpected() }
    return (low, high)
  }

  private mutating func sum() throws(NotationFailure) -> Notation.Part {
    try chain("+", "-", Notation.Form.sum) { parser throws(NotationFailure) in
      try parser.product()
    }
  }

  private mutating func product() throws(NotationFailure) -> Notation.Part {
    try chain("*", "/", Notation.Form.product) { parser throws(NotationFailure) in
      try parser.factor()
    }
  }

  /// Parts with one of two symbols between them; one alone is itself. A list and not a tree of
  /// pairs: a long chain is as deep as a short one.
  private mutating func chain(
    _ symbol: Character, _ inverse: Character, _ form: ([Notation.Term]) -> Notation.Form,
    _ part: (inout NotationParser) throws(NotationFailure) -> Notation.Part
  ) throws(NotationFailure) -> Notation.Part {
    let first = try part(&self)
    var terms = [Notation.Term(isInverse: false, part: first)]
    while case .symbol(let found)? = peek?.kind, found == symbol || found == inverse {
      operations += 1
      guard operations <= Notation.maximumOperations else { throw .tooLong(at: offset) }
      position += 1
      terms.append(Notation.Term(isInverse: found == inverse, part: try part(&self)))
    }
    return terms.count == 1 ? first : Notation.Part(form: form(terms), offset: first.offset)
  }

  private mutating func factor() throws(NotationFailure) -> Notation.Part {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Notation.maximumDepth else { throw .tooDeep(at: offset) }
    let start = offset
    guard let token = peek else { throw unexpected() }
    switch token.kind {
    case .symbol("+"), .symbol("-"):
      position += 1
      let inner = try factor()
      return Notation.Part(
        form: .signed(isNegative: token.kind == .symbol("-"), inner), offset: start)
    case .symbol("("):
      position += 1
      let inner = try sum()
      guard peek?.kind == .symbol(")") else { throw .parenthesis(at: offset) }
      position += 1
      return try measured(.group(inner), at: start)
    case .number(let number, let isFactor):
      position += 1
      return try measured(.number(number, isFactor: isFactor), at: start)
    case .word(let name):
      guard token.keyword == nil, name != "%" else { throw unexpected() }
      position += 1
      return try measured(.name(name), at: start)
    case .symbol: throw unexpected()
    }
  }

  /// The units and periods after a factor.
  private mutating func measured(_ form: Notation.Form, at start: Int) throws(NotationFailure)
    -> Notation.Part
  {
    var part = Notation.Part(form: form, offset: start)
    while case .word(let word)? = peek?.kind {
      if peek?.keyword == .per {
        position += 1
        guard case .word(let period)? = peek?.kind, peek?.keyword == nil, period != "%" else {
          throw .period(at: offset)
        }
        part.per.append(period)
      } else if peek?.keyword == .to {
        break
      } else if word == "a" || word == "an", case .word(let time)? = next?.kind,
        TimeUnit(time) != nil
      {
        position += 1
        part.per.append(time)
      } else {
        guard part.units.count < 2, part.per.isEmpty else { throw unexpected() }
        if case .number(let number, _) = form, word == "m", part.units.isEmpty {
          throw .million(number, at: start)
        }
        part.units.append(word.lowercased() == "percent" ? "%" : word)
      }
      position += 1
    }
    return part
  }

  private var peek: NotationToken? { position < tokens.count ? tokens[position] : nil }
  private var next: NotationToken? { position + 1 < tokens.count ? tokens[position + 1] : nil }

  /// Characters before the next token.
  private var offset: Int {
    peek?.offset ?? tokens.last.map { $0.offset + $0.length } ?? 0
  }

  private func unexpected() -> NotationFailure { .unexpected(peek, at: offset) }
}
