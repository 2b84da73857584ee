package import GenOpsUnits

/// Holds a stored `result.json` against the recomputed one, value by value.
package enum ResultComparison {
  /// What differs, in the order of the stored file. A number is what its text says: `1` is not `1.0`.
  package static func differences(
    _ stored: JSONValue, _ recomputed: JSONValue, file: String
  ) -> [FigureDifference] {
    var walk = Walk(file: file)
    walk.compare(stored, recomputed, "")
    return walk.differences
  }

  /// How many values that are neither lists nor objects there are.
  package static func figures(_ value: JSONValue) -> Int {
    switch value {
    case .array(let items): items.reduce(0) { $0 + figures($1) }
    case .object(let members): members.reduce(0) { $0 + figures($1.value) }
    default: 1
    }
  }

  private struct Walk {
    let file: String
    var differences: [FigureDifference] = []

    mutating func compare(_ stored: JSONValue?, _ recomputed: JSONValue?, _ path: String) {
      switch (stored, recomputed) {
      case (.array(let a), .array(let b)):
        for index in 0..<max(a.count, b.count) {
          compare(
            index < a.count ? a[index] : nil, index < b.count ? b[index] : nil, "\(path)[\(index)]")
        }
      case (.object(let a), .object(let b)):
        let keys = a.map(\.key) + b.map(\.key).filter { key in !a.contains { $0.key == key } }
        for key in keys {
          compare(stored?[key], recomputed?[key], path.isEmpty ? key : "\(path).\(key)")
        }
        if a.count == b.count, a.map(\.key) != b.map(\.key), Set(keys).count == a.count {
          add(path, a.map(\.key).joined(separator: " "), b.map(\.key).joined(separator: " "))
        }
      default:
        if stored != recomputed { add(path, text(stored), text(recomputed)) }
      }
    }

    private mutating func add(_ path: String, _ stored: String, _ recomputed: String) {
      differences.append(.init(file: file, place: path, stored: stored, recomputed: recomputed))
    }

    private func text(_ value: JSONValue?) -> String {
      switch value {
      case nil: ""
      case .string(let text): text
      case .array, .object: "a list or an object"
      case .some(let value): value.description
      }
    }
  }
}
