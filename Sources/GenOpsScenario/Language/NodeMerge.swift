import GenOpsUnits

/// Puts one tree over another: `extends`.
enum NodeMerge {
  /// `top` over `base`. Mappings are merged key by key and lists of named things (`- name: …`) name
  /// by name; anything else is replaced. An empty value takes away what is below it. A mapping that
  /// names another `model` or `dist` replaces the one below: their keys have nothing in common.
  static func merge(_ top: Node, over base: Node, under key: String? = nil) -> Node {
    if let upper = top.mapping, let lower = base.mapping {
      for key in ["model", "dist"] {
        if let a = top[key]?.text, let b = base[key]?.text, a != b { return top }
      }
      return Node(
        .mapping(merge(upper, over: lower) { KeyNames.canonical($0, under: key) }),
        at: top.location)
    }
    if let upper = named(top), let lower = named(base) {
      let items = merge(upper, over: lower).map {
        Node(.mapping([$0]), at: $0.keyLocation)
      }
      return Node(.sequence(items), at: top.location)
    }
    return top
  }

  private static func merge(
    _ upper: [Node.Entry], over lower: [Node.Entry], name: (String) -> String = { $0 }
  ) -> [Node.Entry] {
    var entries = lower.map { Optional($0) }
    var places = Dictionary(lower.enumerated().map { (name($1.key), $0) }) { first, _ in first }
    for entry in upper {
      guard let place = places[name(entry.key)], let below = entries[place] else {
        places[name(entry.key)] = entries.count
        entries.append(entry)
        continue
      }
      entries[place] =
        entry.value.isNull
        ? nil
        : Node.Entry(
          key: entry.key, keyLocation: entry.keyLocation,
          value: merge(entry.value, over: below.value, under: entry.key))
    }
    return entries.compactMap { $0 }
  }

  /// The entries of a list in which every item is one name with its value; nil for other lists.
  static func named(_ node: Node) -> [Node.Entry]? {
    guard let items = node.sequence else { return nil }
    let entries = items.compactMap { item in item.mapping?.count == 1 ? item.mapping?.first : nil }
    return entries.count == items.count ? entries : nil
  }
}
