import GenOpsUnits

/// Property values as text and as numbers, as PostHog's flag service compares them.
enum PropertyText {
  /// Text as it is; everything else as compact JSON with sorted keys. Nil for a number beyond what a
  /// `Double` holds, alone or within, which the service cannot say either.
  static func of(_ value: JSONValue) -> String? {
    if case .string(let text) = value { return text }
    var out = ""
    return write(value, to: &out) ? out : nil
  }

  /// What Python's `str` makes of a value: `True`, `None`, `7.0`. Nil where this is not sure, and for
  /// lists and objects.
  static func python(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): return text
    case .bool(let flag): return flag ? "True" : "False"
    case .null: return "None"
    case .number(let text):
      // Where Python writes an exponent the service and other Pythons may not.
      guard let written = number(text), !written.utf8.contains(UInt8(ascii: "e")),
        !written.utf8.drop(while: { $0 == 45 }).starts(with: "0.0000".utf8)
      else { return nil }
      return written
    case .array, .object: return nil
    }
  }

  private static func write(_ value: JSONValue, to out: inout String) -> Bool {
    switch value {
    case .null: out += "null"
    case .bool(let flag): out += flag ? "true" : "false"
    case .string(let text): quote(text, to: &out)
    case .number(let text):
      guard let text = number(text) else { return false }
      out += text
    case .array(let items):
      out += "["
      for (index, item) in items.enumerated() {
        if index > 0 { out += "," }
        guard write(item, to: &out) else { return false }
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (index, member) in sorted(members).enumerated() {
        if index > 0 { out += "," }
        quote(member.key, to: &out)
        out += ":"
        guard write(member.value, to: &out) else { return false }
      }
      out += "}"
    }
    return true
  }

  /// By code points, and of members with one key the last, as a Python dictionary has them.
  private static func sorted(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
    let ordered = members.enumerated().sorted { a, b in
      if a.element.key.isExactly(b.element.key) { return a.offset < b.offset }
      return a.element.key.unicodeScalars.lexicographicallyPrecedes(b.element.key.unicodeScalars)
    }.map(\.element)
    return ordered.indices.filter {
      $0 + 1 == ordered.count || !ordered[$0].key.isExactly(ordered[$0 + 1].key)
    }.map { ordered[$0] }
  }

  /// As `json.dumps(text, ensure_ascii=False)`.
  private static func quote(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{8}": out += "\\b"
      case "\u{C}": out += "\\f"
      case "\u{0}"..."\u{1F}":
        let hex = String(scalar.value, radix: 16)
        out += "\\u00" + (hex.utf8.count < 2 ? "0" : "") + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }

  /// Whole numbers as written, others in their shortest form: `1.50` is `1.5`, `1e3` is `1000.0`, `1e-6` is
  /// `1e-6`.
  private static func number(_ text: String) -> String? {
    guard text.utf8.contains(where: { $0 == 46 || $0 | 32 == 101 }) else {
      return text == "-0" ? "0" : text
    }
    guard let value = Double(text), value.isFinite else { return nil }
    if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
    return shortest(value)
  }

  /// The digits are those of Swift's description, which are the fewest that tell the number apart, as in
  /// Python; where the point stands and when there is an exponent are Python's rules.
  private static func shortest(_ value: Double) -> String {
    let text = Array("\(value.magnitude)".utf8)
    let mantissa = text.prefix { $0 != UInt8(ascii: "e") }
    let exponent = Int(String(decoding: text.dropFirst(mantissa.count + 1), as: UTF8.self)) ?? 0
    let whole = mantissa.prefix { $0 != 46 }
    var digits = Array(whole) + mantissa.dropFirst(whole.count + 1)
    // Where the point stands behind the first of the digits.
    var point = whole.count + exponent
    while digits.count > 1, digits.first == 48 {
      digits.removeFirst()
      point -= 1
    }
    while digits.count > 1, digits.last == 48 { digits.removeLast() }
    let sign = value < 0 ? "-" : ""
    func string(_ part: some Sequence<UInt8>) -> String {
      String(decoding: Array(part), as: UTF8.self)
    }
    // Python writes an exponent from 1e16 on and below 1e-4; PostHog none at 1e-5.
    if point > 16 || point < -4 {
      let rest = digits.count > 1 ? "." + string(digits.dropFirst()) : ""
      return "\(sign)\(string(digits.prefix(1)))\(rest)e\(point > 0 ? "+" : "")\(point - 1)"
    }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + string(digits) }
    if point >= digits.count {
      return sign + string(digits) + String(repeating: "0", count: point - digits.count) + ".0"
    }
    return sign + string(digits.prefix(point)) + "." + string(digits.dropFirst(point))
  }

  /// Letters A to Z in lower case, all others as they are.
  static func asciiLowercased(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.map { scalar in
      // A to Z are 65 to 90: the sum fits a byte.
      (65...90).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
    }
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
