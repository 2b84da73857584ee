import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Events by name, each so many per session. A name goes to the meter that PostHog bills it on:
/// `$exception` to exceptions, `$ai_…` to AI events, what is free to none.
///
///     units a day = sessions a day · events per session
package struct SessionEvents: PeoplePart {
  package static let name = "events"
  package static let summary = "events per session by name, such as $pageview: 4 to 7 per session"
  package static let example = """
    users: 20k to 30k
    sessions: 6 to 10 per user per month
    identified: 60%
    events: {$pageview: 4 to 7 per session, $autocapture: 12 per session, purchase: 0.02 per session}
    """

  package static let manual = KindManual(
    "units a day = users · sessions a day · events per session",
    ["NAME": "events of that name, a number per session"],
    source: "names go to the meters of PostHog's usage report (posthog/tasks/usage_report.py)")

  /// By name, as written.
  package var perSession: [(event: String, count: UncertainValue)]
  private var meters: [Meter?]

  package static func read(_ node: Node, _ findings: inout Findings) -> SessionEvents? {
    let example = "{$pageview: 4 to 7 per session}"
    guard let entries = node.mapping, !entries.isEmpty else {
      findings.error(
        "wrong-type", "events of people are names with numbers per session",
        help: "write: events: \(example)", at: node.location)
      return nil
    }
    var meter = EventMeter()
    let read = entries.compactMap { entry -> (String, UncertainValue)? in
      PeopleText.rate(
        entry.value, "the rate of \(entry.key)", per: "session",
        example: "\(entry.key): 4 to 7 per session", &findings
      ).map { (entry.key, $0) }
    }
    let meters = entries.map { entry -> Meter? in
      let usage = meter.meter(
        UsageEvent(
          name: entry.key, distinctID: "someone",
          timestamp: Timestamp(startOf: CalendarDay(number: 0)))
      ).usage
      return Meter.allCases.first { usage[$0] > 0 }
    }
    for (entry, meter) in zip(entries, meters) where meter == nil {
      findings.note(
        "free-event", "'\(entry.key)' is on no meter of PostHog: it costs nothing",
        help: "leave it out", at: entry.keyLocation)
    }
    guard read.count == entries.count else { return nil }
    return SessionEvents(perSession: read, meters: meters)
  }

  private init(perSession: [(event: String, count: UncertainValue)], meters: [Meter?]) {
    self.perSession = perSession
    self.meters = meters
  }

  package var needs: [CrowdFact] { [.users, .sessions] }
  package var inputs: [UncertainInput] { perSession.map { UncertainInput($0.event, $0.count) } }

  package var outputs: [PeopleOutput] {
    zip(perSession, meters).compactMap { entry, meter in
      meter.map { PeopleOutput($0, event: entry.event) }
    }
  }

  package func units(_ crowd: Crowd, _ values: [Double]) -> [Double] {
    zip(values, meters).compactMap { value, meter in
      meter == nil ? nil : crowd.sessions * max(0, value)
    }
  }
}
