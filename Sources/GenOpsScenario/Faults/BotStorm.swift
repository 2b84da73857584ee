import GenOpsHistory
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// Crawlers or an attacker's browsers that run the page's script: each visit sends page views, asks
/// for flags and may be recorded.
///
///     units a day = visits per hour · 24 · part of the day · units per visit
package struct BotStorm: TrafficFault {
  package static let name = "bot-storm"
  package static let summary = "machines that visit the site: page views, flag requests, recordings"
  package static let example = """
    fault: bot-storm
    from: 2027-03-05 to 2027-03-20
    lasts: 6 to 48 hours
    visits: 50k to 200k per hour
    events: 2 to 5 per visit
    flags: 1 per visit
    recordings: 5% per visit
    """

  package static let manual = KindManual(
    "units a day = visits · part of the day · units per visit; the events are anonymous $pageview",
    [
      "visits": "a number per hour or day", "events": "a number per visit",
      "flags": "flag requests, a number per visit", "recordings": "% per visit",
    ])

  /// Visits per hour.
  package var visits: UncertainValue
  /// Units per visit.
  package var events: UncertainValue
  package var flags: UncertainValue
  package var recordings: UncertainValue

  package static func read(_ keys: inout MappingReader, _ findings: inout Findings) -> BotStorm? {
    let visits = keys.required("visits", example: "visits: 50k to 200k per hour", &findings)
      .flatMap {
        FaultText.perDay($0, "the number of visits", example: "visits: 50k per hour", &findings)
      }
    let events = keys.required("events", example: "events: 3 per visit", &findings).flatMap {
      PeopleText.rate(
        $0, "the number of events", per: "visit", example: "events: 3 per visit", &findings)
    }
    let flags = keys.take("flags").map {
      PeopleText.rate(
        $0, "the number of flag requests", per: "visit", example: "flags: 1 per visit", &findings)
    }
    let recordings = keys.take("recordings").map {
      PeopleText.share(
        $0, "the recorded part", per: "visit", example: "recordings: 5% per visit", &findings)
    }
    guard let visits, let events, let flags = flags ?? .constant(0),
      let recordings = recordings ?? .constant(0)
    else { return nil }
    return BotStorm(visits: visits, events: events, flags: flags, recordings: recordings)
  }

  package var inputs: [UncertainInput] {
    [
      UncertainInput("visits", visits), UncertainInput("events", events),
      UncertainInput("flags", flags), UncertainInput("recordings", recordings),
    ]
  }

  /// Bots log in nowhere: their events are anonymous.
  package var outputs: [FaultOutput] {
    [
      FaultOutput(.events, event: "$pageview"), FaultOutput(.featureFlagRequests),
      FaultOutput(.sessionRecordings),
    ]
  }

  package func units(_ base: Double, part: Double, output: Int, _ values: [Double]) -> FaultUnits {
    FaultUnits(billed: max(0, values[0]) * part * max(0, values[output + 1]))
  }
}
