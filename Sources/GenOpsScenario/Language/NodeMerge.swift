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
        .mapping(merge(upper, over: lower) { KeyNames.areSame($0, $1, under: key) }),
        at: top.location)
    }
    if let upper = named(top), let lower = named(base) {
      let items = merge(upper, over: lower, areSame: ==).map {
        Node(.mapping([$0]), at: $0.keyLocation)
      }
      return Node(.sequence(items), at: top.location)
    }
    return top
  }

  private static func merge(
    _ upper: [Node.Entry], over lower: [Node.Entry], areSame: (String, String) -> Bool
  ) -> [Node.Entry] {
    var entries = lower
    for entry in upper {
      if let index = entries.firstIndex(where: { areSame($0.key, entry.key) }) {
        if entry.value.isNull {
          entries.remove(at: index)
        } else {
          entries[index] = Node.Entry(
            key: entry.key, keyLocation: entry.keyLocation,
            value: merge(entry.value, over: entries[index].value, under: entry.key))
        }
      } else {
        entries.append(entry)
      }
    }
    return entries
  }

  /// The entries of a list in which every item is one name with its value; nil for other lists.
  static func named(_ node: Node) -> [Node.Entry]? {
    guard let items = node.sequence else { return nil }
    let entries = items.compactMap { item in item.mapping?.count == 1 ? item.mapping?.first : nil }
    return entries.count == items.count ? entries : nil
  }
}
