/// One effect of a change on one stream.
package struct PlanChange: Sendable {
  package enum Kind: Sendable { case factor, add }
  package var name: String
  package var stream: StreamID
  package var kind: Kind
  /// The draw of the effect.
  package var draw: DrawID
  /// What an added draw is multiplied with to give units per day.
  package var scale: Double
  /// Forecast days `[from, to)`; 0 is the first forecast day.
  package var days: Range<Int>
}
