package import GenOpsSimulation

/// The amount to ask for so that it is kept in 8 of 10 futures; none where the history is too short.
package struct AskFor {
  let result: ScenarioResult

  package init(_ result: ScenarioResult) { self.result = result }

  /// `54,200 with "both" (kept in 8 of 10 futures), 68,600 without`; nil without any.
  package var text: String? {
    let isAssumed = result.asIs?.assumptions.isEmpty == false
    let certainty =
      result.provenance.paths > 1
      ? " (kept in 8 of 10 futures\(isAssumed ? ", by what is assumed" : ""))" : ""
    guard let budget = result.budgets.first else {
      return result.asIs?.askFor.map { NumberText.money($0) + certainty }
    }
    guard let amount = budget.askFor else { return nil }
    let suffix =
      budget.period.suffix + (result.budgets.ownName(of: budget).map { " for \($0)" } ?? "")
    let asIs = NumberText.money(amount) + suffix
    guard let with = budget.askForWithOption else { return asIs + certainty }
    return
      "\(NumberText.money(with.amount))\(suffix) with \"\(with.option.displayable.fitting(30))\""
      + "\(certainty), \(asIs) without"
  }
}
