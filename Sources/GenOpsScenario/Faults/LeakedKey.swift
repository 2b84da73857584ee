import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// A project key in foreign hands: somebody else's program sends its events here until the key is
/// changed.
///
///     units a day = events per day · part of the day
package struct LeakedKey: TrafficFault {
  package static let name = "leaked-key"
  package static let summary = "somebody else's events under your project key until it is changed"
  package static let example = """
    fault: leaked-key
    from: 2027-03-05 to 2027-03-20
    lasts: 2 to 10 days
    events: 500k to 4M per day
    identified: 100%
    """

  package static let manual = KindManual(
    "units a day = events · part of the day",
    [
      "events": "somebody else's events, a number per day",
      "identified": "the part with a person profile, %",
    ])

  /// Events per day.
  package var events: UncertainValue
  /// PostHog's server libraries identify unless told otherwise.
  package var identified: UncertainValue

  package static func read(_ keys: inout MappingReader, _ findings: inout Findings) -> LeakedKey? {
    let events = keys.required("events", example: "events: 500k to 4M per day", &findings).flatMap {
      FaultText.perDay($0, "the number of events", example: "events: 2M per day", &findings)
    }
    let identified = keys.required("identified", example: "identified: 100%", &findings).flatMap {
      Quantity.share($0, "the identified part", example: "identified: 100%", &findings)
    }
    guard let events, let identified else { return nil }
    return LeakedKey(events: events, identified: identified)
  }

  package var inputs: [UncertainInput] { [UncertainInput("events", events)] }
  package var outputs: [FaultOutput] {
    [FaultOutput(.events, event: "other", identified: identified)]
  }

  package func units(_ base: Double, part: Double, output: Int, _ values: [Double]) -> FaultUnits {
    FaultUnits(billed: max(0, values[0]) * part)
  }
}
