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
  /// The scenario's own budgets that refuse under the option and do not under "as is".
  package var alsoRefusing: [String]

  package init(
    anonymised: Double, darkDaysPerMonth: Double, lost: LostData, alsoRefusing: [String] = []
  ) {
    self.anonymised = anonymised
    self.darkDaysPerMonth = darkDaysPerMonth
    self.lost = lost
    self.alsoRefusing = alsoRefusing
  }
}
