import GenOpsMetering
package import GenOpsUnits

/// What a record holds, element by element.
package enum RecordedElement: Sendable {
  /// `timestamp` is nil when neither the event nor its batch has one.
  case event(RecordedEvent, timestamp: Timestamp?)
  /// `detail` is what stands there, where that says more than the reason.
  case malformed(MalformedReason, at: SourceLocation, detail: String? = nil)
  /// A page of an answer, and whether it says that more events follow.
  case page(hasMore: Bool, at: SourceLocation)
  /// Something to know of all records; said once however often it comes.
  case remark(Finding)
}
