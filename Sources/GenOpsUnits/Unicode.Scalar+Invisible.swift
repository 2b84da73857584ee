extension Unicode.Scalar {
  /// Whether it takes room in a file and looks like a space or like nothing on a screen: what is
  /// copied from a page or a document often holds one, and then no word is what it seems to be.
  package var isInvisible: Bool {
    if value < 0x80 { return value < 0x20 && value != 9 && value != 10 && value != 13 }
    switch properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control: return true
    // The two joiners are a part of how some languages, and emoji, are written.
    case .format:
      return properties.isDefaultIgnorableCodePoint && value != 0x200C && value != 0x200D
    default: return false
    }
  }

  /// `the invisible character U+00A0 (no-break space)`.
  package var invisibleName: String {
    "the invisible character " + codePoint + (properties.name.map { " (\($0.lowercased()))" } ?? "")
  }

  /// `U+00A0`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension String {
  /// The first character of it that cannot be seen; nil when all can.
  package var firstInvisible: Unicode.Scalar? { unicodeScalars.first(where: \.isInvisible) }
}
