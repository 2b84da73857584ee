import Foundation
import GenOpsGovernance
import GenOpsMetering
import GenOpsUnits
import Testing

@testable import GenOpsPostHog

@Suite("Settings")
struct SettingsTests {
  private func codes(_ settings: AdapterSettings) -> [String] {
    settings.findings.all.filter { $0.severity != .note }.map(\.code)
  }

  @Test("Without any setting the integration guide's defaults hold")
  func defaults() {
    let settings = AdapterSettings.read(environment: [:])
    #expect(settings.apiKey == nil && settings.host == .us)
    #expect(
      settings.attribution
        == Attribution(team: "default", project: "default", environment: "production"))
    #expect(settings.dailyBudgetLimit == Money(units: 1000))
    #expect(settings.weeklyBudgetLimit == nil && settings.monthlyBudgetLimit == nil)
    #expect(settings.isGovernanceEnabled && settings.areCostAlertsEnabled)
    #expect(settings.mode == .advisory && settings.tags.isEmpty)
    #expect(codes(settings) == ["team-missing", "project-missing"])
  }

  @Test("Every variable of the guide is read")
  func environment() {
    let settings = AdapterSettings.read(environment: [
      "POSTHOG_API_KEY": "phc_secret", "POSTHOG_HOST": "https://eu.posthog.com",
      "GENOPS_TEAM": "k8s-analytics", "GENOPS_PROJECT": "microservices",
      "GENOPS_ENVIRONMENT": "staging", "GENOPS_COST_CENTER": "platform",
      "GENOPS_DAILY_BUDGET_LIMIT": "200.0", "GENOPS_WEEKLY_BUDGET_LIMIT": "900",
      "GENOPS_MONTHLY_BUDGET_LIMIT": "3000", "GENOPS_GOVERNANCE_POLICY": "enforced",
      "GENOPS_COMPLIANCE_LEVEL": "sox", "GENOPS_AUDIT_RETENTION_DAYS": "2555",
      "SOX_AUDITOR_EMAIL": "a@example.com", "GDPR_DPO_EMAIL": "d@example.com",
      "OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "PATH": "somewhere",
    ])
    #expect(codes(settings).isEmpty)
    #expect(settings.apiKey?.revealed == "phc_secret" && settings.host == .eu)
    #expect(
      settings.attribution
        == Attribution(
          team: "k8s-analytics", project: "microservices", environment: "staging",
          costCenter: "platform"))
    #expect(settings.mode == .enforced && settings.frameworks == [.sox])
    #expect(
      settings.budgets(currency: "USD").map { "\($0.name) \($0.limit)" } == [
        "daily 200.00", "weekly 900.00", "monthly 3000.00",
      ])
    #expect(settings.auditRetentionDays == 2555)
    #expect(settings.soxAuditorEmail == "a@example.com")
    #expect(settings.gdprOfficerEmail == "d@example.com")
    #expect(settings.otlpEndpoint == "http://localhost:4318")
  }

  @Test("An argument wins over the environment, the environment over the file")
  func precedence() throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("genops-settings-\(UInt64.random(in: 0 ... .max)).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(
      #"{"team": "file", "project": "file", "environment": "test", "tags": {"a": "1", "b": "1"}}"#
        .utf8
    ).write(to: file)
    var arguments = SettingsLayer()
    arguments.team = "argument"
    arguments.tags = ["b": "2"]
    let settings = AdapterSettings.read(
      arguments, environment: ["GENOPS_TEAM": "variable", "GENOPS_PROJECT": "variable"],
      file: file.path)
    #expect(
      settings.attribution
        == Attribution(team: "argument", project: "variable", environment: "test"))
    #expect(settings.tags == ["a": "1", "b": "2"])
  }

  @Test("A misspelt name is an error that says which was meant")
  func unknown() throws {
    var findings = Findings()
    _ = SettingsLayer(
      environment: ["GENOPS_TEEM": "x", "GENOPS_TEST_LONG": "1", "GENOPS_DAILY_BUDGET": "5"],
      &findings)
    #expect(
      findings.all.map(\.help)
        == ["did you mean 'GENOPS_DAILY_BUDGET_LIMIT'?", "did you mean 'GENOPS_TEAM'?"])
    findings = Findings()
    let node = try JSONParser.parse(Array(#"{"daily_budget_limt": 5}"#.utf8), file: "s.json")
    _ = SettingsLayer(node, &findings)
    #expect(findings.all.map(\.help) == ["did you mean 'daily_budget_limit'?"])
    #expect(findings.all.first?.location?.description == "s.json:1:2")
  }

  @Test("A file may have lines as the shell has them")
  func lines() {
    var findings = Findings()
    let layer = SettingsLayer(
      lines: """
        # production
        export GENOPS_TEAM="growth"
        GENOPS_DAILY_BUDGET_LIMIT='12.50'

        nonsense
        GENOPS_PROJCT=x
        """, file: ".env", &findings)
    #expect(layer.team == "growth" && layer.dailyBudgetLimit == Money(nanos: 12_500_000_000))
    #expect(
      findings.all.map { "\($0.location?.line ?? 0) \($0.code)" } == [
        "5 settings-line", "6 unknown-setting",
      ])
  }

  @Test("All wrong values are told at once, and no key is shown")
  func wrong() {
    let settings = AdapterSettings.read(environment: [
      "POSTHOG_API_KEY": "phx_personal", "POSTHOG_HOST": "ftp://x",
      "GENOPS_DAILY_BUDGET_LIMIT": "-5", "GENOPS_GOVERNANCE_POLICY": "enforcd",
      "GENOPS_AUDIT_RETENTION_DAYS": "soon", "GENOPS_TEAM": "Growth Team",
    ])
    #expect(
      Set(codes(settings)) == [
        "api-key-personal", "posthog-host", "setting-money", "unknown-mode", "setting-days",
        "attribution-name", "project-missing",
      ])
    #expect(!"\(settings)".contains("phx_personal"))
    #expect(throws: FindingsError.self) { try settings.configuration() }
  }

  @Test("A limit of 0 blocks everything billable, and free events pass")
  func zero() throws {
    let settings = AdapterSettings.read(environment: [
      "POSTHOG_API_KEY": "phc_x", "GENOPS_DAILY_BUDGET_LIMIT": "0",
      "GENOPS_GOVERNANCE_POLICY": "enforced",
    ])
    let adapter = try PostHogAdapter(
      settings, transport: CountingTransport(), opening: .nothing)
    #expect(!adapter.capture("search").wasSent)
    #expect(adapter.capture("$feature_flag_called").wasSent)
  }

  @Test("Tags with a meaning act, and go out as labels")
  func tags() throws {
    var layer = SettingsLayer()
    layer.apiKey = Secret("phc_x")
    layer.tags = [
      "compliance_level": "regulated", "compliance_requirements": "sox, gdpr",
      "alert_thresholds": "daily:80,weekly:90,monthly:95", "data_residency": "eu",
      "platform": "ios",
    ]
    layer.host = .us
    let settings = AdapterSettings([layer])
    #expect(settings.mode == .strict && settings.frameworks == [.sox, .gdpr])
    #expect(codes(settings).contains("data-residency"))
    let budgets = settings.budgets(currency: "USD")
    try #require(budgets.map(\.alertPercents) == [[80], [90]])
    // The week without a limit alerts and never refuses.
    #expect(budgets[1].limit == Money(units: 7000) && !budgets[1].isHard)
    layer.monthlyBudgetLimit = Money(units: 10_000)
    #expect(
      AdapterSettings([layer]).budgets(currency: "USD").map { "\($0.name) \($0.alertPercents)" }
        == ["daily [80]", "weekly [90]", "monthly [95]"])
    layer.host = .eu
    let fixed = AdapterSettings([layer])
    #expect(!fixed.findings.hasErrors)
    #expect(try fixed.configuration().tags["platform"] == "ios")
  }

  @Test("The guide's two ways of saving and its telemetry switches act")
  func switches() throws {
    var layer = SettingsLayer()
    layer.apiKey = Secret("phc_x")
    func configuration(_ tags: [String: String]) throws -> AdapterConfiguration {
      layer.tags = tags
      return try AdapterSettings([layer]).configuration()
    }
    let aggressive = try configuration(["cost_optimization": "aggressive"]).plan
    #expect(aggressive.sampling == TrafficSampling.guideRates && aggressive.trafficSampling == nil)
    let enabled = try configuration(["cost_optimization": "enabled"]).plan
    #expect(enabled.trafficSampling == TrafficSampling() && enabled.sampling == .everything)
    let disabled = try configuration(["cost_optimization": "disabled"]).plan
    #expect(disabled.trafficSampling == nil && disabled.sampling == .everything)
    for (tags, isTraced) in [
      ([:], false), (["otel_export": "enabled"], true), (["tracing_enabled": "true"], true),
      (["tracing_enabled": "false"], false), (["otel_export": "disabled"], false),
    ] { #expect(try (configuration(tags).tracing != nil) == isTraced, "\(tags)") }
    let escalation = try configuration(["escalation_policy": "team_lead,manager,finance"])
    #expect(escalation.plan.alerting.escalation == ["team_lead", "manager", "finance"])
    #expect(try configuration(["compliance_level": "sox"]).plan.compliance == [.sox])
    #expect(try configuration(["compliance_level": "sox"]).plan.mode == .advisory)
  }

  @Test("An audit log that is asked for must have a place in strict mode")
  func audit() throws {
    var layer = SettingsLayer()
    layer.apiKey = Secret("phc_x")
    layer.tags = ["audit_trail_required": "true"]
    func start(_ mode: GovernanceMode) throws {
      layer.mode = mode
      _ = try PostHogAdapter(
        AdapterSettings([layer]), transport: CountingTransport(), opening: .nothing)
    }
    let error = #expect(throws: FindingsError.self) { try start(.strict) }
    #expect(error?.findings.all.map(\.code) == ["audit-without-ledger"])
    try start(.enforced)
    layer.tags = ["audit_trail_required": "false"]
    try start(.strict)
  }

  @Test(
    "Odd names of environment and feature are told",
    arguments: [
      ("production", []), ("production-primary", []), ("local", []), ("qa", ["environment-name"]),
      ("productionx", ["environment-name"]),
    ] as [(String, [String])])
  func names(_ environment: String, _ expected: [String]) {
    var findings = Findings()
    AttributionCheck.check(
      Attribution(team: "a", project: "b", environment: environment), team: "a", project: "b",
      &findings)
    #expect(findings.all.map(\.code) == expected)
    for (feature, isOdd) in [("x", true), ("xy", false), (String(repeating: "x", count: 51), true)]
    {
      var odd = Findings()
      AttributionCheck.check(
        Attribution(team: "a", project: "b", feature: feature), team: "a", project: "b", &odd)
      #expect(odd.all.map(\.code) == (isOdd ? ["feature-name"] : []))
    }
  }

  @Test("Tags of consent and retention become rules, no shorter than a framework asks for")
  func privacyTags() throws {
    var layer = SettingsLayer()
    layer.apiKey = Secret("phc_x")
    layer.mode = .strict
    layer.auditRetentionDays = 2555
    layer.tags = [
      "compliance_framework": "gdpr", "consent_required": "true", "data_retention_days": "1095",
    ]
    let plan = try AdapterSettings([layer]).configuration().plan
    #expect(plan.privacy.consent?.purpose == "analytics" && plan.needsConsent)
    #expect(plan.privacy.retention.events == RetentionSpan(1095, .days))
    #expect(plan.auditRetention == RetentionSpan(2555, .days))
    let adapter = try PostHogAdapter(
      AdapterSettings([layer]), transport: CountingTransport(), opening: .nothing)
    #expect(adapter.capture("search").outcome == .refused(Refusal(.consentUnknown)))
    #expect(adapter.capture("search", consent: true).wasSent)
    layer.tags = ["compliance_framework": "sox"]
    // Seven calendar years have up to 2557 days.
    #expect(
      try AdapterSettings([layer]).configuration().plan.auditRetention == RetentionSpan(7, .years))
    layer.tags = ["data_retention_days": "soon", "consent_required": "perhaps"]
    #expect(
      AdapterSettings([layer]).findings.all.filter { $0.severity == .error }.map(\.code) == [
        "setting-flag", "setting-days",
      ])
  }

  @Test("A tag whose value means nothing is an error, not silence")
  func wrongTags() {
    var layer = SettingsLayer()
    layer.tags = [
      "compliance_framework": "gdrp", "compliance_required": "true", "alert_thresholds": "often",
      "data_residency": "mars", "cost_optimization": "extreme", "compliance_level": "sloppy",
    ]
    #expect(
      Set(AdapterSettings([layer]).findings.all.filter { $0.severity == .error }.map(\.code)) == [
        "compliance-framework", "compliance-missing", "alert-thresholds", "data-residency",
        "cost-optimization", "unknown-mode",
      ])
  }

  @Test("An adapter from the environment needs a key")
  func key() throws {
    #expect(throws: FindingsError.self) {
      try PostHogAdapter.fromEnvironment(transport: CountingTransport(), environment: [:])
    }
    let adapter = try PostHogAdapter.fromEnvironment(
      transport: CountingTransport(),
      environment: ["POSTHOG_API_KEY": "phc_x", "GENOPS_TEAM": "growth"])
    #expect(adapter.attribution.team == "growth")
  }

  @Test("The page on settings has a row for every one, with its default")
  func page() throws {
    let page = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("docs/settings.md"), encoding: .utf8)
    for key in SettingKey.all {
      let variable = key.variable.map { "`\($0)`" } ?? ""
      let row = page.split(separator: "\n").first { $0.hasPrefix("| `\(key.name)` | \(variable)") }
      #expect(row != nil, "docs/settings.md has no row for \(key.name)")
    }
    #expect(SettingKey.all.count { $0.variable != nil } == 18)
  }
}
