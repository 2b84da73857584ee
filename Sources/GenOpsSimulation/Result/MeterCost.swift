package import GenOpsMetering
import GenOpsNumerics
import GenOpsScenario
import GenOpsUnits

/// A meter's part of the whole period's expected cost; fees have no meter.
package struct MeterCost: Sendable, Hashable {
  /// The invoice name, or the name of a fee.
  package var label: String
  package var meter: Meter?
  package var mean: Double

  package init(label: String, meter: Meter?, mean: Double) {
    self.label = label
    self.meter = meter
    self.mean = mean
  }
}
