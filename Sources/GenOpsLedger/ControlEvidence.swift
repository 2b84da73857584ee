import GRDB
import GenOpsMetering
public import GenOpsGovernance
public import GenOpsUnits

/// What the ledger can show for one thing that a rule set asks for. It is a measurement: whether a
/// control is effective is for people to judge, who know what the ledger does not.
public struct ControlEvidence: Sendable, Hashable {
  /// What the ledger has to say.
  public enum Standing: String, Sendable, Hashable {
    /// The ledger holds what is asked for.
    case shown
    /// The ledger holds something else than is asked for.
    case gap
    /// The ledger cannot know.
    case unknown
  }

  /// A rule set's name.
  public var framework: String
  /// `audit-trail`, `audit-retention`, `consent`, …
  public var control: String
  public var standing: Standing
  /// What was counted or compared, in one sentence.
  public var measured: String
}

extension Ledger {
  /// One row for each thing that the rule sets of `plan` ask for.
  public func evidence(for plan: GovernancePlan, at instant: Timestamp) throws(LedgerError)
    -> [ControlEvidence]
  {
    let verdict = try verifyAudit()
    let counts = try read { db in
      var counts: [String: Int] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT kind, COUNT(*) AS n FROM audit GROUP BY kind") {
        counts[row["kind"]] = row["n"]
      }
      for row in try Row.fetchAll(
        db, sql: "SELECT class, SUM(refused) AS n FROM usage GROUP BY class")
      { counts["refused " + (row["class"] as String)] = row["n"] }
      return counts
    }
    var rows: [ControlEvidence] = []
    for framework in plan.compliance {
      func add(_ control: String, _ standing: ControlEvidence.Standing, _ measured: String) {
        rows.append(
          ControlEvidence(
            framework: framework.rawValue, control: control, standing: standing, measured: measured)
        )
      }
      if framework.needsAudit {
        add(
          "audit-trail", verdict.holds && verdict.verified > 0 ? .shown : .gap,
          verdict.fault ?? "a chain of \(verdict.verified) entries holds")
      }
      if let floor = framework.auditFloor {
        let kept = plan.auditRetention
        add(
          "audit-retention", kept.map { $0 < floor } == true ? .gap : .shown,
          "kept \(kept.map { "for \($0)" } ?? "for good"), \(floor) are asked for")
      }
      if framework.needsConsent {
        let (given, withdrawn) = (counts["consent-given"] ?? 0, counts["consent-withdrawn"] ?? 0)
        add(
          "consent", plan.mode == .strict ? .shown : .gap,
          "\(given) given, \(withdrawn) withdrawn, \(counts["refused consent-unknown"] ?? 0) events "
            + "refused without one; mode \(plan.mode.rawValue)"
            + (plan.mode == .strict ? "" : " sends them"))
      }
      if !framework.requiredDimensions.isEmpty {
        let missing = try unowned(framework.requiredDimensions)
        add(
          "attribution", missing == 0 ? .shown : .gap,
          "\(missing) sent items without \(framework.requiredDimensions.joined(separator: ", "))")
      }
      if let span = framework.retention.events {
        let overdue = try olderEvents(than: plan.privacy.retention.events ?? span, at: instant)
        add(
          "event-retention", overdue == 0 ? .shown : .gap,
          "\(overdue) events older than \(plan.privacy.retention.events ?? span); "
            + "\(counts["swept"] ?? 0) sweeps")
      }
      if framework == .gdpr { add("erasure", .shown, "\(counts["erased"] ?? 0) erasures") }
      if !framework.dataRules.isEmpty {
        let rules = framework.dataRules.filter { !plan.privacy.data.contains($0) }
        add(
          "data-rules", rules.isEmpty ? .shown : .gap,
          rules.isEmpty
            ? "all rules are in the plan; \(counts["refused compliance"] ?? 0) events refused"
            : "missing in the plan: \(rules.map(\.dataClass).joined(separator: ", "))")
      }
      // Contracts, training, access to the machines: nothing of it passes through here.
      add("organisation", .unknown, "not a matter of software")
    }
    return rows
  }

  /// Sent items whose owner lacks one of the dimensions.
  private func unowned(_ dimensions: [String]) throws(LedgerError) -> Int64 {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT owner, SUM(sent) AS n FROM usage GROUP BY owner")
        .reduce(0) { sum, row in
          let owner = OwnerText.attribution(row["owner"])
          let isComplete = dimensions.allSatisfy { owner[$0]?.isEmpty == false }
          return isComplete ? sum : sum + (row["n"] as Int64)
        }
    }
  }

  private func olderEvents(than span: RetentionSpan, at instant: Timestamp) throws(LedgerError)
    -> Int
  {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT COUNT(*) FROM event WHERE decided < ?",
        arguments: [Timestamp(startOf: span.firstKept(on: instant.day)).microseconds]) ?? 0
    }
  }
}
