import GenOpsMetering
package import GenOpsUnits

/// Sends the named events without person profiles (`$process_person_profile: false`): they leave
/// the identified-events meter and stay on the events meter.
package struct AnonymousLever: Lever {
  package static let name = "anonymous"
  package static let summary = "send these events without a person profile"
  package static let example = "[$pageview]"

  package var events: [String]

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> AnonymousLever?
  {
    eventList(node, "anonymous", &findings).map(AnonymousLever.init)
  }

  package var eventNames: [String] { events }

  package func apply(to plan: inout OptionPlan) {
    for index in plan.usageClasses.indices where plan.usageClasses[index].identified == true {
      let name = plan.usageClasses[index].eventName
      guard events.contains("all") || events.contains(name) else { continue }
      plan.usageClasses[index].usage = plan.usageClasses[index].usage.removing(.identifiedEvents)
      plan.usageClasses[index].identified = false
      plan.usageClasses[index].wasIdentified = true
    }
  }

  package func sideEffect(_ outcome: LeverOutcome) -> String? {
    let what = events == ["$pageview"] ? "views" : "events"
    return "no profile on \(shortCount(outcome.anonymised)) \(what)"
  }
}

/// A list of event names, or one name.
func eventList(_ node: Node, _ key: String, _ findings: inout Findings) -> [String]? {
  let names = (node.sequence ?? [node]).compactMap(\.text)
  guard !names.isEmpty, names.count == (node.sequence?.count ?? 1) else {
    findings.error(
      "wrong-type", "\(key) takes a list of event names", help: "write: \(key): [$pageview]",
      at: node.location)
    return nil
  }
  return names
}

/// `207000000` as `207 M`, `9100000` as `9.1 M`; beyond 10¹⁵ as a power of ten, `?` where it is not a
/// number.
package func shortCount(_ value: Double) -> String {
  guard value.magnitude < 1e15 else { return powerOfTen(value) }
  func scaled(_ divisor: Double, _ suffix: String) -> String {
    let part = value / divisor
    let rounded = part < 9.95 ? (part * 10).rounded() / 10 : part.rounded()
    return (Int64(exactly: rounded).map(String.init) ?? String(rounded)) + " " + suffix
  }
  if value >= 999.5e6 { return scaled(1e9, "B") }
  if value >= 999.5e3 { return scaled(1e6, "M") }
  if value >= 9_999.5 { return scaled(1e3, "k") }
  return String(Int64(rounding: value))
}

/// `2.7e31`.
private func powerOfTen(_ value: Double) -> String {
  let parts = "\(value)".split(separator: "e")
  guard parts.count == 2, let digits = Double(parts[0]) else {
    return value.isNaN ? "?" : "\(value)"
  }
  return "\((digits * 10).rounded() / 10)e\(parts[1].filter { $0 != "+" })"
}
