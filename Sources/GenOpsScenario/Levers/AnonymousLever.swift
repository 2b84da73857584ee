import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Sends the named events without person profiles (`$process_person_profile: false`): they leave
/// the identified-events meter and stay on the events meter. Only those of people who have no profile
/// yet do: PostHog bills an event of somebody who has one as identified all the same.
package struct AnonymousLever: Lever {
  package static let name = "anonymous"
  package static let summary = "send these events without a person profile"
  package static let example = "{events: [$pageview], new_people: 30%}"

  package var events: [String]
  /// The part of these events that is of people without a profile; nil where the user says nothing.
  package var newPeople: UncertainValue?
  package var location: SourceLocation

  package static func read(_ node: Node, _ context: LeverContext, _ findings: inout Findings)
    -> AnonymousLever?
  {
    var (list, share): (Node?, UncertainValue?) = (node, nil)
    if node.mapping != nil {
      var keys = MappingReader(node, "anonymous", &findings)
      list = keys.required("events", example: "events: [$pageview]", &findings)
      if let new = keys.take("new_people") {
        let what = "the part of the events by people without a profile"
        share = Quantity.share(new, what, example: "new_people: 30%", &findings)
        if share == nil { list = nil }
      }
      keys.finish(&findings)
    }
    return list.flatMap { eventList($0, "anonymous", &findings) }.map {
      AnonymousLever(events: $0, newPeople: share, location: node.location)
    }
  }

  package var eventNames: [String] { events }

  package var inputs: [LeverInput] {
    [newPeople.map { .given("new_people", $0) } ?? .assumed(.newPeople(events, at: location))]
  }

  package func apply(to plan: inout OptionPlan, _ inputs: [DrawID]) {
    plan.usageClasses = plan.usageClasses.flatMap { one -> [PlannedUsageClass] in
      let isGroup = one.usage[.groupEvents] > 0 && one.isCountedAsEvents
      guard one.identified == true || isGroup,
        events.contains("all") || events.contains(one.eventName), let newPeople = inputs.first
      else { return [one] }
      var (new, known) = (one, one)
      if isGroup {
        // PostHog keeps no groups of an anonymous event. A stream without a mix has one part.
        known.part = one.part ?? 0
        known.weight = .rest(newPeople)
        return [known]
      }
      new.usage = one.usage.removing(.identifiedEvents)
      new.identified = false
      new.wasIdentified = true
      new.weight = .share(newPeople)
      known.weight = .rest(newPeople)
      return [new, known]
    }
  }

  package func unmatched(in plan: OptionPlan) -> [String] {
    events.filter { event in
      event != "all" && !plan.usageClasses.contains { $0.eventName == event }
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
