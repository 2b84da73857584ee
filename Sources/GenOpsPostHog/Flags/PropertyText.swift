import GenOpsUnits

/// Property values as text and as numbers, as PostHog's flag service compares them.
enum PropertyText {
  /// Text as it is; everything else as compact JSON with sorted keys.
  static func of(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): return text
    case .number(let text): return number(text)
    case .array(let items):
      return "[" + items.map(nested).joined(separator: ",") + "]"
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      return "{"
        + sorted.map { "\(JSONValue.string($0.key)):\(nested($0.value))" }.joined(separator: ",")
        + "}"
    default: return value.description
    }
  }

  private static func nested(_ value: JSONValue) -> String {
    if case .string = value { value.description } else { of(value) }
  }

  /// Whole numbers as written, others in their shortest form: `1.50` is `1.5`, `1e3` is `1000.0`.
  private static func number(_ text: String) -> String {
    guard text.contains(where: { $0 == "." || $0 == "e" || $0 == "E" }), let value = Double(text)
    else { return text }
    let short = "\(value)"
    guard short.hasSuffix("e-05") else { return short }
    let digits = short.dropLast(4).filter { $0 != "." && $0 != "-" }
    return (value < 0 ? "-" : "") + "0.0000" + digits
  }

  /// Letters A to Z in lower case, all others as they are.
  static func asciiLowercased(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          (65...90).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
        }))
  }

  /// A number, or text that is one: sign, digits with a point, exponent.
  static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .number(let text): return finite(Double(text))
    case .string(let text):
      let allowed = text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
      }
      // Swift's own reading of what is left is the same grammar.
      guard allowed, text.utf8.contains(where: { (48...57).contains($0) }) else { return nil }
      return finite(Double(text))
    default: return nil
    }
  }

  private static func finite(_ value: Double?) -> Double? {
    value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether a filter's value is `true`, `false` or a list of these, as boolean or text.
  static func isTruthValue(_ value: JSONValue) -> Bool {
    switch value {
    case .bool: true
    case .string(let text): ["true", "false"].contains(text.lowercased())
    case .array(let items): items.allSatisfy(isTruthValue)
    default: false
    }
  }

  static func isTrue(_ value: JSONValue) -> Bool {
    switch value {
    case .bool(let flag): flag
    case .string(let text): text.lowercased() == "true"
    case .array(let items): items.allSatisfy(isTrue)
    default: false
    }
  }
}
