public import GenOpsUnits

/// What governance does when a rule would be broken.
public enum GovernanceMode: String, Sendable, Hashable, CaseIterable {
  /// Never blocks: counts, alerts and says so.
  case advisory
  /// Refuses what would cross a hard budget.
  case enforced
  /// As ``enforced``, and it also asks for complete attribution, lets compliance rules block, fails
  /// closed when a price, the month to date or consent is unknown, and keeps the last part of a
  /// budget for critical events.
  case strict
}

extension GovernanceMode {
  /// The words of `compliance_level` and what they stand for. The three names come first.
  static let words: [(word: String, mode: GovernanceMode)] = [
    ("advisory", .advisory), ("enforced", .enforced), ("strict", .strict),
    ("basic", .advisory), ("standard", .enforced), ("enhanced", .enforced),
    ("regulated", .strict),
  ]

  /// The mode that `word` stands for, or nil with a finding. `sox`, `gdpr` and `hipaa` name a
  /// ``ComplianceFramework`` and no mode, which the finding says.
  public init?(word: String, at location: SourceLocation? = nil, _ findings: inout Findings) {
    let key = word.lowercased()
    if let row = GovernanceMode.words.first(where: { $0.word == key }) {
      self = row.mode
      return
    }
    if ComplianceFramework(rawValue: key) != nil {
      findings.error(
        "unknown-mode", "'\(word)' names a set of compliance rules, not a mode",
        help: "write governance: strict and compliance: [\(key)]", at: location)
      return nil
    }
    let near = nearestName(to: word, among: GovernanceMode.words.map(\.word))
    findings.error(
      "unknown-mode", "there is no governance mode '\(word)'",
      help: near.map { "did you mean '\($0)'?" } ?? "write advisory, enforced or strict",
      at: location)
    return nil
  }
}
