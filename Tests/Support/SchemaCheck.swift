import Foundation
package import GenOpsUnits

/// Checks a value against the parts of JSON Schema that the result's schema uses, and that every
/// key of the value is described. It knows no other keywords and says so.
package struct SchemaCheck {
  package let root: JSONValue

  package init(root: JSONValue) { self.root = root }

  package func problems(_ value: JSONValue) -> [String] { problems(value, root, "$") }

  private func problems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    guard case .object(let keywords) = schema else {
      return ["\(path): a schema must be an object"]
    }
    return keywords.flatMap { keyword in
      check(value, keyword.key, keyword.value, schema).map { "\(path)\($0)" }
    }
  }

  private func check(
    _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ schema: JSONValue
  ) -> [String] {
    switch keyword {
    case "$schema", "title", "description", "$defs": return []
    case "$ref":
      let name = rule.string?.replacing("#/$defs/", with: "") ?? ""
      guard let target = root["$defs"]?[name] else { return [": no definition \(name)"] }
      return problems(value, target, "")
    case "anyOf":
      let all = items(rule).map { problems(value, $0, "") }
      return all.contains { $0.isEmpty } ? [] : all.first ?? []
    case "type":
      return type(value) == rule.string || rule == "number" && type(value) == "integer"
        ? [] : [": is \(type(value)), should be \(rule)"]
    case "enum": return items(rule).contains(value) ? [] : [": \(value) is not one of \(rule)"]
    case "pattern":
      guard let text = value.string, let expression = try? Regex(rule.string ?? "") else {
        return []
      }
      return text.contains(expression) ? [] : [": '\(text)' does not match \(rule)"]
    case "minimum": return number(value) >= number(rule) ? [] : [": \(value) is below \(rule)"]
    case "maximum": return number(value) <= number(rule) ? [] : [": \(value) is above \(rule)"]
    case "required":
      return items(rule).compactMap { name in
        name.string.flatMap { value[$0] == nil ? ": '\($0)' is missing" : nil }
      }
    case "items":
      return items(value).enumerated().flatMap { problems($1, rule, "[\($0)]") }
    case "additionalProperties":
      // `false` says what the check asks anyway: that every key is described.
      if case .bool(false) = rule { return [] }
      // Keys that are described are judged by their own shape.
      return members(value).filter { schema["properties"]?[$0.key] == nil }.flatMap {
        problems($0.value, rule, ".\($0.key)")
      }
    case "properties":
      return members(value).flatMap { member in
        rule[member.key].map { problems(member.value, $0, ".\(member.key)") }
          ?? (isOpen(schema) ? [] : [".\(member.key) is not described"])
      }
    default: return [": the check does not know the keyword \(keyword)"]
    }
  }

  /// Whether other keys than the described ones have a shape of their own.
  private func isOpen(_ schema: JSONValue) -> Bool {
    if case .object? = schema["additionalProperties"] { true } else { false }
  }

  private func items(_ value: JSONValue) -> [JSONValue] {
    if case .array(let items) = value { items } else { [] }
  }
  private func members(_ value: JSONValue) -> [JSONValue.Member] {
    if case .object(let members) = value { members } else { [] }
  }
  private func number(_ value: JSONValue) -> Double {
    if case .number(let text) = value { Double(text) ?? .nan } else { .nan }
  }
  private func type(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .number(let text): Int(text) == nil && UInt64(text) == nil ? "number" : "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
