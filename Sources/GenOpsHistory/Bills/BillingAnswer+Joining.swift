import GenOpsIngestion
import GenOpsUnits

/// Answers that stand one after the other in a file.
extension BillingAnswer {
  /// One answer of those of the latest period: what a later one says stands over what an earlier one
  /// said, and what it does not say is kept, since the organization billing API answers in parts.
  ///
  /// Which of two is the later one, their usage tells and not their place in the file.
  static func joined(_ answers: [Node], _ findings: inout RepeatedFindings) -> (
    answer: Node, left: [Node]
  )? {
    func period(_ node: Node) -> BillingPeriod? {
      node["billing_period"].flatMap(BillingPeriod.init(answer:))
    }
    let latest = answers.compactMap { period($0)?.start }.max()
    let isOf = { (node: Node) in period(node).map { $0.start == latest } ?? true }
    let parts = inOrderOfUse(answers.filter(isOf).map(named))
    tellDifferences(parts, &findings)
    guard var joined = parts.first else { return nil }
    for part in parts.dropFirst() { joined = over(part, joined) }
    return (joined, answers.filter { !isOf($0) })
  }

  /// The answers with a summary in the order of its units, those with products alone in that of theirs;
  /// the rest where it stands.
  private static func inOrderOfUse(_ answers: [Node]) -> [Node] {
    var result = answers
    for list in ["usage_summary", "products"] {
      let places = answers.indices.filter { units(answers[$0])?.list == list }
      let sorted = places.sorted {
        (units(answers[$0])?.sum ?? 0, $0) < (units(answers[$1])?.sum ?? 0, $1)
      }
      for (place, source) in zip(places, sorted) { result[place] = answers[source] }
    }
    return result
  }

  /// Units used by an answer's summary, else by its products; nil where it has neither.
  private static func units(_ answer: Node) -> (list: String, sum: Double)? {
    for list in ["usage_summary", "products"] {
      guard let node = answer[list],
        let items = node.sequence ?? node.mapping?.map(\.value), !items.isEmpty
      else { continue }
      let sum = items.reduce(0) { sum, item in
        sum + (item.words("usage", "current_usage").flatMap(Double.init) ?? 0)
      }
      return (list, sum)
    }
    return nil
  }

  /// Names the facts that two answers of one period have differently.
  private static func tellDifferences(_ parts: [Node], _ findings: inout RepeatedFindings) {
    let facts = [
      "subscription_level", "has_active_subscription", "discount_percent", "discount_amount_usd",
      "amount_off_expires_at", "custom_limits_usd", "next_period_custom_limits_usd",
      "never_drop_data", "customer_trust_scores",
    ]
    for fact in facts {
      let said = parts.compactMap { $0[fact] }
      guard let last = said.last,
        let other = said.last(where: { JSONValue($0) != JSONValue(last) })
      else { continue }
      findings.add(
        .warning, "bill-differs",
        "two answers of one period have other \(fact): \(shown(other)), and \(shown(last)), which is used",
        help:
          "the one with more usage counts, else the one that stands last; keep the newer one only",
        at: other.location)
    }
  }

  private static func shown(_ node: Node) -> String {
    String((node.text ?? JSONValue(node).description).prefix(80))
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
