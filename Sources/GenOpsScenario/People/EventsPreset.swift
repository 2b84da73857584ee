import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Events per user and month of a product like one's own, from PostHog's table of examples
/// (``EventsPerUser``).
///
///     units a day = users · events per user and month / 30.4375
package struct EventsPreset: PeoplePart {
  package static let name = "preset"
  package static let summary =
    "events per user as in PostHog's table of example products: "
    + EventsPerUser.all.map { "\($0.name) \(Int($0.perMonth))" }.joined(separator: ", ")
  package static let example = """
    users: 20k to 30k
    preset: b2b-autocapture
    identified: 60%
    """

  package static let manual = KindManual(
    "units a day = users · events per user and month / 30.4375",
    ["preset": "a row of the table"],
    source: "posthog.com, docs/billing/estimating-usage-costs")

  /// The rows of the table.
  package static var names: [String] { EventsPerUser.all.map(\.name) }

  package var row: EventsPerUser

  package static func read(_ node: Node, _ findings: inout Findings) -> EventsPreset? {
    if let row = node.text.flatMap({ EventsPerUser.named($0) }) { return EventsPreset(row: row) }
    let names = EventsPreset.names
    findings.error(
      "unknown-kind", "there is no preset '\(node.text ?? node.kindName)'",
      help: nearestName(to: node.text ?? "", among: names).map { "did you mean '\($0)'?" }
        ?? "known: \(names.joined(separator: ", "))", at: node.location)
    return nil
  }

  package var needs: [CrowdFact] { [.users] }
  package var inputs: [UncertainInput] { [] }
  package var outputs: [PeopleOutput] { [PeopleOutput(.events)] }

  package func units(_ crowd: Crowd, _ values: [Double]) -> [Double] {
    [crowd.users * row.perMonth / Crowd.daysPerMonth]
  }
}
