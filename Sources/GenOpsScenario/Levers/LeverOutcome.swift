import GenOpsCosting
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// What a run says to a lever that describes its side effect.
package struct LeverOutcome: Sendable {
  /// Units of identified usage that became anonymous, mean over paths.
  package var anonymised: Double
  /// Mean days per month on which data was refused.
  package var darkDaysPerMonth: Double
  package var lost: LostData

  package init(anonymised: Double, darkDaysPerMonth: Double, lost: LostData) {
    self.anonymised = anonymised
    self.darkDaysPerMonth = darkDaysPerMonth
    self.lost = lost
  }
}
