package import GenOpsUnits

/// Which properties of an event say whose it is, by dimension of an ``Attribution``.
package struct OwnerProperties: Sendable, Hashable {
  package struct Entry: Sendable, Hashable {
    /// One of ``Attribution/dimensions``.
    package var dimension: String
    package var property: String

    package init(dimension: String, property: String) {
      self.dimension = dimension
      self.property = property
    }
  }

  /// In the order of the dimensions, each at most once.
  package let entries: [Entry]

  /// All events belong to one owner.
  package static let none = OwnerProperties([])

  /// Of a dimension that is named twice the first counts.
  package init(_ entries: [Entry]) {
    self.entries = Attribution.dimensions.compactMap { name in
      entries.first { $0.dimension == name }
    }
  }

  package var isEmpty: Bool { entries.isEmpty }
  package var names: [String] { entries.map(\.property) }

  /// Stands between the values in ``key(of:)``; no text of JSON holds it unless it is escaped.
  package static let separator: UInt8 = 0

  /// The values of an event as one text, empty ones for what it does not say.
  package func key(of properties: JSONValue) -> String {
    entries.map { entry in
      switch properties[entry.property] {
      case .string(let text), .number(let text): text
      default: ""
      }
    }.joined(separator: "\0")
  }

  /// Whose an event with this ``key(of:)`` is.
  package func attribution(_ key: String) -> Attribution {
    var attribution = Attribution()
    let values = key.split(
      separator: "\0", maxSplits: max(0, entries.count - 1), omittingEmptySubsequences: false)
    for (entry, value) in zip(entries, values) where !value.isEmpty {
      attribution[entry.dimension] = String(value)
    }
    return attribution
  }
}
