/// Whether a pattern is of the syntax that PostHog's service (Rust) and its Python client read alike. All
/// else is left to the server: look-around, back references, named groups, word boundaries, possessive and
/// nested repetition, set operations in classes.
///
/// It looks at all of a pattern, also at one that turns out to be wrong: a pattern that is left to the
/// server is so whatever else is the matter with it, as in posthog-python 7.91.1.
struct PatternScan {
  private(set) var usesWords = false
  private(set) var usesSpaces = false
  private(set) var usesShorthands = false
  private(set) var usesEnd = false
  /// It repeats something or has alternatives.
  private(set) var branches = false

  private let pattern: [Unicode.Scalar]
  private var index = 0
  /// Where the class that is open begins.
  private var classStart: Int?
  private var before = Before.nothing
  /// For each open group, whether something in it repeats.
  private var groups: [Bool] = []
  private var closedRepeats = false

  /// What stands before a scalar, as far as it matters to a repetition.
  private enum Before {
    case nothing, item, opening, bar, start, end, closing, emptyGroup, repetition
  }

  /// Nil when the pattern is left to the server.
  init?(_ pattern: [Unicode.Scalar]) {
    self.pattern = pattern
    while index < pattern.count {
      if classStart == nil {
        guard noteGroup() else { return nil }
      }
      guard step() else { return nil }
      index += 1
    }
  }

  private func at(_ offset: Int) -> Unicode.Scalar? {
    let place = index + offset
    return pattern.indices.contains(place) ? pattern[place] : nil
  }

  /// Repetition in what is repeated can take for ever where it backtracks.
  private mutating func noteGroup() -> Bool {
    let scalar = pattern[index]
    if scalar == "$" { usesEnd = true }
    if "*+?{|".unicodeScalars.contains(scalar) { branches = true }
    switch scalar {
    case "(": groups.append(false)
    case ")":
      closedRepeats = groups.popLast() ?? false
      if closedRepeats, !groups.isEmpty { groups[groups.count - 1] = true }
    case "*", "+", "?", "{":
      if before == .closing, closedRepeats { return false }
      if !groups.isEmpty { groups[groups.count - 1] = true }
    default: break
    }
    return true
  }

  private mutating func step() -> Bool {
    let scalar = pattern[index]
    switch scalar {
    case "\\": return escape()
    case "[":
      if classStart != nil { return false }
      classStart = index
    case "]" where classStart != nil: return closeClass()
    case _ where classStart != nil: return inClass(scalar)
    case "(" where at(1) == "?":
      guard at(2) == ":" else { return false }
      index += 2
      before = .opening
    case "{": return counted()
    case "*", "+", "?":
      guard ![.start, .end, .emptyGroup].contains(before), at(1) != "+", at(1) != "{" else {
        return false
      }
      before = .repetition
    default: note(scalar)
    }
    return true
  }

  private mutating func note(_ scalar: Unicode.Scalar) {
    before =
      switch scalar {
      case "(": .opening
      case ")": before == .opening || before == .emptyGroup ? .emptyGroup : .closing
      case "|": .bar
      case "^": .start
      case "$": .end
      default: .item
      }
  }

  private mutating func escape() -> Bool {
    guard let escaped = at(1) else { return true }
    index += 1
    if escaped == "x" {
      guard let high = at(1), let low = at(2), high.properties.isASCIIHexDigit,
        low.properties.isASCIIHexDigit
      else { return false }
      index += 2
      before = .item
      return true
    }
    if classStart == nil, "bB<>".unicodeScalars.contains(escaped) { return false }
    if !"dDsSwWbfnrt".unicodeScalars.contains(escaped) {
      guard (0x20...0x7E).contains(escaped.value), !escaped.properties.isAlphabetic,
        !("0"..."9").contains(escaped)
      else { return false }
      if classStart != nil, !#"\-[]^.$*+?(){}|"#.unicodeScalars.contains(escaped) { return false }
    }
    if "wW".unicodeScalars.contains(escaped) { usesWords = true }
    if "sS".unicodeScalars.contains(escaped) { usesSpaces = true }
    if "dDsSwW".unicodeScalars.contains(escaped) { usesShorthands = true }
    before = .item
    return true
  }

  private mutating func closeClass() -> Bool {
    guard let start = classStart else { return true }
    let isNegated = pattern.indices.contains(start + 1) && pattern[start + 1] == "^"
    if index == start + (isNegated ? 2 : 1) { return false }
    classStart = nil
    before = .item
    return true
  }

  private func inClass(_ scalar: Unicode.Scalar) -> Bool {
    if "&-~".unicodeScalars.contains(scalar), at(1) == scalar { return false }
    guard scalar == "-", let next = at(1), next != "]" else { return true }
    // An end of a range that is not a single scalar.
    let shorthands = "dDsSwW".unicodeScalars
    if next == "\\", let letter = at(2), shorthands.contains(letter) { return false }
    if at(-2) == "\\", let letter = at(-1), shorthands.contains(letter) { return false }
    return true
  }

  private mutating func counted() -> Bool {
    guard [.item, .closing].contains(before),
      let count = PatternCount(pattern, at: index)
    else { return false }
    index = count.end
    before = .repetition
    return at(1) != "+" && at(1) != "{"
  }
}

/// `{2}`, `{2,}` or `{2,5}`.
struct PatternCount {
  var least: Int
  /// Nil without an upper end.
  var most: Int?
  /// The place of the closing brace.
  var end: Int

  /// Python's word for "without end", which it refuses to read as a number.
  static let endless = 0xFFFF_FFFF

  /// Nil where no such thing begins at `place`, or its numbers are beyond what the readers take.
  init?(_ pattern: [Unicode.Scalar], at place: Int) {
    guard let end = pattern[place...].firstIndex(of: "}") else { return nil }
    let parts = pattern[(place + 1)..<end].split(
      separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    func number(_ part: ArraySlice<Unicode.Scalar>) -> Int? {
      // Ten digits fit into an Int.
      guard (1...10).contains(part.count), part.allSatisfy({ ("0"..."9").contains($0) }) else {
        return nil
      }
      let value = part.reduce(0) { $0 * 10 + Int($1.value) - 48 }
      return value <= PatternCount.endless ? value : nil
    }
    guard let first = parts.first, let least = number(first) else { return nil }
    self.least = least
    self.end = end
    if parts.count == 1 {
      most = least
    } else if !parts[1].isEmpty {
      guard let upper = number(parts[1]) else { return nil }
      most = upper
    }
  }
}
