/// Names that a file defines for its own values, such as variables. Readers of numbers look into
/// it.
public protocol NodeScope: AnyObject, Sendable {}

/// A value in a YAML or JSON file, with the place where it stands.
///
/// Scalars are kept as the text that was written, so that `no`, `12:30`, `1e6` and `+12` mean what
/// the reader of that key says they mean. Configuration files of every kind are decoded from this
/// one tree, which is why every finding about them has a line and a column.
public struct Node: Sendable {
  /// What stands there, as it was written.
  public enum Content: Sendable {
    /// `quoted` tells the text `"12"` from the number `12`.
    case scalar(text: String, quoted: Bool)
    case sequence([Node])
    case mapping([Entry])
  }

  /// A key of a mapping, its place and its value.
  public struct Entry: Sendable {
    public var key: String
    public var keyLocation: SourceLocation
    public var value: Node

    /// `keyLocation` is where the key stands; the value has its own place.
    public init(key: String, keyLocation: SourceLocation, value: Node) {
      self.key = key
      self.keyLocation = keyLocation
      self.value = value
    }
  }

  public var content: Content
  public var location: SourceLocation
  /// What the names in a scalar mean, where a file defines names; nil means nothing does.
  public var scope: (any NodeScope)?

  /// A value without names in scope.
  public init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  /// The text of a scalar; nil for a sequence or mapping.
  public var text: String? { if case .scalar(let text, _) = content { text } else { nil } }

  /// Whether this is an empty value or the word `null` or `~`, unquoted.
  public var isNull: Bool {
    if case .scalar(let text, false) = content {
      ["", "null", "~", "Null", "NULL"].contains(text)
    } else {
      false
    }
  }

  public var sequence: [Node]? { if case .sequence(let items) = content { items } else { nil } }
  public var mapping: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

  /// The value of `key` in a mapping.
  public subscript(key: String) -> Node? { mapping?.first { $0.key == key }?.value }

  /// "text", "list" or "mapping", for messages.
  public var kindName: String {
    switch content {
    case .scalar: "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The same tree with `scope` on every scalar.
  public func scoped(_ scope: any NodeScope) -> Node {
    var node = self
    switch content {
    case .scalar: node.scope = scope
    case .sequence(let items): node.content = .sequence(items.map { $0.scoped(scope) })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map {
          Entry(key: $0.key, keyLocation: $0.keyLocation, value: $0.value.scoped(scope))
        })
    }
    return node
  }
}
