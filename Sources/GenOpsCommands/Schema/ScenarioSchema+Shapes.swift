import GenOpsUnits

/// How a key may be filled in.
extension ScenarioSchema {
  /// An object with these keys and no others, all of which may be absent.
  static func closed(
    _ text: String, _ keys: [(String, SchemaNode)], requires: [String] = []
  ) -> SchemaNode {
    SchemaNode.object(
      text,
      (keys + stewardship.filter { own in !keys.contains { $0.0 == own.0 } }).map {
        requires.contains($0.0) ? $0 : ($0.0, $0.1.optional)
      }
    ).with("additionalProperties", .bool(false))
  }

  /// What may be said of the numbers of any part.
  static let stewardship: [(String, SchemaNode)] = [
    ("owner", .string("Who answers for the numbers here, and for those below.")),
    ("review", .string("The day on which they are looked at again: 2027-04-01.")),
    ("source", .string("What they rest on.")),
  ]

  /// An object with these keys, and others that a reader knows better.
  static func opened(_ text: String, _ keys: [(String, SchemaNode)]) -> SchemaNode {
    SchemaNode.object(text, keys).with("additionalProperties", .object([]))
  }

  /// A list of `- name: …`.
  static func named(_ item: SchemaNode, _ text: String) -> SchemaNode {
    .list(of: .map(of: item, "A name and what it names."), text)
  }

  static func oneOrMany(_ item: SchemaNode, _ text: String) -> SchemaNode {
    anyOf([item, .list(of: item, text)], text)
  }

  static func anyOf(_ nodes: [SchemaNode], _ text: String) -> SchemaNode {
    SchemaNode([
      .init("description", .string(text)), .init("anyOf", .array(nodes.map(\.json))),
    ])
  }

  static func anything(_ text: String) -> SchemaNode {
    SchemaNode([.init("description", .string(text))])
  }
}
