import GenOpsHistory
import GenOpsMetering
package import GenOpsScenario
import GenOpsUnits

/// One alternative on the same futures.
package struct OptionResult: Sendable {
  package var name: String
  package var cost: ForecastDistribution
  /// "as is" minus this, path by path.
  package var saves: ForecastDistribution
  /// Over the horizon, for the first budget; where budgets refuse, for any of those. Nil without a budget.
  package var breachProbability: Double?
  /// Whether it has a budget that refuses what would cross it: then a breach is the first refusal.
  package var refuses: Bool
  /// The part of paths in which a budget that refuses was over on days that have passed: nothing was
  /// refused then.
  package var wasOver = 0.0
  /// What the saving rests on besides what data shows or the user gives, in a few words each; empty
  /// where it rests on nothing else.
  package var assumptions: [String]
  /// What it saves where everything that is assumed is at its lower end, mean: what data and the user
  /// show. 0 where nothing is assumed.
  package var shownSaving: Double
  package var lost: LostData
  /// What else changes, short: "flags up to 5 min late".
  package var sideEffects: [String]
  /// Nil without `value:` and where data is lost whose worth is not given.
  package var npv: ForecastDistribution?
  /// Whether the change is worth it; nil of "as is".
  package var decision: DecisionReturn?
  /// What is left of the saving when the change is paid for, mean.
  package var netSaving: Double { decision?.net.mean ?? saves.mean }
  /// Cost quantile to ask for at 80 %; nil where the history is too short to ask for anything.
  package var askFor: Double?

  package init(
    name: String, cost: ForecastDistribution, saves: ForecastDistribution,
    breachProbability: Double?, refuses: Bool = false, assumptions: [String] = [],
    shownSaving: Double = 0,
    lost: LostData, sideEffects: [String], npv: ForecastDistribution?, askFor: Double?
  ) {
    self.name = name
    self.cost = cost
    self.saves = saves
    self.breachProbability = breachProbability
    self.refuses = refuses
    self.assumptions = assumptions
    self.shownSaving = shownSaving
    self.lost = lost
    self.sideEffects = sideEffects
    self.npv = npv
    self.askFor = askFor
  }
}
