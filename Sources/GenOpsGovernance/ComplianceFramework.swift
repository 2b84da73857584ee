import GenOpsUnits

/// A named set of compliance rules. It selects rules and no mode: the rules block in
/// ``GovernanceMode/strict`` and are reported in the others.
public enum ComplianceFramework: String, Sendable, Hashable, CaseIterable {
  case sox, gdpr, hipaa

  /// Whether usage may only be sent when consent is known.
  public var needsConsent: Bool { self != .sox }
  /// Whether decisions must be written to an audit log.
  public var needsAudit: Bool { self != .gdpr }
  /// The least time an audit log is kept: SOX § 802 (18 U.S.C. § 1520, with 17 CFR 210.2-06: seven
  /// years), HIPAA 45 CFR 164.316(b)(2)(i): six years. GDPR names no least time.
  public var auditFloor: RetentionSpan? {
    switch self {
    case .sox: RetentionSpan(7, .years)
    case .hipaa: RetentionSpan(6, .years)
    case .gdpr: nil
    }
  }
  /// Whether every item must belong to a team and a cost center.
  public var requiredDimensions: [String] { self == .sox ? ["team", "cost_center"] : [] }
}
