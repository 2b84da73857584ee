/// A JSON value without a place: event properties and everything the program writes.
///
/// Objects keep their order and numbers their text, so what came in goes out unchanged: `299.0`
/// stays `299.0`.
public indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// The text of the number, valid by RFC 8259.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A key of an object and its value.
  public struct Member: Sendable, Hashable {
    public var key: String
    public var value: JSONValue

    /// A key may stand twice in an object; readers take the last.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of `key` in an object.
  public subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members.last { $0.key == key }?.value } else { nil }
  }

  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The value of ``Node`` without its places.
  public init(_ node: Node) {
    switch node.content {
    case .scalar(let text, true): self = .string(text)
    case .scalar(let text, false):
      switch text {
      case "", "null", "~": self = .null
      case "true": self = .bool(true)
      case "false": self = .bool(false)
      default: self = isJSONNumber(text) ? .number(text) : .string(text)
      }
    case .sequence(let items): self = .array(items.map(JSONValue.init))
    case .mapping(let entries):
      self = .object(entries.map { Member($0.key, JSONValue($0.value)) })
    }
  }

  /// Whether `text` is a number by RFC 8259, as ``number(_:)`` holds it.
  public static func isNumber(_ text: String) -> Bool { isJSONNumber(text) }

  /// A whole number.
  public static func integer(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }

  /// A finite number in Swift's shortest round-trip text; null when it is not finite.
  public static func double(_ value: Double) -> JSONValue {
    guard value.isFinite else { return .null }
    let text = "\(value)"
    return .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  /// An amount of money as a decimal string, exact.
  public static func money(_ value: Money) -> JSONValue { .string(value.description) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0, $1) })
  }
  public init(nilLiteral: ()) { self = .null }
}
