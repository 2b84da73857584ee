/// Text as Python's `str` has it: by code points, never by what looks alike, and with Python's own idea of
/// spaces and of lower case. Filters are decided by PostHog's Python client as the reference.
enum PythonText {
  /// `str.isspace` of one scalar.
  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    (0x1C...0x1F).contains(scalar.value) || scalar.properties.isWhitespace
  }

  /// `str.isalpha` of one scalar.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// Whether not every Python that is in use knows the scalar: what it is and what its small letter is
  /// is not the same everywhere. Unicode 13 came with Python 3.9.
  static func isRecent(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return false }
    guard let age = scalar.properties.age else { return true }
    return age.major > 13
  }

  /// `str.strip()`.
  static func stripped(_ text: String) -> Substring.UnicodeScalarView {
    var rest = text[...].unicodeScalars
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  /// `str.lower()`: scalar by scalar, but for a Greek sigma at the end of a word. Nil where Pythons
  /// differ.
  static func lowercased(_ text: String) -> [Unicode.Scalar]? {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return text.unicodeScalars.map { (65...90).contains($0.value) ? lowered($0) : $0 }
    }
    let scalars = Array(text.unicodeScalars)
    var out: [Unicode.Scalar] = []
    out.reserveCapacity(scalars.count)
    for (index, scalar) in scalars.enumerated() {
      if scalar.value < 0x80 {
        out.append((65...90).contains(scalar.value) ? lowered(scalar) : scalar)
      } else if isRecent(scalar) {
        return nil
      } else if scalar == "\u{3A3}" {
        out.append(isFinal(index, scalars) ? "\u{3C2}" : "\u{3C3}")
      } else {
        out += scalar.properties.lowercaseMapping.unicodeScalars
      }
    }
    return out
  }

  private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    // Called for A to Z alone, whose small letters are 32 further on.
    Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value &+ 32))
  }

  /// The Unicode Standard, 3.13, Final_Sigma: letters before and none behind.
  private static func isFinal(_ index: Int, _ scalars: [Unicode.Scalar]) -> Bool {
    let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
    guard before?.properties.isCased == true else { return false }
    let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
    return after?.properties.isCased != true
  }
}

extension String {
  /// Whether both are the same code points. `==` takes letters that are written in two ways for one.
  func isExactly(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension Dictionary where Key == String {
  /// The value under exactly these code points.
  func exactly(_ key: String) -> Value? {
    guard let index = index(forKey: key), self[index].key.isExactly(key) else { return nil }
    return self[index].value
  }
}
