public import GenOpsUnits

import GenOpsMetering

/// Everything the policies of a configuration add up to. The adapter compiles it once.
public struct GovernancePlan: Sendable, Hashable {
  public var mode: GovernanceMode
  /// Other modes for parts of the account.
  public var scopedModes: [ScopedMode] = []
  public var budgets: [Budget]
  public var sampling: SamplingRates
  /// Dimensions that every item must have; missing ones are refused in strict mode and counted in
  /// the others.
  public var requiredDimensions: [String]
  public var postHogLimits: [PostHogLimit]
  public var compliance: [ComplianceFramework]
  /// When money is worth a message.
  public var alerting = AlertRules.none
  /// Sampling while traffic is high; nil for none.
  public var trafficSampling: TrafficSampling?
  /// What single events must keep to.
  public var eventRules = EventRules.none
  /// What may leave, how long it is kept, and where it may go.
  public var privacy: PrivacyRules

  /// Sends everything and counts it.
  public static let open = GovernancePlan()

  /// What is left out asks for nothing; ``validate(_:)`` says what is wrong with it.
  public init(
    mode: GovernanceMode = .advisory, budgets: [Budget] = [],
    sampling: SamplingRates = .everything, requiredDimensions: [String] = [],
    postHogLimits: [PostHogLimit] = [], compliance: [ComplianceFramework] = [],
    privacy: PrivacyRules = .none
  ) {
    self.mode = mode
    self.budgets = budgets
    self.sampling = sampling
    self.requiredDimensions = requiredDimensions
    self.postHogLimits = postHogLimits
    self.compliance = compliance
    self.privacy = privacy
  }

  /// Whether an event may only be sent when it is known that its person agreed.
  public var needsConsent: Bool {
    privacy.consent != nil || compliance.contains(where: \.needsConsent)
  }

  /// How long the audit log is kept: as written, and no shorter than any framework asks for. Nil is
  /// for good.
  public var auditRetention: RetentionSpan? {
    guard let written = privacy.retention.audit else { return nil }
    return compliance.compactMap(\.auditFloor).reduce(written) { max($0, $1) }
  }

  /// A plan of `policies`, with the findings that only show when they stand together.
  public init(mode: GovernanceMode, policies: [any Policy], _ findings: inout Findings) {
    self.init(mode: mode)
    for policy in policies { policy.apply(to: &self) }
    validate(&findings, budgetsAt: BudgetPolicy.locations(policies))
  }

  /// Reports names that stand twice, two currencies, and every budget's own mistakes. `budgetsAt` says
  /// where the last budget of each name was written.
  public func validate(
    _ findings: inout Findings, budgetsAt locations: [String: SourceLocation] = [:]
  ) {
    var names: Set<String> = []
    for budget in budgets {
      budget.validate(&findings)
      if !names.insert(budget.name).inserted {
        findings.error(
          "duplicate-budget", "two budgets are called '\(budget.name)'", help: "rename one of them",
          at: locations[budget.name])
      }
    }
    privacy.validate(compliance, &findings)
    let currencies = Set(budgets.map(\.currency) + postHogLimits.compactMap(\.currency)).sorted()
    if currencies.count > 1 {
      findings.error(
        "two-currencies", "the policies use \(currencies.joined(separator: " and "))",
        help: "write every amount in the price book's currency")
    }
    for (index, limit) in postHogLimits.enumerated()
    where postHogLimits[..<index].contains(where: { $0.meter == limit.meter }) {
      findings.error(
        "duplicate-limit", "two PostHog limits name the meter '\(limit.meter.id)'",
        help: "keep one of them")
    }
  }
}
