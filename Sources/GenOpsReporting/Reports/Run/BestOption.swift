import GenOpsScenario
package import GenOpsSimulation

extension ScenarioResult {
  /// What happens when nothing is decided: the first option.
  package var asIs: OptionResult? { options.first }

  /// The option the report recommends; nil when there is none besides "as is".
  ///
  /// Only an option that loses no data can be recommended while there is one that saves; among
  /// those the one that keeps the budget most often, then the one that saves most. When every
  /// option that saves loses data, the one that loses the least of it, critical data first.
  package var bestOption: OptionResult? {
    let choices = options.dropFirst().filter { $0.saves.mean > 0 }
    // The workbench searched for the amount to ask for among the same options: one answer, not two.
    if let named = budgets.first?.askForWithOption?.option,
      let option = choices.first(where: { $0.name == named })
    {
      return option
    }
    return choices.min { rank($0) < rank($1) }
  }

  private func rank(_ option: OptionResult) -> (Double, Double, Double, Double) {
    (option.lost.critical, option.lost.total, option.breachProbability ?? 0, -option.saves.mean)
  }
}
