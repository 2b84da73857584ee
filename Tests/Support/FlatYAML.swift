package import GenOpsUnits

/// Lines `key: value` as a mapping with positions, values in flow style (`[a, b]`, `{c: d}`)
/// included: enough for examples, without a YAML library.
package func mapping(_ text: String, file: String = "test.yaml") -> Node {
  let entries = text.split(separator: "\n").enumerated().map { line, row in
    let colon = row.firstIndex(of: ":") ?? row.endIndex
    let value = row[colon...].dropFirst().drop { $0 == " " }
    let at = { SourceLocation(file: file, line: line + 1, column: $0) }
    var flow = Flow(rest: value, location: at(row.count - value.count + 1))
    return Node.Entry(
      key: String(row[..<colon]), keyLocation: at(1), value: flow.node(ends: ""))
  }
  return Node(.mapping(entries), at: SourceLocation(file: file, line: 1, column: 1))
}

/// A value of one word, as it stands in the file.
package func scalar(_ text: String) -> Node {
  Node(
    .scalar(text: text, quoted: false), at: SourceLocation(file: "test.yaml", line: 8, column: 11))
}

/// Flow style; everything in it has the location of its beginning.
private struct Flow {
  var rest: Substring
  let location: SourceLocation

  mutating func node(ends: String) -> Node {
    skipBlanks()
    switch rest.first {
    case "[":
      return Node(.sequence(items("]").map { $0.value }), at: location)
    case "{":
      return Node(.mapping(items("}")), at: location)
    default:
      let text = rest.prefix { !ends.contains($0) }
      rest = rest.dropFirst(text.count)
      let trimmed = text.reversed().drop { $0 == " " }.reversed()
      return Node(.scalar(text: String(trimmed), quoted: false), at: location)
    }
  }

  private mutating func items(_ close: Character) -> [Node.Entry] {
    rest = rest.dropFirst()
    var entries: [Node.Entry] = []
    skipBlanks()
    while let next = rest.first, next != close {
      var key = ""
      if close == "}" {
        key = String(rest.prefix { $0 != ":" })
        rest = rest.dropFirst(key.count + 1)
      }
      let value = node(ends: ",\(close)")
      entries.append(Node.Entry(key: key, keyLocation: location, value: value))
      skipBlanks()
      if rest.first == "," { rest = rest.dropFirst() }
      skipBlanks()
    }
    rest = rest.dropFirst()
    return entries
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }
}
