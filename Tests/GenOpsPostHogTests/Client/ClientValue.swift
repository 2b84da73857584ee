import Foundation
import GenOpsUnits

@testable import GenOpsPostHog

/// A value of `client-calls.json` as a program has it: `{"@date": …}` is a `Date`, a whole number an `Int`.
struct ClientValue: Encodable {
  struct Unreadable: Error { var text: String }

  private enum Kind {
    case null
    case plain(any Encodable & Sendable)
    case array([ClientValue])
    case object([(key: String, value: ClientValue)])
  }

  private let kind: Kind

  init(_ written: JSONValue) throws {
    kind =
      switch written {
      case .null: .null
      case .bool(let value): .plain(value)
      case .string(let text): .plain(text)
      case .number(let text): .plain(ClientValue.number(text))
      case .array(let items): .array(try items.map { try ClientValue($0) })
      case .object(let members):
        if let only = members.first, members.count == 1,
          let value = try ClientValue.typed(only.key, only.value)
        {
          .plain(value)
        } else {
          .object(try members.map { ($0.key, try ClientValue($0.value)) })
        }
      }
  }

  /// The type that a program would count or measure with; a number beyond those keeps its digits.
  private static func number(_ text: String) -> any Encodable & Sendable {
    if let whole = Int(text) { return whole }
    if let whole = UInt64(text) { return whole }
    let isWhole = text.unicodeScalars.allSatisfy { "0"..."9" ~= $0 || $0 == "-" }
    return isWhole ? JSONValue.number(text) : Double(text) ?? .nan
  }

  private static func typed(_ kind: String, _ value: JSONValue) throws -> (
    any Encodable & Sendable
  )? {
    switch (kind, value) {
    case ("@date", .string(let text)):
      guard let time = Timestamp(text) else { throw Unreadable(text: text) }
      return Date(timeIntervalSince1970: Double(time.microseconds) / 1e6)
    case ("@uuid", .string(let text)): return UUID(uuidString: text)
    case ("@url", .string(let text)): return URL(string: text)
    case ("@decimal", .string(let text)): return Decimal(string: text)
    case ("@float", .string(let text)): return Double(text)
    case ("@repeat", _): return text(.object([.init(kind, value)]))
    case ("@nest", .number(let text)):
      // Read from the cases, where it is a small count.
      return (0..<(Int(text) ?? 0)).reduce(JSONValue.object([])) { tree, _ in ["in": tree] }
    default: return nil
    }
  }

  /// A text, or one that is repeated.
  static func text(_ written: JSONValue?) -> String? {
    guard case .array(let pair)? = written?["@repeat"], pair.count == 2, let part = pair[0].string,
      let times = pair[1].wholeNumber
    else { return written?.string }
    return String(repeating: part, count: times)
  }

  func encode(to encoder: any Encoder) throws {
    switch kind {
    case .null:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .plain(let value):
      var container = encoder.singleValueContainer()
      try container.encode(value)
    case .array(let items):
      var container = encoder.unkeyedContainer()
      for item in items { try container.encode(item) }
    case .object(let members):
      var container = encoder.container(keyedBy: Name.self)
      for member in members { try container.encode(member.value, forKey: Name(member.key)) }
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
