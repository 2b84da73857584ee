public import GenOpsCosting
public import GenOpsGovernance
public import GenOpsMetering
public import GenOpsUnits

import Foundation

/// The settings that hold, from all layers and the integration guide's defaults.
public struct AdapterSettings: Sendable {
  /// Nil when none is set: then nothing can be sent to PostHog.
  public var apiKey: Secret?
  public var host: PostHogHost
  public var attribution: Attribution
  public var dailyBudgetLimit: Money
  public var weeklyBudgetLimit: Money?
  public var monthlyBudgetLimit: Money?
  /// Units since the billing period began, by meter; empty when not told.
  public var openingUsage: [Meter: Int64]
  /// What usage has cost in the running period of a budget, by the budget's name.
  public var openingSpent: [String: Money]
  /// PostHog's own count of the running billing period.
  public var billingAnswer: BillingUsage?
  /// Where data must stay, by the tag `data_residency`.
  public var residency: Residency?
  public var isGovernanceEnabled: Bool
  public var areCostAlertsEnabled: Bool
  public var mode: GovernanceMode
  public var tags: [String: String]
  public var frameworks: [ComplianceFramework]
  public var auditRetentionDays: Int?
  /// How long the ledger keeps events; nil keeps them for good.
  public var dataRetentionDays: Int?
  /// Whether consent is asked for beyond what the sets of rules do.
  public var needsConsent: Bool
  /// Whether an audit log is asked for beyond what the sets of rules do.
  public var needsAudit: Bool
  public var soxAuditorEmail: String?
  public var gdprOfficerEmail: String?
  public var otlpEndpoint: String?
  public var policies: [any Policy]
  /// When the budgets of a period alert, where the tags say it.
  public var alertPercents: [BudgetPeriod: [Int]]
  /// Recipients of alerts, the first one first.
  public var escalation: [String]
  /// `enabled`, `aggressive`, `disabled`, or nil.
  public var costOptimization: String?
  /// Whether spans are made; nil when not set.
  public var isTracingEnabled: Bool?
  /// Where metrics go: `prometheus`, `grafana`, `datadog`, `otlp`.
  public var metricsExport: [String]
  /// Where alerts are posted.
  public var alertWebhook: String?
  /// Everything wrong or odd in the layers.
  public var findings: Findings

  /// Joins layers, the first before the second and so on, with the guide's defaults below them.
  /// `standardTeam` is the guide's `default`, or `auto-instrumented` for ``GenOps``.
  public init(
    _ layers: [SettingsLayer], findings: Findings = Findings(), standardTeam: String = "default"
  ) {
    let said = layers.reduce(SettingsLayer()) { $0.filling(from: $1) }
    var findings = findings
    var effects = TagMeaning.effects(said.tags ?? [:], &findings)
    if let level = said.complianceLevel { TagMeaning.level(level, &effects, &findings) }
    apiKey = said.apiKey
    host = said.host ?? .us
    attribution = Attribution(
      team: said.team ?? standardTeam, project: said.project ?? "default",
      environment: said.environment ?? "production", customer: said.customerID,
      costCenter: said.costCenter)
    dailyBudgetLimit = said.dailyBudgetLimit ?? Money(units: 1000)
    weeklyBudgetLimit = said.weeklyBudgetLimit
    monthlyBudgetLimit = said.monthlyBudgetLimit
    openingUsage = said.openingUsage ?? [:]
    openingSpent = said.openingSpent ?? [:]
    billingAnswer = said.billingAnswer
    residency = effects.residency.flatMap { Residency.Region(rawValue: $0) }.map { Residency($0) }
    isGovernanceEnabled = said.isGovernanceEnabled ?? true
    areCostAlertsEnabled = said.areCostAlertsEnabled ?? true
    mode = said.mode ?? effects.mode ?? .advisory
    tags = said.tags ?? [:]
    frameworks = effects.frameworks
    auditRetentionDays = said.auditRetentionDays
    dataRetentionDays = effects.retentionDays
    needsConsent = effects.needsConsent
    needsAudit = effects.needsAudit
    soxAuditorEmail = said.soxAuditorEmail
    gdprOfficerEmail = said.gdprOfficerEmail
    otlpEndpoint = said.otlpEndpoint
    policies = said.policies ?? []
    alertPercents = effects.thresholds
    costOptimization = effects.optimization
    isTracingEnabled = effects.isTracingEnabled
    metricsExport = effects.metricsExport
    alertWebhook = said.tags?["alert_webhook"]
    escalation = TagMeaning.words(said.tags?["escalation_policy"])
    self.findings = findings
    checkResidency(effects.residency)
    AttributionCheck.check(attribution, team: said.team, project: said.project, &self.findings)
  }

  /// Reads all layers: arguments before the environment, the environment before the file.
  ///
  /// - Parameters:
  ///   - arguments: What the program says itself.
  ///   - environment: The process's by default.
  ///   - file: JSON with the names of ``SettingKey``, or lines `NAME=value`.
  ///   - otherVariables: Variables of the environment that look like settings and are not.
  ///   - standardTeam: The team where none is said.
  /// - Returns: The settings, with everything that is wrong in their findings.
  public static func read(
    _ arguments: SettingsLayer = SettingsLayer(), environment: [String: String]? = nil,
    file: String? = nil, otherVariables: Set<String> = [], standardTeam: String = "default"
  ) -> AdapterSettings {
    var findings = Findings()
    var layers = [
      arguments,
      SettingsLayer(
        environment: environment ?? ProcessInfo.processInfo.environment, others: otherVariables,
        &findings),
    ]
    if let file { layers.append(SettingsLayer(path: file, &findings)) }
    return AdapterSettings(layers, findings: findings, standardTeam: standardTeam)
  }

  private mutating func checkResidency(_ region: String?) {
    guard let region, let actual = host.region, actual != region else { return }
    findings.error(
      "data-residency", "data must stay in '\(region)' and \(host) is in '\(actual)'",
      help: "set POSTHOG_HOST to https://\(region).posthog.com")
  }

  /// The budgets that the limits stand for. A threshold for the week without a weekly limit makes
  /// a soft budget of seven days, which alerts and never refuses.
  public func budgets(currency: String) -> [Budget] {
    func budget(_ name: String, _ limit: Money, _ period: BudgetPeriod, isHard: Bool = true)
      -> Budget
    {
      Budget(
        name: name, limit: limit, currency: currency, period: period, isHard: isHard,
        alertPercents: alertPercents[period] ?? Budget.defaultAlertPercents)
    }
    var budgets = [budget("daily", dailyBudgetLimit, .day)]
    if let weeklyBudgetLimit {
      budgets.append(budget("weekly", weeklyBudgetLimit, .week))
    } else if alertPercents[.week] != nil {
      let (week, overflow) = dailyBudgetLimit.nanos.multipliedReportingOverflow(by: 7)
      budgets.append(
        budget("weekly", Money(nanos: overflow ? .max : week), .week, isHard: false))
    }
    if let monthlyBudgetLimit { budgets.append(budget("monthly", monthlyBudgetLimit, .month)) }
    return budgets
  }

  /// What an adapter is made of.
  ///
  /// - Parameters:
  ///   - calculator: The price book.
  ///   - opening: Usage of the month so far; nil is what the settings say of it.
  ///   - classifier: What events are sorted into; nil is the standard one, and classes of policies that it does not
  ///     have are a warning, because the application may still put another in its place.
  ///   - now: Says whether a billing answer is of the running period.
  /// - Returns: The configuration; an application adds what settings cannot say, such as a ledger.
  /// - Throws: Every error in ``findings``, and of the policies and the opening together.
  public func configuration(
    calculator: CostCalculator = CostCalculator(), opening: OpeningBalance? = nil,
    classifier: EventClassifier? = nil, at now: Timestamp = SystemClock().now()
  ) throws(FindingsError) -> AdapterConfiguration {
    var findings = findings
    var plan = GovernancePlan(
      mode: mode, budgets: budgets(currency: calculator.book.currency), compliance: frameworks)
    plan.alerting.escalation = escalation
    switch costOptimization {
    case "aggressive": plan.sampling = TrafficSampling.guideRates
    case "enabled": plan.trafficSampling = TrafficSampling()
    default: break
    }
    if needsConsent { plan.privacy.consent = ConsentRule(purpose: "analytics") }
    plan.privacy.retention.events = dataRetentionDays.map { RetentionSpan($0, .days) }
    plan.privacy.retention.audit = auditRetentionDays.map { RetentionSpan($0, .days) }
    plan.privacy.residency = residency
    for policy in policies { policy.apply(to: &plan) }
    plan.validate(&findings, budgetsAt: BudgetPolicy.locations(policies))
    var remarks = Findings()
    let told = self.opening(of: plan, at: now, &remarks)
    var unknown = Findings()
    GovernancePlan.checkClasses(of: policies, among: classifier ?? .standard, &unknown)
    for finding in unknown.all {
      if classifier != nil {
        findings.add(finding)
      } else {
        remarks.warning(
          finding.code, finding.message, help: finding.help, at: finding.location)
      }
    }
    findings.merge(remarks)
    try findings.throwIfErrors()
    var configuration = AdapterConfiguration(
      attribution: attribution, tags: tags, plan: plan, calculator: calculator,
      opening: opening ?? told, isGovernanceEnabled: isGovernanceEnabled,
      areCostAlertsEnabled: areCostAlertsEnabled)
    if let classifier { configuration.classifier = classifier }
    if let billingAnswer { configuration.billingAnchorDay = billingAnswer.anchorDay }
    configuration.remarks = remarks
    configuration.host = host
    configuration.needsAudit = needsAudit
    if isTracingEnabled == true {
      // Where consent matters, a distinct id is nothing for a trace.
      configuration.tracing = AdapterTracing(
        showsDistinctIDs: !frameworks.contains(where: \.needsConsent))
    }
    return configuration
  }
}
