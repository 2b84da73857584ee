public import GenOpsMetering
public import GenOpsUnits

/// One captured event as a file recorded it, and where it stands.
public struct RecordedEvent: Sendable {
  /// What metering and governance ask of it.
  public var event: UsageEvent
  /// Whether the timestamp was taken from the batch or from the event before, not from the event.
  public var isTimestampAssumed: Bool
  /// The token of the project, when the file has it.
  public var projectToken: String?
  /// The line of the file, from 1.
  public var line: Int

  /// The event's name.
  public var name: String { event.name }
  /// When it happened, by its own time.
  public var timestamp: Timestamp { event.timestamp }
}

/// Why a record or an element of one is not an event.
public enum MalformedReason: String, Sendable, Hashable, CaseIterable {
  case notJSON = "not JSON"
  case notAnEvent = "not an event"
  case noName = "no event name"
  case noDistinctID = "no distinct id"
  case badTimestamp = "unreadable timestamp"
  case noTimestamp = "no timestamp, and none before it"
  case tooLong = "line too long"
}
