package import GenOpsScenario
package import GenOpsUnits

/// The best policy that was found, and what it was chosen from.
package struct OptimizeResult: Sendable {
  package var name: String
  package var currency: String
  /// Of the fresh futures, which all that is shown comes from.
  package var provenance: Provenance
  package var months: [CalendarMonth]
  /// Names the whole period: "Year" for twelve months, else "Total".
  package var yearLabel: String
  package var search: Search
  package var variables: [DecisionVariable]
  package var objective: PolicyObjective
  package var conditions: [Expectation]
  /// Whether variables or conditions are the usual ones, because the scenario does not say its own.
  package var isUsual: (variables: Bool, conditions: Bool)
  package var asIs: PolicyEvaluation
  /// The best on fresh futures; where none meets all conditions, the one that comes closest.
  package var best: PolicyEvaluation
  package var runnerUp: PolicyEvaluation?
  /// Of the best over the runner-up.
  package var advantage: PolicyAdvantage?
  /// Of the best over "as is".
  package var gain: PolicyAdvantage
  /// The front of cost against loss, the dearest first.
  package var front: [PolicyEvaluation]
  /// The best with one variable put back to what is, for each that it changes.
  package var putBack: [(variable: Int, policy: PolicyEvaluation)]
  /// Of the policies that make the first budget safe the one that loses least, and of those that lose as little
  /// the one that changes least; nil without a budget, and where none does. It is "as is" where nothing need be
  /// done.
  package var least: PolicyEvaluation?
  /// What the budget is safe at: it is passed in no larger part of futures.
  package var safeAt: Double
  package var clock: BreachClock?
  /// What would be the best if what is assumed held; nil where that is the best, too.
  package var assumedBest: PolicyEvaluation?
  package var doubt: Doubt?
  package var findings: Findings

  /// How it was found.
  package struct Search: Sendable, Hashable {
    /// All combinations of choices; infinity is more than can be counted.
    package var combinations: Double
    package var tried: Int
    package var isExhaustive: Bool
    /// Futures on which policies were tried, and their seed.
    package var paths: Int
    package var seed: UInt64
  }

  /// What a policy does, in one line.
  package func label(_ policy: PolicyEvaluation) -> String {
    PolicyOptions.label(policy.choices, of: variables)
  }

  /// The same in short, by what it does otherwise than the best policy, which goes by `mark`.
  package func shortLabel(_ policy: PolicyEvaluation, mark: String = "*") -> String {
    PolicyOptions.shortLabel(policy.choices, beside: best.choices, mark: mark, of: variables)
  }

  /// The line that makes the best policy an option of the scenario.
  package var patch: String { PolicyOptions.patch(best.choices, of: variables) }
}
