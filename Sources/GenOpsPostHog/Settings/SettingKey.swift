import GenOpsGovernance
import GenOpsUnits

/// One setting: its name in files, its environment variable, and how its text is read. One table,
/// so that files, environment, `genops doctor` and the docs cannot name different things.
public struct SettingKey: Sendable {
  /// As in files and in the integration guide's constructor.
  public let name: String
  /// Nil for what only files and arguments can say.
  public let variable: String?
  public let summary: String
  /// The default; nil when there is none.
  public let standard: String?
  let isSet: @Sendable (SettingsLayer) -> Bool
  let copy: @Sendable (SettingsLayer, inout SettingsLayer) -> Void
  let read: @Sendable (Node, inout SettingsLayer, inout Findings) -> Void

  private init<Value>(
    _ name: String, _ variable: String?, _ summary: String, standard: String? = nil,
    _ field: any WritableKeyPath<SettingsLayer, Value?> & Sendable,
    _ read: @escaping @Sendable (Node, String, inout Findings) -> Value?
  ) {
    self.name = name
    self.variable = variable
    self.summary = summary
    self.standard = standard
    isSet = { $0[keyPath: field] != nil }
    copy = { from, to in to[keyPath: field] = from[keyPath: field] }
    self.read = { node, layer, findings in
      layer[keyPath: field] = read(node, variable ?? name, &findings)
    }
  }

  /// In the order of the guide's constructor, then ours.
  public static let all: [SettingKey] = [
    SettingKey("posthog_api_key", "POSTHOG_API_KEY", "PostHog's project key", \.apiKey) {
      SettingText.key($0, $1, &$2)
    },
    SettingKey(
      "posthog_host", "POSTHOG_HOST", "PostHog's address, or a proxy's",
      standard: "https://app.posthog.com", \.host
    ) { SettingText.host($0, $1, &$2) },
    SettingKey("team", "GENOPS_TEAM", "who pays", standard: "default", \.team) {
      SettingText.text($0, $1, &$2)
    },
    SettingKey("project", "GENOPS_PROJECT", "what it is for", standard: "default", \.project) {
      SettingText.text($0, $1, &$2)
    },
    SettingKey(
      "environment", "GENOPS_ENVIRONMENT", "production, staging, …", standard: "production",
      \.environment
    ) { SettingText.text($0, $1, &$2) },
    SettingKey("customer_id", nil, "the tenant", \.customerID) { SettingText.text($0, $1, &$2) },
    SettingKey("cost_center", "GENOPS_COST_CENTER", "for financial reporting", \.costCenter) {
      SettingText.text($0, $1, &$2)
    },
    SettingKey(
      "daily_budget_limit", "GENOPS_DAILY_BUDGET_LIMIT", "what a UTC day may cost",
      standard: "1000.00", \.dailyBudgetLimit
    ) { SettingText.money($0, $1, &$2) },
    SettingKey(
      "weekly_budget_limit", "GENOPS_WEEKLY_BUDGET_LIMIT", "what Monday to Sunday may cost",
      \.weeklyBudgetLimit
    ) { SettingText.money($0, $1, &$2) },
    SettingKey(
      "monthly_budget_limit", "GENOPS_MONTHLY_BUDGET_LIMIT", "what a month may cost",
      \.monthlyBudgetLimit
    ) { SettingText.money($0, $1, &$2) },
    SettingKey(
      "billing_answer", "GENOPS_BILLING_ANSWER",
      "the file of an answer of PostHog's GET /api/billing/: the month so far", \.billingAnswer
    ) { OpeningText.answer($0, $1, &$2) },
    SettingKey(
      "opening_usage", "GENOPS_OPENING_USAGE",
      "units of the month so far by meter, or nothing for a new account", \.openingUsage
    ) { OpeningText.usage($0, $1, &$2) },
    SettingKey(
      "opening_spent", "GENOPS_OPENING_SPENT", "what a budget has spent in its running period",
      \.openingSpent
    ) { OpeningText.spent($0, $1, &$2) },
    SettingKey(
      "enable_governance", nil, "false sends everything and still meters it", standard: "true",
      \.isGovernanceEnabled
    ) { SettingText.flag($0, $1, &$2) },
    SettingKey(
      "enable_cost_alerts", nil, "whether alerts are told", standard: "true",
      \.areCostAlertsEnabled
    ) { SettingText.flag($0, $1, &$2) },
    SettingKey(
      "governance_policy", "GENOPS_GOVERNANCE_POLICY", "advisory, enforced or strict",
      standard: "advisory", \.mode
    ) { node, _, findings in
      GovernanceMode(word: node.text ?? "", at: node.location, &findings)
    },
    SettingKey("tags", nil, "labels, some with a meaning", \.tags) {
      SettingText.tags($0, $1, &$2)
    },
    SettingKey(
      "compliance_level", "GENOPS_COMPLIANCE_LEVEL", "a mode or a set of rules",
      \.complianceLevel
    ) { SettingText.text($0, $1, &$2) },
    SettingKey(
      "audit_retention_days", "GENOPS_AUDIT_RETENTION_DAYS", "how long the audit log is kept",
      \.auditRetentionDays
    ) { SettingText.days($0, $1, &$2) },
    SettingKey("sox_auditor_email", "SOX_AUDITOR_EMAIL", "the SOX auditor", \.soxAuditorEmail) {
      SettingText.text($0, $1, &$2)
    },
    SettingKey(
      "gdpr_dpo_email", "GDPR_DPO_EMAIL", "the data protection officer", \.gdprOfficerEmail
    ) { SettingText.text($0, $1, &$2) },
    SettingKey(
      "otlp_endpoint", "OTEL_EXPORTER_OTLP_ENDPOINT", "where telemetry goes", \.otlpEndpoint
    ) { SettingText.text($0, $1, &$2) },
    SettingKey("policies", nil, "further policies by kind", \.policies) {
      SettingText.policies($0, $1, &$2)
    },
  ]
}
