import GenOpsCosting
package import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

/// One option, ready to be compiled: how usage becomes admissions and which rules judge them.
package struct OptionPlan: Sendable {
  package var name: String
  package var usageClasses: [PlannedUsageClass]
  package var governance: GovernancePlan
  package var prices: PriceSchedule
  package var addOns: Set<String>
}
