import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits

extension AccountState {
  /// What was refused before anything was decided on it, for its form or after a shutdown.
  var undecidedFindings: Findings {
    var findings = Findings()
    let forms: [RefusalReason] = [.noEventName, .noDistinctID, .tooDeep, .tooLarge]
    let counts = forms.map { ($0, refusals[Int($0.rawValue)]) }.filter { $0.1 > 0 }
    if !counts.isEmpty {
      let sum = counts.reduce(Int64(0)) { $0.addingClamped($1.1) }
      findings.warning(
        "event-form",
        "\(sum) events were refused as PostHog would refuse them: "
          + counts.map { "\($0.0.id) \($0.1)" }.joined(separator: ", "),
        help: "each would have taken its whole batch with it; no budget was used")
    }
    if takenBack > 0 {
      findings.note(
        "lost-and-taken-back",
        "\(takenBack) events were lost on their way, and left the budgets again")
    }
    let late = refusals[Int(RefusalReason.closed.rawValue)]
    if late > 0 {
      findings.warning(
        "captured-after-shutdown", "\(late) events were captured after delivery was shut down",
        help: "shut delivery down last: list its service before those that capture")
    }
    return findings
  }
}
