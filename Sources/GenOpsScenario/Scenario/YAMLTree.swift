import GenOpsUnits
import Yams

/// Makes a ``Node`` tree of what Yams read: puts values in place of aliases, merges what `<<` names,
/// and counts what comes of it.
struct YAMLTree {
  let file: String
  let aliases: YAMLAliases
  private var anchors: [String: Part] = [:]
  private var count = 0

  init(file: String, aliases: YAMLAliases) {
    self.file = file
    self.aliases = aliases
  }

  /// A value with the number of values in it and how deep they are nested.
  struct Part {
    var node: GenOpsUnits.Node
    var size = 1
    var height = 0

    init(_ node: GenOpsUnits.Node) { self.node = node }

    /// Notes that `inner` stands in it.
    fileprivate mutating func hold(_ inner: Part) {
      size += inner.size
      height = max(height, inner.height + 1)
    }
  }

  /// `node`, which stands `depth` values deep.
  mutating func node(_ node: Yams.Node, depth: Int) throws(FindingsError) -> Part {
    let location = self.location(node)
    let part: Part
    switch node {
    case .scalar(let scalar):
      if scalar.style == .plain, let name = aliases.alias(scalar.string) {
        return try value(of: name, at: location, depth: depth)
      }
      let quoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
      part = Part(
        .init(.scalar(text: aliases.original(scalar.string), quoted: quoted), at: location))
      try add(1, depth, at: location)
    case .sequence(let items):
      try add(1, depth, at: location)
      part = try list(items, at: location, depth)
    case .mapping(let pairs):
      try add(1, depth, at: location)
      part = try mapping(pairs, at: location, depth)
    case .alias:
      // Yams makes these of its own encoder's output alone.
      throw FindingsError("yaml", "the alias points nowhere", at: location)
    }
    if let anchor = node.anchor { anchors[aliases.original(anchor.rawValue)] = part }
    return part
  }

  private mutating func list(
    _ items: Yams.Node.Sequence, at location: SourceLocation, _ depth: Int
  ) throws(FindingsError) -> Part {
    var nodes: [GenOpsUnits.Node] = []
    var whole = Part(.init(.sequence([]), at: location))
    for item in items {
      let part = try node(item, depth: depth + 1)
      whole.hold(part)
      nodes.append(part.node)
    }
    whole.node.content = .sequence(nodes)
    return whole
  }

  private mutating func mapping(
    _ pairs: Yams.Node.Mapping, at location: SourceLocation, _ depth: Int
  ) throws(FindingsError) -> Part {
    var entries: [GenOpsUnits.Node.Entry] = []
    var merged: [GenOpsUnits.Node] = []
    var whole = Part(.init(.mapping([]), at: location))
    for (key, value) in pairs {
      let keyPart = try node(key, depth: depth + 1)
      guard let text = keyPart.node.text else {
        throw FindingsError(
          "wrong-type", "a key must be plain text, this is \(keyPart.node.kindName)",
          help: "write key: value", at: keyPart.node.location)
      }
      let part = try node(value, depth: depth + 1)
      whole.hold(keyPart)
      whole.hold(part)
      if case .scalar("<<", false) = keyPart.node.content {
        merged += part.node.sequence ?? [part.node]
      } else {
        entries.append(.init(key: text, keyLocation: keyPart.node.location, value: part.node))
      }
    }
    for other in merged { try merge(other, into: &entries) }
    whole.node.content = .mapping(entries)
    return whole
  }

  /// `<<: *base`, as YAML 1.1 has it: what is written here, or was merged before, holds.
  private func merge(
    _ other: GenOpsUnits.Node, into entries: inout [GenOpsUnits.Node.Entry]
  ) throws(FindingsError) {
    guard let added = other.mapping else {
      throw FindingsError(
        "wrong-type", "'<<' merges a mapping into this one, this is \(other.kindName)",
        help: "name an anchor that is a mapping: <<: *base", at: other.location)
    }
    let known = Set(entries.map(\.key))
    entries += added.filter { !known.contains($0.key) }
  }

  /// What the alias `name` stands for.
  private mutating func value(of name: String, at location: SourceLocation, depth: Int)
    throws(FindingsError) -> Part
  {
    guard let part = anchors[name] else {
      throw FindingsError(
        "yaml", "'*\(name)' is an alias in YAML, and nothing above it is called &\(name)",
        help: "a text that begins with a star needs quotes: \"*\(name)\"", at: location)
    }
    try add(part.size, depth + part.height, at: location)
    return part
  }

  private mutating func add(_ size: Int, _ depth: Int, at location: SourceLocation)
    throws(FindingsError)
  {
    count += size
    if count > YAMLReader.maximumNodes {
      throw FindingsError(
        "too-large", "the file unfolds to more than \(YAMLReader.maximumNodes) values",
        help: "aliases that hold aliases multiply; write them out", at: location)
    }
    if depth > JSONParser.maximumDepth {
      throw FindingsError(
        "too-deep", "values are nested more than \(JSONParser.maximumDepth) deep", at: location)
    }
  }

  private func location(_ node: Yams.Node) -> SourceLocation {
    SourceLocation(
      file: file, line: max(1, node.mark?.line ?? 1), column: max(1, node.mark?.column ?? 1))
  }
}
