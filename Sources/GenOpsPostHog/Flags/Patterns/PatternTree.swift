/// A pattern as it is built: what may follow what.
indirect enum PatternTree: Sendable, Hashable {
  case scalar(Unicode.Scalar)
  case set(ScalarSet)
  /// Any scalar but the end of a line.
  case any
  case start
  case end
  case sequence([PatternTree])
  case alternatives([PatternTree])
  /// `most` is nil without an upper end.
  case repeated(PatternTree, least: Int, most: Int?)
}

/// Reads a pattern that ``PatternScan`` lets pass.
struct PatternParser {
  enum Failure: Error {
    /// No pattern at all, such as `(`: it matches nothing.
    case isWrong
    /// It may be right, and is built deeper or counts further than is read here.
    case isTooLarge
  }

  /// Each level is a few calls on the stack.
  private static let deepest = 50

  private let pattern: [Unicode.Scalar]
  private var index = 0

  static func parse(_ pattern: [Unicode.Scalar]) throws(Failure) -> PatternTree {
    var parser = PatternParser(pattern: pattern)
    let tree = try parser.alternatives(depth: 0)
    guard parser.index == pattern.count else { throw .isWrong }
    return tree
  }

  private init(pattern: [Unicode.Scalar]) { self.pattern = pattern }

  private var next: Unicode.Scalar? { index < pattern.count ? pattern[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private mutating func alternatives(depth: Int) throws(Failure) -> PatternTree {
    if depth > PatternParser.deepest {
      // A wrong pattern matches nothing, and this one may be wrong further on.
      throw .isTooLarge
    }
    var branches = [try sequence(depth: depth)]
    while take("|") { branches.append(try sequence(depth: depth)) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence(depth: Int) throws(Failure) -> PatternTree {
    var items: [PatternTree] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let item = try item(depth: depth)
      items.append(try repetition(of: item))
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  private mutating func item(depth: Int) throws(Failure) -> PatternTree {
    guard let scalar = next else { throw .isWrong }
    index += 1
    switch scalar {
    case "*", "+", "?", "{": throw .isWrong
    case "^": return .start
    case "$": return .end
    case ".": return .any
    case "[": return try set()
    case "\\": return try escape()
    case "(":
      if take("?") { _ = take(":") }
      let inner = try alternatives(depth: depth + 1)
      guard take(")") else { throw .isWrong }
      return inner
    default: return .scalar(scalar)
    }
  }

  private mutating func repetition(of item: PatternTree) throws(Failure) -> PatternTree {
    let least: Int
    let most: Int?
    switch next {
    case "*": (least, most) = (0, nil)
    case "+": (least, most) = (1, nil)
    case "?": (least, most) = (0, 1)
    case "{":
      guard let count = PatternCount(pattern, at: index) else { throw .isWrong }
      if count.least == PatternCount.endless || count.most == PatternCount.endless {
        throw .isTooLarge
      }
      if let upper = count.most, upper < count.least { throw .isWrong }
      (least, most) = (count.least, count.most)
      index = count.end
    default: return item
    }
    index += 1
    // Lazy or not is the same to whether it occurs.
    _ = take("?")
    if let mark = next, "*+?{".unicodeScalars.contains(mark) { throw .isWrong }
    return .repeated(item, least: least, most: most)
  }

  private mutating func escape() throws(Failure) -> PatternTree {
    let (scalar, set) = try escaped()
    if let set { return .set(set) }
    return .scalar(scalar)
  }

  /// What stands behind a backslash: a scalar, or a set in its place.
  private mutating func escaped() throws(Failure) -> (Unicode.Scalar, ScalarSet?) {
    guard let letter = next else { throw .isWrong }
    index += 1
    if let set = ScalarSet(shorthand: letter) { return (letter, set) }
    switch letter {
    case "n": return ("\n", nil)
    case "r": return ("\r", nil)
    case "t": return ("\t", nil)
    case "f": return ("\u{C}", nil)
    // In a class alone; elsewhere it is left to the server.
    case "b": return ("\u{8}", nil)
    case "x":
      var value: UInt32 = 0
      for _ in 0..<2 {
        guard let digit = next, let number = UInt32(String(digit), radix: 16) else {
          throw .isWrong
        }
        value = value * 16 + number
        index += 1
      }
      // Two hexadecimal digits are at most 255, which every scalar below 0xD800 is.
      return (Unicode.Scalar(UInt8(truncatingIfNeeded: value)), nil)
    default: return (letter, nil)
    }
  }

  private mutating func set() throws(Failure) -> PatternTree {
    var set = ScalarSet()
    set.isNegated = take("^")
    while true {
      guard let first = next else { throw .isWrong }
      index += 1
      if first == "]" { return .set(set) }
      var low = first
      if first == "\\" {
        let (scalar, kinds) = try escaped()
        if let kinds {
          set.formUnion(kinds)
          continue
        }
        low = scalar
      }
      guard next == "-", index + 1 < pattern.count, pattern[index + 1] != "]" else {
        set.ranges.append(low.value...low.value)
        continue
      }
      index += 1
      guard var high = next else { throw .isWrong }
      index += 1
      if high == "\\" { high = try escaped().0 }
      // Proves that the range below has its ends in order.
      guard low <= high else { throw .isWrong }
      set.ranges.append(low.value...high.value)
    }
  }
}
