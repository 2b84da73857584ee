import GenOpsScenario
package import GenOpsSimulation

extension ScenarioResult {
  /// What happens when nothing is decided: the first option.
  package var asIs: OptionResult? { options.first }

  /// The option the report recommends; nil when there is none besides "as is".
  ///
  /// Only an option whose saving data shows, and which loses no more than "as is", can be recommended while
  /// there is one; among those the one that keeps the budget most often, then the one that saves most. When
  /// every option that saves loses more, the one that loses the least of it, critical data first.
  package var bestOption: OptionResult? {
    let choices = options.dropFirst().filter { $0.netSaving > 0 && $0.assumptions.isEmpty }
    // The workbench searched for the amount to ask for among the same options: one answer, not two.
    if let named = budgets.first?.askForWithOption?.option,
      let option = choices.first(where: { $0.name == named })
    {
      return option
    }
    guard let best = choices.min(by: { rank($0) < rank($1) }) else { return nil }
    // Losing data for money is not recommended while something that loses none may save as well.
    return losesMore(best) && assumedOption != nil ? nil : best
  }

  /// The option that may save most without losing data, but by an assumption alone; nil without.
  package var assumedOption: OptionResult? {
    options.dropFirst()
      .filter { $0.saves.p95 > 0 && !$0.assumptions.isEmpty && !losesMore($0) }
      .max { $0.saves.p95 < $1.saves.p95 }
  }

  /// What "as is" loses already is lost whatever is decided: only what an option loses besides counts.
  private func rank(_ option: OptionResult) -> (Double, Double, Double, Double) {
    let lost = asIs?.lost
    return (
      max(0, option.lost.critical - (lost?.critical ?? 0)),
      max(0, option.lost.total - (lost?.total ?? 0)), option.breachProbability ?? 0,
      -option.netSaving
    )
  }

  private func losesMore(_ option: OptionResult) -> Bool {
    asIs.map { option.lost.isMore(than: $0.lost) } ?? (option.lost.total > 0)
  }
}
