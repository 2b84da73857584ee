public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

/// Settings from one place: arguments, the environment or a file. Nil is "not said here".
///
/// Layers are laid over one another: arguments before the environment, the environment before a
/// file, a file before the defaults of ``AdapterSettings``.
public struct SettingsLayer: Sendable {
  /// PostHog's project key, `phc_…`.
  public var apiKey: Secret?
  public var host: PostHogHost?
  public var team: String?
  public var project: String?
  public var environment: String?
  public var customerID: String?
  public var costCenter: String?
  /// In the currency of the price book. 0 blocks everything billable.
  public var dailyBudgetLimit: Money?
  public var weeklyBudgetLimit: Money?
  public var monthlyBudgetLimit: Money?
  /// Units since the billing period began, by meter. Wins over ``billingAnswer``.
  public var openingUsage: [Meter: Int64]?
  /// What usage has cost in the running period of a budget, by the budget's name.
  public var openingSpent: [String: Money]?
  /// PostHog's own count of the running billing period.
  public var billingAnswer: BillingUsage?
  public var isGovernanceEnabled: Bool?
  public var areCostAlertsEnabled: Bool?
  public var mode: GovernanceMode?
  /// Labels; some have a meaning, see ``TagMeaning``.
  public var tags: [String: String]?
  /// A word of `GovernanceMode` or `ComplianceFramework`.
  public var complianceLevel: String?
  public var auditRetentionDays: Int?
  /// Who is told about SOX and GDPR matters. There is no default: a demo address would be wrong.
  public var soxAuditorEmail: String?
  public var gdprOfficerEmail: String?
  /// Where telemetry goes, as OpenTelemetry's own variable says.
  public var otlpEndpoint: String?
  /// Further policies by kind, as under `governance:` in a scenario. In files only.
  public var policies: [any Policy]?

  public init() {}

  /// This layer where it says something, `other` elsewhere. Tags are joined, each by its own key.
  public func filling(from other: SettingsLayer) -> SettingsLayer {
    var result = self
    for key in SettingKey.all where !key.isSet(self) { key.copy(other, &result) }
    if let tags, let more = other.tags { result.tags = more.merging(tags) { _, own in own } }
    return result
  }
}
