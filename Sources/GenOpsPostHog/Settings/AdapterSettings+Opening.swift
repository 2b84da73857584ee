public import GenOpsGovernance
import GenOpsMetering
public import GenOpsUnits

extension AdapterSettings {
  /// What was used before the adapter begins, as far as the settings say it: a number that is written wins
  /// over a billing answer, and what neither says is unknown.
  ///
  /// - Parameters:
  ///   - plan: Its budgets are those that something can have been spent of.
  ///   - now: Says whether the billing answer is of the running period.
  ///   - findings: Gets `opening-stale` for an answer of another period, and an error for a budget that the
  ///     plan does not have.
  /// - Returns: The opening balance; a meter that is missing is unknown.
  public func opening(
    of plan: GovernancePlan, at now: Timestamp, _ findings: inout Findings
  ) -> OpeningBalance {
    var opening =
      billingAnswer.flatMap { OpeningBalance($0, at: now, &findings) } ?? OpeningBalance.unknown
    opening.current.merge(openingUsage) { _, written in written }
    // Who writes that nothing was used means the whole account.
    if openingUsage == OpeningBalance.nothing.current { opening = .nothing }
    opening.spent = openingSpent
    let names = plan.budgets.map(\.name)
    for name in openingSpent.keys.sorted() where !names.contains(name) {
      findings.error(
        "opening-budget", "there is no budget '\(name)' of which something was spent",
        help: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
          ?? "known: \(names.joined(separator: ", "))")
    }
    return opening
  }
}
