import GenOpsCosting
import GenOpsForecasting
import GenOpsMetering
package import GenOpsNumerics
package import GenOpsUnits

/// The part of all events that has one name.
package struct EventShare: Sendable {
  package var event: String
  package var share: UncertainValue
  package var location: SourceLocation?

  package init(event: String, share: UncertainValue, location: SourceLocation?) {
    self.event = event
    self.share = share
    self.location = location
  }
}
