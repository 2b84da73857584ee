public import GenOpsUnits

/// Puts recorded events in the order of their timestamps.
public enum EventOrder {
  /// `events` by timestamp, those of one instant in the order of the file, and how many moved.
  ///
  /// Sorting is the caller's choice: a batch export is nearly in order, but a replay through
  /// budgets depends on what comes first. It throws when the sorted events are not the given ones,
  /// so that a replay can never lose or double one silently.
  public static func sorted(_ events: [RecordedEvent]) throws(FindingsError) -> (
    events: [RecordedEvent], moved: Int
  ) {
    let order = events.indices.sorted {
      (events[$0].timestamp, $0) < (events[$1].timestamp, $1)
    }
    var seen = [Bool](repeating: false, count: events.count)
    var moved = 0
    for (place, index) in order.enumerated() {
      if seen[index] { break }
      seen[index] = true
      if place != index { moved += 1 }
    }
    guard order.count == events.count, seen.allSatisfy({ $0 }) else {
      throw FindingsError(
        "events-not-conserved", "sorting \(events.count) events gave \(order.count) others",
        help: "this is a defect of genops; please report it")
    }
    return (order.map { events[$0] }, moved)
  }
}
