import GenOpsUnits

/// Text as a value of a scenario: a file's name must not become a key of it.
package enum YAMLText {
  /// As it is where YAML reads it so, else in double quotes, whose escapes are those of JSON.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      text.utf8.first.map { isLetter($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
      ?? false
    let words: Set = ["null", "true", "false", "yes", "no", "on", "off"]
    let fits = text.utf8.allSatisfy { byte in
      isLetter(byte) || (48...57).contains(byte) || "/._-".utf8.contains(byte)
    }
    return isPlain && fits && !words.contains(text.lowercased())
      ? text : JSONValue.string(text).description
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte)
  }
}
