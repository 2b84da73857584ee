package import GenOpsCosting
package import GenOpsGovernance
package import GenOpsMetering
import GenOpsUnits

/// One option, ready to be compiled: how usage becomes admissions and which rules judge them.
package struct OptionPlan: Sendable {
  package var name: String
  package var usageClasses: [PlannedUsageClass]
  package var governance: GovernancePlan
  package var prices: PriceSchedule
  package var addOns: Set<String>
  /// The account's own terms, in place of those of the books; nil where nothing is said of it.
  package var terms: BillingTerms?
  /// What its cost rests on besides data and what the user gives, in a few words each; of an option
  /// what its saving does.
  package var assumptions: [String] = []
  /// What it costs to make and keep the change, in currency units once or per month; none of "as is".
  package var changeCosts: [ChangeCost] = []

  package struct ChangeCost: Sendable, Hashable {
    package var draw: DrawID
    package var isOneOff: Bool
  }

  /// Whether something that it admits is on `meter`.
  package func uses(_ meter: Meter) -> Bool { usageClasses.contains { $0.usage[meter] > 0 } }

  /// The budgets of "as is" that refuse under this option and do not there.
  package func alsoRefusing(beside base: OptionPlan) -> [String] {
    base.governance.budgets.filter { budget in
      governance.budgets.contains { $0.name == budget.name } && governance.refuses(budget)
        && !base.governance.refuses(budget)
    }.map(\.name)
  }
}
