import GenOpsHistory
import GenOpsMetering
import GenOpsScenario
import GenOpsUnits

/// How the same forecaster would have done on the months of the history.
package struct TrackRecord: Sendable, Hashable {
  package var months: Int
  /// Mean absolute error of the month's cost, in percent.
  package var meanAbsolutePercentError: Double
  /// The part of months whose actual cost lay within the 80 % interval.
  package var coverage80: Double

  package init(months: Int, meanAbsolutePercentError: Double, coverage80: Double) {
    self.months = months
    self.meanAbsolutePercentError = meanAbsolutePercentError
    self.coverage80 = coverage80
  }
}
