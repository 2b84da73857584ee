import GenOpsUnits

/// Puts recorded events in the order of their timestamps.
public enum EventOrder {
  /// `events` by timestamp, those of one instant in the order in which they are given.
  ///
  /// A replay through budgets depends on what comes first.
  public static func sorted(_ events: [RecordedEvent]) -> [RecordedEvent] {
    if late(events) == 0 { return events }
    return events.indices.sorted {
      (events[$0].timestamp, $0) < (events[$1].timestamp, $1)
    }.map { events[$0] }
  }

  /// How many of `events` come behind one that happened after them.
  public static func late(_ events: some Sequence<RecordedEvent>) -> Int {
    var late = 0
    var latest: Int64?
    for event in events {
      let instant = event.timestamp.microseconds
      if let before = latest, instant < before { late += 1 } else { latest = instant }
    }
    return late
  }
}
