extension Numeral {
  /// What a letter right after the digits multiplies by, as a power of ten.
  package static let suffixes: [(text: String, power: Int)] = [
    ("bn", 9), ("k", 3), ("K", 3), ("M", 6), ("B", 9), ("T", 12),
  ]

  /// The number of digits before the point that no number in use exceeds; a `Double` holds it.
  private static let most = 308

  /// Reads a number and nothing else, without its sign.
  package init(_ text: some StringProtocol) throws(NotationFailure) {
    var rest = Substring(text)
    try self.init(from: &rest, at: 0)
    if let next = rest.first { throw .character(next, at: text.count - rest.count) }
  }

  /// Takes a number from the start of `rest`, which begins with a digit or a point: digits, an
  /// exponent or a suffix. A letter that goes on belongs to a unit.
  init(from rest: inout Substring, at offset: Int) throws(NotationFailure) {
    let start = rest
    let figures = rest.prefix { $0.isFigure || "._,".contains($0) }
    rest = rest[figures.endIndex...]
    let (whole, decimals) = try Numeral.digits(figures, at: offset)
    exponent = -decimals.count
    hasExponent = false
    if let written = Numeral.exponent(rest) {
      rest.removeFirst(1 + written.count)
      hasExponent = true
      guard let power = Int(written), power.magnitude < 1_000_000 else {
        throw .outOfRange(start.prefix(40), at: offset)
      }
      exponent += power
    }
    if let suffix = Numeral.suffixes.first(where: { Numeral.ends($0.text, in: rest) }) {
      rest.removeFirst(suffix.text.count)
      exponent += suffix.power
    }
    digits = String((decimals.isEmpty ? whole : whole + decimals).drop { $0 == "0" })
    text = String(start[..<rest.startIndex])
    guard isZero || digits.count + exponent <= Numeral.most else {
      throw .outOfRange(start.prefix(40), at: offset)
    }
  }

  /// The digits before and after the point. Commas stand between groups of three, `_` between any
  /// digits. Groups do not begin with 0: who writes `0,005` means a decimal, and it would become 5.
  private static func digits(_ figures: Substring, at offset: Int) throws(NotationFailure)
    -> (whole: String, decimals: String)
  {
    // Nearly every number is digits alone.
    if figures.utf8.allSatisfy({ $0 != 0x2C && $0 != 0x2E && $0 != 0x5F }), !figures.isEmpty {
      return (String(figures), "")
    }
    let sides = figures.split(separator: ".", omittingEmptySubsequences: false)
    let whole = sides[0].filter { $0 != "," && $0 != "_" }
    let decimals = sides.count > 1 ? sides[1].filter { $0 != "_" } : ""
    let groups = sides[0].split(separator: ",", omittingEmptySubsequences: false)
    let isGrouped =
      groups.count == 1
      || ((1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        && !sides[0].contains("_") && groups[0].first != "0")
    guard isGrouped, !sides.dropFirst().contains(where: { $0.contains(",") }) else {
      throw .comma(figures, at: offset)
    }
    let areJoined = sides.allSatisfy {
      $0.first != "_" && $0.last != "_" && !$0.contains("__")
    }
    let ends = figures.split(separator: "..")
    if ends.count == 2, sides.count > 2 {
      throw .dots(ends[0], ends[1].drop { $0 == "." }, at: offset)
    }
    guard sides.count <= 2, areJoined, !(whole.isEmpty && decimals.isEmpty) else {
      throw .figures(figures, at: offset)
    }
    return (whole, decimals)
  }

  /// The digits of `e6` or `e-6` with their sign; nil when the letter begins a unit.
  private static func exponent(_ rest: Substring) -> Substring? {
    guard let letter = rest.first, letter == "e" || letter == "E" else { return nil }
    let after = rest.dropFirst()
    let sign = after.first.map { $0 == "+" || $0 == "-" } ?? false
    let digits = after.dropFirst(sign ? 1 : 0).prefix(while: \.isFigure)
    return digits.isEmpty ? nil : after[..<digits.endIndex]
  }

  /// Whether `rest` begins with `suffix` and the word ends there.
  private static func ends(_ suffix: String, in rest: Substring) -> Bool {
    guard rest.hasPrefix(suffix) else { return false }
    return rest.dropFirst(suffix.count).first.map { !NotationToken.continuesWord($0) } ?? true
  }
}

extension Character {
  /// Whether it is one of the ten digits and nothing else: a digit with an accent lies between them too.
  var isFigure: Bool { isASCII && "0" <= self && self <= "9" }
}
