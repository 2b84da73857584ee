import GenOpsUnits

/// Lines `key: value` as a mapping with positions: enough for examples, without a YAML library.
func mapping(_ text: String, file: String = "test.yaml") -> Node {
  let entries = text.split(separator: "\n").enumerated().map { line, row in
    let colon = row.firstIndex(of: ":") ?? row.endIndex
    let value = row[colon...].dropFirst().drop { $0 == " " }
    let at = { SourceLocation(file: file, line: line + 1, column: $0) }
    return Node.Entry(
      key: String(row[..<colon]), keyLocation: at(1),
      value: Node(
        .scalar(text: String(value), quoted: false),
        at: at(row.count - value.count + 1)))
  }
  return Node(.mapping(entries), at: SourceLocation(file: file, line: 1, column: 1))
}

func scalar(_ text: String) -> Node {
  Node(
    .scalar(text: text, quoted: false), at: SourceLocation(file: "test.yaml", line: 8, column: 11))
}
