package import GenOpsUnits

/// A value in YAML's flow style, as a person writes it: quotes only where the text would be read
/// otherwise without them.
package enum FlowText {
  package static func of(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .number(let text): text
    case .string(let text): quoted(text)
    case .array(let items): "[" + items.map(of).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { "\(quoted($0.key)): \(of($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  /// Text as a value: as it is where YAML reads it so, else in double quotes, whose escapes are those of
  /// JSON. A file's name must not become a key.
  package static func quoted(_ text: String) -> String {
    let words: Set = ["null", "true", "false", "yes", "no", "on", "off"]
    let isPlain =
      text.utf8.first.map { isWord($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") }
      ?? false
    let fits = text.utf8.allSatisfy { isWord($0) || "/._-% ".utf8.contains($0) }
    return isPlain && fits && text.utf8.last != UInt8(ascii: " ")
      && !words.contains(text.lowercased()) ? text : JSONValue.string(text).description
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
  }
}
