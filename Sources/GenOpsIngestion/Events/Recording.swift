package import GenOpsMetering
package import GenOpsUnits

/// Recorded events from files, without what neither metering nor governance reads.
package enum Recording {
  /// Drops the properties, which would fill the memory, except the two that join one distinct id to
  /// another, without which an anonymous visitor who signs in would stay unknown, and be billed
  /// less; and those called as in `kept`.
  package static func lightened(_ event: UsageEvent, keeping kept: [String] = []) -> UsageEvent {
    var light = event
    light.properties = .object(
      (joiningKeys + kept.filter { !joiningKeys.contains($0) }).compactMap { key in
        event.properties[key].map { JSONValue.Member(key, $0) }
      })
    return light
  }

  private static let joiningKeys = ["$anon_distinct_id", "alias"]

  /// The people whom the events before `day` made known.
  package static func people(in events: [UsageEvent], before day: CalendarDay) -> [String] {
    var meter = EventMeter()
    var people: Set<String> = []
    for event in events where event.timestamp.day < day {
      let metered = meter.meter(event)
      meter.commit(metered)
      guard metered.isIdentified else { continue }
      people.insert(event.distinctID)
      if event.name == "$identify" || event.name == "$create_alias" {
        people.formUnion(joiningKeys.compactMap { event.properties[$0]?.string })
      }
    }
    return people.sorted()
  }
}
