import GenOpsUnits

/// Builds the pieces of a JSON Schema (draft 2020-12) so that the schema reads like the value it
/// describes.
struct SchemaNode {
  var members: [JSONValue.Member]
  /// False for a property that may be absent.
  var isRequired = true

  init(_ members: [JSONValue.Member]) { self.members = members }

  var json: JSONValue { .object(members) }

  private static func type(_ name: String, _ text: String) -> SchemaNode {
    SchemaNode([.init("type", .string(name)), .init("description", .string(text))])
  }

  static func string(_ text: String) -> SchemaNode { type("string", text) }
  static func number(_ text: String) -> SchemaNode { type("number", text) }
  static func integer(_ text: String) -> SchemaNode { type("integer", text) }
  static func bool(_ text: String) -> SchemaNode { type("boolean", text) }

  static func choice(_ names: [String], _ text: String) -> SchemaNode {
    string(text).with("enum", .array(names.map { .string($0) }))
  }

  /// A number from 0 to 1.
  static func probability(_ text: String) -> SchemaNode {
    number(text).with("minimum", 0).with("maximum", 1)
  }

  /// A shape named under `$defs`.
  static func ref(_ name: String, _ text: String) -> SchemaNode {
    SchemaNode([
      .init("$ref", .string("#/$defs/\(name)")), .init("description", .string(text)),
    ])
  }

  static func list(of item: SchemaNode, _ text: String) -> SchemaNode {
    type("array", text).with("items", item.json)
  }

  /// Any keys, all with values of one shape.
  static func map(of value: SchemaNode, _ text: String) -> SchemaNode {
    type("object", text).with("additionalProperties", value.json)
  }

  static func object(_ text: String, _ properties: [(String, SchemaNode)]) -> SchemaNode {
    type("object", text)
      .with("properties", .object(properties.map { .init($0.0, $0.1.json) }))
      .with("required", .array(properties.filter(\.1.isRequired).map { .string($0.0) }))
  }

  /// The same or null.
  var orNull: SchemaNode {
    SchemaNode([.init("anyOf", .array([json, ["type": "null"]]))])
  }

  /// A property that may be absent.
  var optional: SchemaNode {
    var node = self
    node.isRequired = false
    return node
  }

  func with(_ key: String, _ value: JSONValue) -> SchemaNode {
    var node = self
    node.members.append(.init(key, value))
    return node
  }
}
