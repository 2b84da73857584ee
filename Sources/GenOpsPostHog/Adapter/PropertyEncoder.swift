import Foundation
import GenOpsUnits

/// Makes JSON of what is `Encodable`, without bytes in between: `JSONEncoder` would fail for the whole
/// value where one number is not finite, and forget the order of members.
struct PropertyEncoder: Encoder {
  /// A value that is being made; containers of one encoder write to the same.
  final class Slot {
    enum Content {
      case none
      case value(JSONValue)
      case array([Slot])
      case object([(key: String, slot: Slot)])
    }

    var content = Content.none

    var json: JSONValue {
      switch content {
      case .none: .object([])
      case .value(let value): value
      case .array(let items): .array(items.map(\.json))
      case .object(let members):
        .object(members.map { JSONValue.Member($0.key, $0.slot.json) })
      }
    }

    func addItem() -> Slot {
      let slot = Slot()
      var items: [Slot] = []
      if case .array(let own) = content { items = own }
      // Else the array would be copied for each item.
      content = .none
      items.append(slot)
      content = .array(items)
      return slot
    }

    func addMember(_ key: String) -> Slot {
      let slot = Slot()
      var members: [(key: String, slot: Slot)] = []
      if case .object(let own) = content { members = own }
      content = .none
      members.append((key, slot))
      content = .object(members)
      return slot
    }
  }

  struct TooDeep: Error {}

  /// Containers within one value that were asked for below ``depth``. They cannot refuse, so what is written
  /// into them is thrown away, and the value is null.
  final class Overflow {
    var hasHappened = false
  }

  /// Objects that hold each other in a circle would use up the stack without a limit; PostHog takes
  /// 128.
  static let depth = 200

  let slot: Slot
  let codingPath: [any CodingKey]
  let overflow: Overflow
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// The JSON of a value; null when it fails to encode.
  static func json(_ value: any Encodable) -> JSONValue {
    (try? json(value, at: [])) ?? .null
  }

  static func json(_ value: any Encodable, at path: [any CodingKey]) throws -> JSONValue {
    switch value {
    case let value as String: return .string(value)
    case let value as Int: return .integer(value)
    case let value as Double: return .double(value)
    case let value as Bool: return .bool(value)
    case let value as JSONValue: return value
    case let value as EventProperties: return value.json
    case let value as Date: return date(value)
    // As PostHog's clients and most databases write it: a join compares texts.
    case let value as UUID: return .string(value.uuidString.lowercased())
    case let value as URL: return .string(value.absoluteString)
    case let value as Decimal: return value.isNaN ? .null : .number(value.description)
    case let value as Data: return .string(value.base64EncodedString())
    case let value as Float: return value.isFinite ? .number("\(value)") : .null
    case let value as any BinaryInteger: return .integer(value)
    default: break
    }
    if path.count >= depth { throw TooDeep() }
    let slot = Slot()
    let overflow = Overflow()
    try value.encode(to: PropertyEncoder(slot: slot, codingPath: path, overflow: overflow))
    if overflow.hasHappened { throw TooDeep() }
    guard value is any UnorderedMembers, case .object(let members) = slot.json else {
      return slot.json
    }
    return .object(members.sorted { $0.key < $1.key })
  }

  /// A date as PostHog's clients send one; null for one beyond the years that a text can have.
  private static func date(_ date: Date) -> JSONValue {
    let micros = (date.timeIntervalSince1970 * 1_000_000).rounded()
    guard let micros = Int64(exactly: micros) else { return .null }
    let instant = Timestamp(microseconds: micros)
    // RFC 3339 has years of four digits.
    return (0...9999).contains(instant.day.civil.year) ? .string(instant.description) : .null
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .none = slot.content { slot.content = .object([]) }
    return KeyedEncodingContainer(Members(slot: slot, codingPath: codingPath, overflow: overflow))
  }

  /// An encoder for a container within this one. Below the limit it is of nothing that is kept: a value that
  /// opens containers without end must not use up the stack when it is read, or let go of.
  fileprivate func inner(_ slot: @autoclosure () -> Slot, _ key: any CodingKey) -> PropertyEncoder {
    if codingPath.count >= PropertyEncoder.depth {
      overflow.hasHappened = true
      return PropertyEncoder(slot: Slot(), codingPath: codingPath, overflow: overflow)
    }
    return PropertyEncoder(slot: slot(), codingPath: codingPath + [key], overflow: overflow)
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .none = slot.content { slot.content = .array([]) }
    return Items(slot: slot, codingPath: codingPath, overflow: overflow)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(slot: slot, codingPath: codingPath)
  }
}

/// A dictionary has another order in every process, so its members are sorted.
private protocol UnorderedMembers {}

extension Dictionary: UnorderedMembers where Key == String {}

extension PropertyEncoder {
  private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: Slot
    let codingPath: [any CodingKey]
    let overflow: Overflow

    func encodeNil(forKey key: Key) { slot.addMember(key.stringValue).content = .value(.null) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      let json = try PropertyEncoder.json(value, at: codingPath + [key])
      slot.addMember(key.stringValue).content = .value(json)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { inner(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      inner(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { inner(Name("super")) }

    func superEncoder(forKey key: Key) -> any Encoder { inner(key) }

    private func inner(_ key: any CodingKey) -> PropertyEncoder {
      PropertyEncoder(slot: slot, codingPath: codingPath, overflow: overflow)
        .inner(slot.addMember(key.stringValue), key)
    }
  }

  private struct Items: UnkeyedEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]
    let overflow: Overflow

    var count: Int { if case .array(let items) = slot.content { items.count } else { 0 } }

    func encodeNil() { slot.addItem().content = .value(.null) }

    func encode<Value: Encodable>(_ value: Value) throws {
      let json = try PropertyEncoder.json(value, at: codingPath + [Name("\(count)")])
      slot.addItem().content = .value(json)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { inner().container(keyedBy: type) }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { inner().unkeyedContainer() }

    func superEncoder() -> any Encoder { inner() }

    private func inner() -> PropertyEncoder {
      PropertyEncoder(slot: slot, codingPath: codingPath, overflow: overflow)
        .inner(slot.addItem(), Name("\(count)"))
    }
  }

  private struct Single: SingleValueEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]

    func encodeNil() { slot.content = .value(.null) }

    func encode<Value: Encodable>(_ value: Value) throws {
      // A level of its own, so that a value that encodes itself meets the limit.
      let path = codingPath + [Name("value")]
      slot.content = .value(try PropertyEncoder.json(value, at: path))
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ text: String) { stringValue = text }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { return nil }
  }
}
