import GenOpsScenario
import GenOpsUnits

/// What a policy came to on some futures.
package struct PolicyEvaluation: Sendable {
  /// A choice for each variable.
  package var choices: [Int]
  /// Of what is lost it counts what is not produced at the source, too.
  package var summary: OptionSummary
  /// What its saving rests on besides what data shows or the user gives.
  package var assumptions: [String]
  /// What it saves with everything that is assumed at its lower end; the mean saving where nothing is.
  package var shownSaving: Double
  /// What it costs with that saving.
  package var shownCost: Double
  package var sideEffects: [String]
  /// The conditions in their order. Where something is assumed they have to hold at its lower end as well.
  package var checks: [ExpectationResult]
  /// The value of the objective as people read it; of more than one, such as a net present value, more is better.
  package var objective: Double
  /// By what is shown: no assumption makes it better.
  package var standing: PolicyStanding
  /// With what is assumed.
  package var assumedStanding: PolicyStanding

  /// Whether all conditions hold.
  package var isFeasible: Bool { standing.violation == 0 }
  /// How many places it changes.
  package var changes: Int { choices.count { $0 > 0 } }
}
