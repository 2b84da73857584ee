/// Reads the keys of one mapping and reports those that no reader took.
///
/// ```swift
/// var keys = MappingReader(node, "a budget", &findings)
/// let limit = keys.required("limit", example: "limit: 5000 USD per month", &findings)
/// keys.finish(&findings)     // unknown keys become findings with "did you mean"
/// ```
public struct MappingReader: Sendable {
  /// What is being read, with its article: "a budget".
  public let what: String
  public let location: SourceLocation
  private var entries: [Node.Entry]
  private var asked: [String] = []
  /// Keys of several names, of which one is enough.
  private var groups: [[String]] = []
  /// The unknown keys of one mapping that are named one by one.
  private static let most = 50

  /// Reports a node that is not a mapping, and keys that stand twice; the reader then has the keys
  /// that can be read.
  public init(_ node: Node, _ what: String, _ findings: inout Findings) {
    self.what = what
    location = node.location
    entries = node.mapping ?? []
    if node.mapping == nil {
      findings.error(
        "wrong-type", "\(what) is a mapping of keys, this is \(node.kindName)",
        help: "write key: value lines", at: node.location)
    }
    var seen: Set<String> = []
    for entry in entries where !seen.insert(entry.key).inserted {
      findings.error(
        "duplicate-key", "'\(entry.key)' stands twice in \(what)", help: "keep one of them",
        at: entry.keyLocation)
    }
  }

  /// The value under `name` or one of its aliases. A null value counts as absent.
  public mutating func take(_ name: String, or aliases: String...) -> Node? {
    asked.append(name)
    if !aliases.isEmpty { groups.append([name] + aliases) }
    guard let index = entries.firstIndex(where: { $0.key == name || aliases.contains($0.key) })
    else { return nil }
    let value = entries.remove(at: index).value
    return value.isNull ? nil : value
  }

  /// The value under `name`, or a finding that shows `example` as the line to add.
  public mutating func required(_ name: String, example: String, _ findings: inout Findings)
    -> Node?
  {
    if let node = take(name) { return node }
    findings.error(
      "missing-key", "\(what) needs '\(name)'", help: "add: \(example)", at: location)
    return nil
  }

  /// The remaining entries; for mappings whose keys are the user's own names.
  public mutating func takeRest() -> [Node.Entry] {
    defer { entries = [] }
    return entries
  }

  /// Reports every key that was never asked for.
  public func finish(_ findings: inout Findings) {
    for entry in entries.prefix(MappingReader.most) {
      if let group = groups.first(where: { $0.contains(entry.key) }) {
        let others = group.filter { $0 != entry.key }.joined(separator: "' or '")
        findings.error(
          "duplicate-key", "'\(entry.key)' is another name of '\(others)', which \(what) has too",
          help: "keep one of them", at: entry.keyLocation)
        continue
      }
      let near = nearestName(to: entry.key, among: asked)
      findings.error(
        "unknown-key", "\(what) has no key '\(entry.key)'",
        help: (entry.key.firstInvisible.map { "it holds \($0.invisibleName); " } ?? "")
          + (near.map { "did you mean '\($0)'?" }
            ?? "known: \(asked.sorted().joined(separator: ", "))"),
        at: entry.keyLocation)
    }
    if entries.count > MappingReader.most {
      findings.error(
        "unknown-key",
        "\(what) has \(entries.count - MappingReader.most) more keys that it cannot have",
        at: entries[MappingReader.most].keyLocation)
    }
  }
}
