package import GenOpsForecasting
import GenOpsHistory
package import GenOpsUnits

/// The `calendar:` section: what dates do to usage.
///
/// ```yaml
/// calendar:
///   business_day: Europe/Berlin
///   holidays:        {effect: holidays, country: de, by: -50% to -30%}
///   spring campaign: {effect: campaign, from: 2027-05-10 to 2027-05-24, by: +40% to +80%,
///                     shape: decay, lasts: 5 to 10 days, on: [events, recordings]}
/// ```
package struct ScenarioCalendar: Sendable {
  /// Where a day of business begins.
  package var day = BusinessDay.utc
  package var effects: [Effect] = []

  package struct Effect: Sendable {
    package var name: String
    package var effect: any CalendarEffect
    /// What it acts on; nil is all usage but the polls of servers.
    package var targets: [Scenario.Target]?
    package var location: SourceLocation
  }

  package init() {}
}

extension ScenarioReader {
  mutating func readCalendar(_ node: Node, _ context: TargetContext) -> ScenarioCalendar {
    var calendar = ScenarioCalendar()
    var keys = MappingReader(node, "the calendar", &findings)
    if let zone = keys.take("business_day") {
      calendar.day = BusinessDay.decode(zone, key: "business_day", &findings) ?? .utc
    }
    for entry in keys.takeRest() {
      guard let pairs = entry.value.mapping else {
        findings.error(
          "wrong-type",
          "'\(entry.key)' is not a key of the calendar and no effect with its dates and sizes",
          help: "write: \(entry.key): {effect: campaign, from: 2027-05-10, by: +40% to +80%, "
            + "shape: pulse, lasts: 2 weeks}", at: entry.keyLocation)
        continue
      }
      // What it acts on is the scenario's; the effect knows nothing of streams.
      let own = Node(.mapping(pairs.filter { $0.key != "on" }), at: entry.value.location)
      let targets = entry.value["on"].map { readTargets($0, context) }
      guard let effect = CalendarEffects.decode(own, &findings) else { continue }
      calendar.effects.append(
        ScenarioCalendar.Effect(
          name: entry.key, effect: effect, targets: targets, location: entry.keyLocation))
    }
    return calendar
  }

  /// Meters and streams, as a list or one name.
  mutating func readTargets(_ node: Node, _ context: TargetContext) -> [Scenario.Target] {
    var seen: [Scenario.Target: String] = [:]
    return (node.sequence ?? [node]).compactMap { item in
      guard let name = item.text else {
        wrongType(item, "the name of a meter or stream", "on: [events, recordings]")
        return nil
      }
      guard let target = readTarget(name, at: item.location, context) else { return nil }
      note(target, .init(key: name, keyLocation: item.location, value: item), "on", &seen)
      return target
    }
  }
}
