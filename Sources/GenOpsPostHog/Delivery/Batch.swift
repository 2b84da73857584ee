public import GenOpsMetering
public import GenOpsUnits

/// Events that go out in one request. A retry has the same events, uuids and request id, and is one
/// attempt later.
public struct Batch: Sendable {
  /// Counts from 1 in a queue.
  public let id: Int
  public internal(set) var events: [OutgoingEvent]
  /// From 1; 0 before it is sent.
  public internal(set) var attempt = 0
  /// When it was first sent, by the wall clock: the same in all attempts.
  public internal(set) var created = Timestamp(microseconds: 0)

  /// The same for all attempts: `PostHog-Request-Id`. Made from the first event's uuid, because the
  /// queue draws nothing.
  public let requestID: EventUUID

  init(id: Int, events: [OutgoingEvent]) {
    self.id = id
    self.events = events
    let first = events.first?.uuid ?? EventUUID(high: 0, low: 0)
    requestID = EventUUID(
      high: first.high ^ 0x9E37_79B9_7F4A_0000, low: first.low ^ UInt64(truncatingIfNeeded: id))
  }

  /// Between 0 and 1, by batch and attempt: how much of the jitter is added to a pause.
  var jitterDraw: Double {
    var x = UInt64(truncatingIfNeeded: id) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(attempt)
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((x ^ (x >> 31)) >> 11) / Double(1 << 53)
  }
}
