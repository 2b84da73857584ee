public import GenOpsUnits

import GenOpsMetering

/// Everything the policies of a configuration add up to. The adapter compiles it once.
public struct GovernancePlan: Sendable, Hashable {
  public var mode: GovernanceMode
  public var budgets: [Budget]
  public var sampling: SamplingRates
  /// Dimensions that every item must have; missing ones are refused in strict mode and counted in
  /// the others.
  public var requiredDimensions: [String]
  public var postHogLimits: [PostHogLimit]
  public var compliance: [ComplianceFramework]

  /// Sends everything and counts it.
  public static let open = GovernancePlan()

  public init(
    mode: GovernanceMode = .advisory, budgets: [Budget] = [],
    sampling: SamplingRates = .everything, requiredDimensions: [String] = [],
    postHogLimits: [PostHogLimit] = [], compliance: [ComplianceFramework] = []
  ) {
    self.mode = mode
    self.budgets = budgets
    self.sampling = sampling
    self.requiredDimensions = requiredDimensions
    self.postHogLimits = postHogLimits
    self.compliance = compliance
  }

  /// A plan of `policies`, with the findings that only show when they stand together.
  public init(mode: GovernanceMode, policies: [any Policy], _ findings: inout Findings) {
    self.init(mode: mode)
    for policy in policies { policy.apply(to: &self) }
    validate(&findings)
  }

  /// Reports names that stand twice, two currencies, and every budget's own mistakes.
  public func validate(_ findings: inout Findings) {
    var names: Set<String> = []
    for budget in budgets {
      budget.validate(&findings)
      if !names.insert(budget.name).inserted {
        findings.error(
          "duplicate-budget", "two budgets are called '\(budget.name)'", help: "rename one of them")
      }
    }
    let currencies = Set(budgets.map(\.currency) + postHogLimits.map(\.currency)).sorted()
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
