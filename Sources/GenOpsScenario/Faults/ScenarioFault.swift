package import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// One entry of `faults:`: what goes wrong, when, for how long, and to whom.
///
/// ```yaml
/// faults:
///   - spring bots: {fault: bot-storm, from: 2027-03-05 to 2027-03-20, lasts: 6 to 48 hours,
///                   visits: 50k to 200k per hour, events: 2 to 5 per visit}
/// ```
package struct ScenarioFault: Sendable {
  package var name: String
  package var fault: any TrafficFault
  /// The day on which it begins, in days since 1970-01-01; it begins with the day.
  package var from: UncertainValue
  /// Days.
  package var lasts: UncertainValue
  /// What it feeds on; nil is everything of its source.
  package var targets: [Scenario.Target]?
  /// Whose cost it is, for a fault that feeds on nothing.
  package var attribution: Attribution
  package var location: SourceLocation

  package var kind: String { type(of: fault).name }
}

extension ScenarioReader {
  mutating func readFaults(_ node: Node, _ context: TargetContext, defaults: Attribution)
    -> [ScenarioFault]
  {
    let example =
      "- bots: {fault: bot-storm, from: 2027-03-05, lasts: 12 hours, visits: 50k per hour, "
      + "events: 3 per visit}"
    return readNamedList(node, "faults", example: example).compactMap { entry in
      guard entry.value.mapping != nil else {
        wrongType(entry.value, "a fault", example)
        return nil
      }
      var keys = MappingReader(entry.value, "the fault '\(entry.key)'", &findings)
      let kindNode = keys.required("fault", example: "fault: bot-storm", &findings)
      let fromNode = keys.required("from", example: "from: 2027-03-05", &findings)
      let lastsNode = keys.required("lasts", example: "lasts: 6 to 48 hours", &findings)
      let attribution = readAttribution(from: &keys).filling(from: defaults)
      let onNode = keys.take("on")
      let from = DatedText.date(fromNode, key: "from", &findings)
      let lasts = DatedText.span(lastsNode, key: "lasts", example: "6 to 48 hours", &findings)
      let targets = onNode.map { readTargets($0, context) }
      guard let kindNode,
        let kind = TrafficFaults.registry.find(
          kindNode.text ?? kindNode.kindName, at: kindNode.location, &findings)
      else { return nil }
      let fault = kind.read(&keys, &findings)
      keys.finish(&findings)
      if let onNode, kind.source == .nothing {
        findings.error(
          "unknown-key", "a \(kind.name) feeds on no stream; 'on' says nothing",
          help: "leave it out; team, customer and the like say whose cost it is",
          at: onNode.location)
      }
      guard let from, let lasts, let fault else { return nil }
      return ScenarioFault(
        name: entry.key, fault: fault, from: from, lasts: lasts, targets: targets,
        attribution: attribution, location: entry.keyLocation)
    }
  }
}
