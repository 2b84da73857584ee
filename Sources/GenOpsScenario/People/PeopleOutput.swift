package import GenOpsMetering
import GenOpsNumerics
import GenOpsUnits

/// Usage on one meter that people make.
package struct PeopleOutput: Sendable, Hashable {
  package var meter: Meter
  /// The name of the events; nil where they have many.
  package var event: String?

  package init(_ meter: Meter, event: String? = nil) {
    self.meter = meter
    self.event = event
  }
}
