import Foundation
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

/// A request as a real client sent it, from `Samples/`.
struct Sample {
  var path: String
  var headers: [String: String]
  var body: JSONValue

  /// The requests of one recording.
  static func read(_ name: String) throws -> [Sample] {
    guard case .array(let items) = try json(name) else { return [] }
    return items.map { item in
      var headers: [String: String] = [:]
      if case .array(let all)? = item["headers"] {
        for case .array(let pair) in all where pair.count == 2 {
          headers[pair[0].string ?? ""] = pair[1].string
        }
      }
      return Sample(
        path: item["path"]?.string ?? "", headers: headers, body: item["body"] ?? .null)
    }
  }

  static func json(_ name: String) throws -> JSONValue {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Samples"))
    return JSONValue(try JSONParser.parse([UInt8](Data(contentsOf: url)), file: name))
  }
}

extension JSONValue {
  /// Keys sorted and instants in one form, for comparing what may differ in both.
  var canonical: JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.map { Member($0.key, $0.value.canonical) }.sorted { $0.key < $1.key })
    case .array(let items): .array(items.map(\.canonical))
    case .string(let text) where text.count > 20:
      Timestamp(text).map { .string($0.description) } ?? self
    default: self
    }
  }

  var members: [Member] { if case .object(let members) = self { members } else { [] } }
  var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
}
