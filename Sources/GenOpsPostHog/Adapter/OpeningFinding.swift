import GenOpsAdmission
public import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// What an account says of usage that it does not know: the month so far decides which units are free.
enum OpeningFinding {
  /// Adds nothing where everything is known, or no price depends on it.
  static func add(of state: borrowing AccountState, _ findings: inout Findings) {
    let unknown = Meter.allCases.filter { state.core.isOpeningUnknown($0) }
    guard !unknown.isEmpty else { return }
    let what =
      unknown.prefix(5).map(\.id).joined(separator: ", ")
      + (unknown.count > 5 ? " and \(unknown.count - 5) more" : "")
    let plan = state.core.rules.plan
    let begin = "the usage of the month so far is unknown on \(what): "
    let help =
      "set GENOPS_BILLING_ANSWER, or GENOPS_OPENING_USAGE ('nothing' for a new account, 'others=0' at its "
      + "end where nothing else was used)"
    switch plan.mode {
    case .strict:
      findings.warning(
        "opening-unknown", begin + "strict mode refuses what depends on it", help: help)
    case .enforced:
      findings.warning(
        "opening-unknown",
        begin + "budgets judge each unit at its first paid price, until the next billing period",
        help: help)
    case .advisory:
      findings.note(
        "opening-unknown", begin + "everything is sent, and prices are unknown", help: help)
    }
  }
}

extension PostHogAdapter {
  /// Takes up the usage of the running billing period once it is known, such as from a billing answer that
  /// came after the start. Meters whose usage was known stay as they are; budgets keep what they judged.
  /// With a ledger it changes nothing: the ledger says what came before.
  ///
  /// - Parameter opening: The account's usage as of now, with what was sent here. Only
  ///   `OpeningBalance.current` is looked at.
  public func learn(_ opening: OpeningBalance) {
    account.state.withLock { $0.core.learn(opening.current) }
  }
}
