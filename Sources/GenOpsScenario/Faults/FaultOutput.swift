package import GenOpsMetering
package import GenOpsNumerics
import GenOpsUnits

/// Usage that a fault makes out of nothing.
package struct FaultOutput: Sendable {
  package var meter: Meter
  /// The name of the events, for their class.
  package var event: String
  /// The part that is identified, for events.
  package var identified: UncertainValue

  package init(_ meter: Meter, event: String = "", identified: UncertainValue = .constant(0)) {
    self.meter = meter
    self.event = event
    self.identified = identified
  }
}
