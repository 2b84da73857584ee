import GenOpsAdmission
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Synchronization

/// One event through the adapter as it would be made, into nothing.
struct SetupTrial {
  private var configuration: AdapterConfiguration
  private let now: Timestamp
  private let hasLedger: Bool
  private let journal: (any EventJournal)?

  private struct Still: WallClock {
    let instant: Timestamp
    func now() -> Timestamp { instant }
  }

  init(_ configuration: AdapterConfiguration, _ now: Timestamp) {
    self.configuration = configuration
    self.now = now
    hasLedger = configuration.budgetStore != nil
    journal = configuration.journal
    self.configuration.budgetStore = nil
    // A ledger that is there satisfies who asks for an audit log; what is only tried out is not written.
    self.configuration.isTrial = configuration.journal != nil
    self.configuration.journal = nil
    self.configuration.onAlert = { _, _ in }
    self.configuration.onNotice = { _ in }
    self.configuration.onFinding = { _ in }
    self.configuration.observers = []
  }

  func run(_ report: inout SetupReport) throws(FindingsError) {
    let adapter = try PostHogAdapter(
      configuration, transport: CountingTransport(), clock: Still(instant: now))
    sayBudgets(&report)
    sayLedger(&report)
    sayOpening(adapter, &report)
    for finding in adapter.account.remarks.all { SetupCheck.add(finding, &report) }
    let receipt = adapter.capture("genops_doctor", distinctID: "doctor", isIdentified: false)
    switch receipt.outcome {
    case .sent(let cost):
      report.add(
        .init(.success, "Adapter", "a trial event would be sent; \(words(cost, adapter))"))
    case .refused(let refusal):
      report.add(
        .init(
          .error, "Adapter", "a trial event would not be sent: \(refusal)",
          recommendation: "check mode, budgets, attribution and the usage of the month so far"))
    case .sampled, .duplicate:
      report.add(.init(.info, "Adapter", "a trial event would be sampled"))
    }
  }

  private func words(_ cost: Money?, _ adapter: PostHogAdapter) -> String {
    if let cost { return "it would cost \(cost)" }
    let judged = adapter.account.state.withLock { $0.core.judgedCost(of: Usage(.events)) }
    guard configuration.effectivePlan.mode == .enforced, let judged else {
      return "its price is unknown"
    }
    return "its price is unknown, and budgets would judge it at \(judged)"
  }

  /// Budgets that policies or the application add to those of the three limits.
  private func sayBudgets(_ report: inout SetupReport) {
    for budget in configuration.plan.budgets
    where !["daily", "weekly", "monthly"].contains(budget.name) {
      let what = "\(budget.isHard ? "limit" : "soft limit") \(budget.limit) \(budget.currency)"
      report.add(
        .init(.success, "Budgets", "\(budget.name) \(what) per \(budget.period.rawValue)"))
    }
  }

  private func sayLedger(_ report: inout SetupReport) {
    guard let journal else { return }
    report.add(
      journal.isWritable
        ? .init(.success, "Ledger", "the ledger can be written")
        : .init(
          .error, "Ledger", "the ledger cannot be written",
          recommendation: "look at its disk, folder and permissions"))
  }

  /// What the adapter knows of the month so far, and what it does where it knows nothing.
  private func sayOpening(_ adapter: PostHogAdapter, _ report: inout SetupReport) {
    var findings = Findings()
    adapter.account.state.withLock { OpeningFinding.add(of: $0, &findings) }
    if hasLedger {
      report.add(
        .init(
          findings.all.isEmpty ? .success : .info, "Opening",
          "the ledger says what came before, where a process told it"))
    }
    if findings.all.isEmpty {
      let isNew = configuration.opening == .nothing
      report.add(
        .init(
          .success, "Opening",
          isNew
            ? "the billing period begins at 0 on every meter"
            : "the usage of the month so far is known"))
    }
    for finding in findings.all { SetupCheck.add(finding, &report) }
  }
}
