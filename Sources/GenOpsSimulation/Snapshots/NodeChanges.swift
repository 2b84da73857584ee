import GenOpsUnits

/// A value that two versions of a scenario write differently.
struct NodeChange: Sendable, Hashable {
  /// `growth.events`.
  var path: String
  /// Nil where it was not there, or is not a plain value.
  var old: String?
  var new: String?
  var isAdded = false
  var isRemoved = false
  var place: SourceLocation?

  /// `growth.events: 2% to 6% per month -> 3% to 7% per month`.
  var text: String {
    if isAdded { return "\(path): new" + (new.map { ", \($0)" } ?? "") }
    if isRemoved { return "\(path): gone" + (old.map { ", was \($0)" } ?? "") }
    return "\(path): \(old ?? "…") -> \(new ?? "…")"
  }

  /// All values in which `old` and `new` differ, in the order of the new file.
  static func between(_ old: Node, _ new: Node, at path: String = "") -> [NodeChange] {
    func named(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    if let before = old.text, let after = new.text {
      return before == after
        ? [] : [NodeChange(path: path, old: before, new: after, place: new.location)]
    }
    let (before, after) = (members(old), members(new))
    guard let before, let after else {
      return [NodeChange(path: path, old: old.text, new: new.text, place: new.location)]
    }
    var changes: [NodeChange] = []
    for (key, value) in after {
      if let other = before.first(where: { $0.key == key })?.value {
        changes += between(other, value, at: named(key))
      } else {
        changes.append(
          NodeChange(path: named(key), new: value.text, isAdded: true, place: value.location))
      }
    }
    for (key, value) in before where !after.contains(where: { $0.key == key }) {
      changes.append(
        NodeChange(path: named(key), old: value.text, isRemoved: true, place: new.location))
    }
    return changes
  }

  /// The entries of a mapping; those of a list by their name, or by their number.
  private static func members(_ node: Node) -> [(key: String, value: Node)]? {
    if let entries = node.mapping { return entries.map { ($0.key, $0.value) } }
    return node.sequence?.enumerated().map { index, item in
      if let entry = item.mapping?.first, item.mapping?.count == 1 {
        return (entry.key, entry.value)
      }
      return ("\(index + 1)", item)
    }
  }
}

/// What a key of a scenario is about.
enum ScenarioPart: Sendable, CaseIterable {
  case price, volume, policy, model

  init(key: String) {
    switch key {
    case "prices", "add_ons", "terms": self = .price
    case "budget", "budgets", "governance", "options", "value", "expect", "alerts", "policies":
      self = .policy
    case "seed", "grain", "mode", "paths", "points", "scenario", "name": self = .model
    // History, traffic, growth, changes and whatever else makes usage.
    default: self = .volume
    }
  }

  /// The scenario of `new` with this part as it stands in `old`.
  func held(in new: Node, from old: Node) -> Node {
    let own = (new.mapping ?? []).filter { ScenarioPart(key: $0.key) != self }
    let kept = (old.mapping ?? []).filter { ScenarioPart(key: $0.key) == self }
    return Node(.mapping(own + kept), at: new.location)
  }
}
