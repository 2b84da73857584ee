/// The text of a YAML file in which `*`, which makes an alias of what follows, is a letter.
///
/// Yams puts the value in place of an alias at once and compares all keys of a mapping, so that thirty
/// lines of aliases of aliases, and the last of them as a key, take it longer than anybody waits. With
/// this text it meets no alias; ``YAMLTree`` unfolds them and counts. A letter for a sign of one
/// column: every place in the file stays.
struct YAMLAliases {
  /// What Yams reads.
  let text: String
  /// The letter, of those that Unicode leaves to private use, that the file itself does not have;
  /// nil without a `*` in the file.
  private let letter: Unicode.Scalar?

  init(_ text: String) {
    guard text.utf8.contains(UInt8(ascii: "*")), let free = YAMLAliases.letter(notIn: text) else {
      self.text = text
      letter = nil
      return
    }
    letter = free
    var marked = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { marked.append(scalar == "*" ? free : scalar) }
    self.text = String(marked)
  }

  private static func letter(notIn text: String) -> Unicode.Scalar? {
    let used = Set(text.unicodeScalars.lazy.filter { (0xE000...0xF8FF).contains($0.value) })
    return (UInt32(0xE000)...0xF8FF).lazy.compactMap(Unicode.Scalar.init)
      .first { !used.contains($0) }
  }

  /// A text as it stands in the file.
  func original(_ text: String) -> String {
    guard let letter, text.unicodeScalars.contains(letter) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { out.append(scalar == letter ? "*" : scalar) }
    return String(out)
  }

  /// The name in an alias, which begins with the letter; nil for any other text.
  func alias(_ text: String) -> String? {
    guard let letter, text.unicodeScalars.first == letter else { return nil }
    return original(String(text.unicodeScalars.dropFirst()))
  }
}
