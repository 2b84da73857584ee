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

  private static func quoted(_ text: String) -> String {
    let isPlain =
      text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "_-.% ".unicodeScalars.contains($0)
      } && text.first.map { $0.isLetter || $0.isNumber } ?? false && text.last != " "
    return isPlain ? text : JSONValue.string(text).description
  }
}
