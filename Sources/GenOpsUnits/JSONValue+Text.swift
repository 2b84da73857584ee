extension JSONValue: CustomStringConvertible {
  /// Compact JSON on one line.
  public var description: String {
    var out = ""
    write(to: &out, indent: nil, level: 0)
    return out
  }

  /// JSON with two spaces of indentation and a newline at the end. Arrays of plain values stay on
  /// one line.
  public var pretty: String {
    var out = ""
    write(to: &out, indent: "  ", level: 0)
    return out + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(to out: inout String, indent: String?, level: Int) {
    func newline(_ level: Int) {
      if let indent { out += "\n" + String(repeating: indent, count: level) }
    }
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let text): out += text
    case .string(let text): JSONValue.quote(text, to: &out)
    case .array(let items):
      let flat = indent == nil || items.allSatisfy(\.isPlain)
      out += "["
      for (index, item) in items.enumerated() {
        if index > 0 { out += indent != nil && flat ? ", " : "," }
        if !flat { newline(level + 1) }
        item.write(to: &out, indent: indent, level: level + 1)
      }
      if !flat { newline(level) }
      out += "]"
    case .object(let members):
      out += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { out += "," }
        newline(level + 1)
        JSONValue.quote(member.key, to: &out)
        out += indent == nil ? ":" : ": "
        member.value.write(to: &out, indent: indent, level: level + 1)
      }
      if !members.isEmpty { newline(level) }
      out += "}"
    }
  }

  private static func quote(_ text: String, to out: inout String) {
    out += "\""
    defer { out += "\"" }
    // Nearly every text goes out as it is, and as a whole: scalar by scalar was a fifth of the time
    // of a ledger's writer. 0xC2 and 0xE2 begin the control characters beyond ASCII.
    guard
      text.utf8.contains(where: {
        $0 < 0x20 || $0 == 0x22 || $0 == 0x23 || $0 == 0x5C || $0 == 0x7F || $0 == 0xC2
          || $0 == 0xE2
      })
    else {
      out += text
      return
    }
    var hashes = 0
    for scalar in text.unicodeScalars {
      defer { hashes = scalar == "#" ? hashes + 1 : 0 }
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      // What a terminal obeys, and what changes the direction of a line on it.
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        out += escape(scalar)
      // `##[` is a command to a CI system wherever it stands in a log, and JSON is printed there.
      case "[" where hashes >= 2: out += escape(scalar)
      default: out.unicodeScalars.append(scalar)
      }
    }
  }

  /// `\u001b`.
  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }
}
