package import GenOpsMetering
package import GenOpsUnits

/// One captured event as a file recorded it, and where it stands.
package struct RecordedEvent: Sendable {
  /// What metering and governance ask of it.
  package var event: UsageEvent
  /// Whether the timestamp was taken from the batch or from the event before, not from the event.
  package var isTimestampAssumed: Bool
  /// The token of the project, when the file has it.
  package var projectToken: String?
  /// The line of the file, from 1.
  package var line: Int

  package var name: String { event.name }
  package var timestamp: Timestamp { event.timestamp }
}

/// Why a record or an element of one is no event.
package enum MalformedReason: String, Sendable, Hashable, CaseIterable {
  case notJSON = "not JSON"
  case notAnEvent = "not an event"
  case noName = "no event name"
  case noDistinctID = "no distinct id"
  case badTimestamp = "unreadable timestamp"
  case noTimestamp = "no timestamp, and none before it"
  case tooLong = "line too long"
}

/// What a record holds, element by element.
package enum RecordedElement: Sendable {
  /// `timestamp` is nil when neither the event nor its batch has one.
  case event(RecordedEvent, timestamp: Timestamp?)
  case malformed(MalformedReason, column: Int)
}
