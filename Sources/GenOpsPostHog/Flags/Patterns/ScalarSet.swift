/// The scalars that a class of a pattern takes: `[a-z]`, `\d`, `[^@\s]`.
struct ScalarSet: Sendable, Hashable {
  /// A class by the properties of Unicode, as Python's `re` has it for text.
  enum Kind: Sendable, Hashable {
    case digit, space, word
  }

  var ranges: [ClosedRange<UInt32>] = []
  /// Kinds whose members it takes.
  var kinds: [Kind] = []
  /// Kinds whose members alone it does not take: `\D`.
  var others: [Kind] = []
  var isNegated = false

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    let isIn =
      ranges.contains { $0.contains(value) } || kinds.contains { $0.contains(scalar) }
      || others.contains { !$0.contains(scalar) }
    return isIn != isNegated
  }

  /// The set of `\d` and its like; nil for another letter.
  init?(shorthand letter: Unicode.Scalar) {
    switch letter {
    case "d": kinds = [.digit]
    case "D": others = [.digit]
    case "s": kinds = [.space]
    case "S": others = [.space]
    case "w": kinds = [.word]
    case "W": others = [.word]
    default: return nil
    }
  }

  init() {}

  mutating func formUnion(_ other: ScalarSet) {
    ranges += other.ranges
    kinds += other.kinds
    others += other.others
  }
}

extension ScalarSet.Kind {
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    switch self {
    case .digit:
      if value < 0x80 { return (48...57).contains(value) }
      return scalar.properties.generalCategory == .decimalNumber
    case .space: return PythonText.isSpace(scalar)
    case .word:
      if value < 0x80 {
        return value == 95 || (48...57).contains(value) || (65...90).contains(value & 0xDF)
      }
      return PythonText.isLetter(scalar) || scalar.properties.generalCategory == .decimalNumber
    }
  }
}
