package import GenOpsMetering

/// The events of a period that is recorded from end to end: what `grain: exact` walks instead of
/// its bins.
package struct RecordedPeriod: Sendable {
  /// In the order of time, all within the period.
  package var events: [UsageEvent]
  /// Whom earlier events made known; their anonymous events are identified.
  package var people: [String]
}
