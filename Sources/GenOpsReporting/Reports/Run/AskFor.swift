package import GenOpsSimulation

/// The amount to ask for so that it is kept in 8 of 10 futures; none where the history is too short.
package struct AskFor {
  let result: ScenarioResult

  package init(_ result: ScenarioResult) { self.result = result }

  /// `54,200 with "both" (kept in 8 of 10 futures), 68,600 without`; nil without any.
  package var text: String? {
    let isAssumed = result.asIs?.assumptions.isEmpty == false
    // A budget judges list prices, and what is paid is another amount where terms take something off.
    let isListPrice = !result.budgets.isEmpty && result.hasTerms
    let remarks =
      (result.provenance.paths > 1 ? ["kept in 8 of 10 futures"] : [])
      + (isListPrice ? ["at list price"] : []) + (isAssumed ? ["by what is assumed"] : [])
    let certainty = remarks.isEmpty ? "" : " (\(remarks.joined(separator: ", ")))"
    guard let budget = result.budgets.first else {
      return result.asIs?.askFor.map { NumberText.money($0) + certainty }
    }
    guard let amount = budget.askFor else { return nil }
    let suffix =
      budget.period.suffix + (result.budgets.ownName(of: budget).map { " for \($0)" } ?? "")
    let asIs = NumberText.money(amount) + suffix
    guard let with = budget.askForWithOption else { return asIs + certainty }
    return
      "\(NumberText.money(with.amount))\(suffix) with \"\(with.option.fitting(30))\""
      + "\(certainty), \(asIs) without"
  }
}
