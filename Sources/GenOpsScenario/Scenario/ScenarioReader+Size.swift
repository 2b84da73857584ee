import GenOpsUnits

/// How much a scenario may hold.
extension ScenarioReader {
  /// The most items of a list, or keys of a mapping. Each stream, event, change and budget is walked on
  /// every day of every future, and no plan names a thousand of them.
  private static let most = 1000
  /// The most files of a history: those of an export by the hour are 8,760 in a year.
  static let mostFiles = 10_000
  /// Lists of numbers, which may be a sample.
  private static let samples: Set = ["values"]

  /// False with a finding for each list and mapping that is longer than any plan.
  mutating func isOfUsualSize(_ node: Node, key: String = "the scenario") -> Bool {
    var inner: [(node: Node, key: String)] = []
    switch node.content {
    case .scalar: return true
    case .sequence(let items):
      if ScenarioReader.samples.contains(key) { return true }
      inner = items.map { ($0, key) }
    case .mapping(let entries): inner = entries.map { ($0.value, $0.key) }
    }
    let most = key == "history" ? ScenarioReader.mostFiles : ScenarioReader.most
    guard inner.count <= most else {
      findings.error(
        "too-large", "'\(key)' has \(inner.count) entries; at most \(most) are read",
        help: "put together what is alike", at: node.location)
      return false
    }
    // All of them, so that each finding is there.
    return inner.map { isOfUsualSize($0.node, key: $0.key) }.allSatisfy { $0 }
  }
}
