package import GenOpsMetering
import GenOpsUnits

/// Whose a request or an event is, by what it says: every condition that is given must hold. Of several rules the
/// first that says a dimension counts.
package struct AttributionRule: Sendable, Hashable {
  /// The project's key.
  package var key: String?
  /// Headers of the request, by names in lower case, with their values.
  package var headers: [String: String] = [:]
  /// What the path of the request begins with.
  package var path: String?
  /// Properties of the event with their values as text.
  package var properties: [String: String] = [:]
  /// What is then known.
  package var sets = Attribution.none

  package init() {}

  /// Whether it looks at properties.
  var readsProperties: Bool { !properties.isEmpty }

  /// Whether the conditions on the request hold.
  func holds(key: String?, path: String, header: (String) -> String?) -> Bool {
    if let own = self.key, own != key { return false }
    if let begin = self.path, !path.hasPrefix(begin) { return false }
    return headers.allSatisfy { header($0.key) == $0.value }
  }

  /// Whether the conditions on an event hold.
  func holds(_ properties: JSONValue) -> Bool {
    self.properties.allSatisfy { name, wanted in
      switch properties[name] {
      case .string(let text)?: text == wanted
      case .number(let text)?: text == wanted
      case .bool(let flag)?: flag ? wanted == "true" : wanted == "false"
      default: false
      }
    }
  }
}

/// The rules that hold for one request.
struct RequestAttribution: Sendable {
  private let rules: [AttributionRule]

  init(
    _ rules: [AttributionRule], key: String?, path: String, header: (String) -> String?
  ) {
    self.rules = rules.filter { $0.holds(key: key, path: path, header: header) }
  }

  /// Whether an event's properties have a say.
  var readsProperties: Bool { rules.contains(where: \.readsProperties) }

  /// Whose an event is, as far as rules say it.
  func attribution(of properties: JSONValue) -> Attribution {
    var result = Attribution.none
    for rule in rules where rule.holds(properties) { result = result.filling(from: rule.sets) }
    return result
  }
}
