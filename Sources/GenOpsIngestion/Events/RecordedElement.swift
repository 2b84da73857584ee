import GenOpsMetering
package import GenOpsUnits

/// What a record holds, element by element.
package enum RecordedElement: Sendable {
  /// `timestamp` is nil when neither the event nor its batch has one.
  case event(RecordedEvent, timestamp: Timestamp?)
  case malformed(MalformedReason, column: Int)
}
