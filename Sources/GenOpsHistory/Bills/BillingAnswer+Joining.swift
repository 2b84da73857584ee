import GenOpsUnits

/// Answers that stand one after the other in a file.
extension BillingAnswer {
  /// One answer of those of the latest period: what a later one says stands over what an earlier one
  /// said, and what it does not say is kept, since the organization billing API answers in parts.
  static func joined(_ answers: [Node]) -> (answer: Node, left: [Node])? {
    func period(_ node: Node) -> BillingPeriod? { node["billing_period"].flatMap(self.period) }
    let latest = answers.compactMap { period($0)?.start }.max()
    let isOf = { (node: Node) in period(node).map { $0.start == latest } ?? true }
    let parts = answers.filter(isOf).map(named)
    guard var joined = parts.first else { return nil }
    for part in parts.dropFirst() { joined = over(part, joined) }
    return (joined, answers.filter { !isOf($0) })
  }

  /// The answer with a list under the name of what it is of.
  private static func named(_ answer: Node) -> Node {
    guard let name = listName(answer) else { return answer }
    let entries = (answer.mapping ?? []).map { entry in
      entry.key == "results"
        ? Node.Entry(key: name, keyLocation: entry.keyLocation, value: entry.value) : entry
    }
    return Node(.mapping(entries), at: answer.location)
  }

  private static func over(_ top: Node, _ base: Node) -> Node {
    var entries = base.mapping ?? []
    for entry in top.mapping ?? [] {
      guard let index = entries.firstIndex(where: { $0.key == entry.key }) else {
        entries.append(entry)
        continue
      }
      let isList = ["products", "addons"].contains(entry.key)
      entries[index] = Node.Entry(
        key: entry.key, keyLocation: entry.keyLocation,
        value: isList ? listed(entry.value, over: entries[index].value) : entry.value)
    }
    return Node(.mapping(entries), at: top.location)
  }

  /// Products are told by their keys; what one list does not have, the other keeps.
  private static func listed(_ top: Node, over base: Node) -> Node {
    func key(_ item: Node) -> String? { item.words("type", "key", "usage_key") }
    guard let upper = top.sequence, var items = base.sequence else { return top }
    for item in upper {
      if let index = items.firstIndex(where: { key($0) == key(item) }) {
        items[index] = over(item, items[index])
      } else {
        items.append(item)
      }
    }
    return Node(.sequence(items), at: top.location)
  }
}
