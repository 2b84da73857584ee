public import GenOpsUnits

extension EventClassifier {
  /// The standard classes with those of `node` before them, so that a user's pattern wins. A class
  /// with a standard name replaces it.
  ///
  /// ```yaml
  /// checkout: {events: [checkout_*, "Order Completed"], critical: true}
  /// click:    {events: [$autocapture]}
  /// ```
  public init(_ node: Node, _ findings: inout Findings) {
    var keys = MappingReader(node, "event classes", &findings)
    var own: [Rule] = []
    for entry in keys.takeRest() {
      if entry.key == EventClassifier.otherName {
        findings.error(
          "event-class", "'other' is what no class fits; it takes no patterns",
          help: "use another name", at: entry.keyLocation)
      } else if let rule = EventClassifier.rule(entry, &findings) {
        own.append(rule)
      }
    }
    let names = Set(own.map(\.name))
    self.init(own + EventClassifier.standard.rules.filter { !names.contains($0.name) })
  }

  private static func rule(_ entry: Node.Entry, _ findings: inout Findings) -> Rule? {
    let example = "events: [checkout_*]"
    var keys = MappingReader(entry.value, "the event class '\(entry.key)'", &findings)
    let events = keys.required("events", example: example, &findings)
    let critical = keys.take("critical")
    keys.finish(&findings)
    guard let events else { return nil }
    let patterns = events.sequence?.compactMap(\.text) ?? events.text.map { [$0] } ?? []
    if patterns.isEmpty {
      findings.error(
        "event-class", "the event class '\(entry.key)' has no event names", help: example,
        at: events.location)
      return nil
    }
    if let critical, !["true", "false"].contains(critical.text) {
      findings.error(
        "wrong-type", "critical is true or false", help: "critical: true", at: critical.location)
      return nil
    }
    return Rule(entry.key, patterns, isCritical: critical?.text == "true")
  }
}
