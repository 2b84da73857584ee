import GenOpsGovernance
import GenOpsUnits

/// The tags of the integration guide that do something. Those that also say what an event is or whose go out as
/// labels too; those of ``configuring`` say how the process works, and stay in it.
///
/// | tag | effect |
/// |---|---|
/// | `compliance_level` | a mode, or a set of compliance rules |
/// | `compliance_framework`, `compliance_requirements` | sets of compliance rules, joined |
/// | `compliance_required` | an error when no set of rules is named |
/// | `consent_required` | consent to `analytics` is asked for; strict mode refuses without it |
/// | `audit_trail_required` | strict mode does not start without a ledger to keep an audit log in |
/// | `data_retention_days` | how long the ledger keeps events |
/// | `alert_thresholds` | `daily:80,weekly:90,monthly:95`: when each budget alerts |
/// | `data_residency` | `us` or `eu`: the host must be there |
/// | `escalation_policy` | `team_lead,manager,finance`: who is told, one after the other |
/// | `tracing_enabled`, `otel_export` | spans of what the adapter does |
/// | `metrics_export` | `prometheus`, `grafana`, `datadog`, `otlp`, with commas between them |
/// | `alert_webhook` | where alerts are posted |
/// | `sla_level` | `premium` or `standard`: what leaves delivery's queue last or first when it is full |
/// | `cost_optimization` | `aggressive` samples always, `enabled` while traffic is high |
public enum TagMeaning {
  /// Tags that only configure. They are on no event, in no journal and on no span: an address of a webhook is
  /// a secret to many.
  public static let configuring: Set<String> = [
    "alert_thresholds", "alert_webhook", "audit_trail_required", "compliance_required",
    "consent_required", "cost_optimization", "data_retention_days", "escalation_policy",
    "metrics_export", "otel_export", "tracing_enabled",
  ]

  /// The labels among `tags`: all but those of ``configuring``, in the order of their names.
  static func labels(_ tags: [String: String]) -> [(key: String, value: String)] {
    tags.filter { !configuring.contains($0.key) }.sorted { $0.key < $1.key }
  }

  /// What the tags ask for.
  struct Effects {
    var mode: GovernanceMode?
    var frameworks: [ComplianceFramework] = []
    var thresholds: [BudgetPeriod: [Int]] = [:]
    var residency: String?
    var needsConsent = false
    var needsAudit = false
    var retentionDays: Int?
    var optimization: String?
    var isTracingEnabled: Bool?
    var metricsExport: [String] = []
  }

  /// Reads them, with findings for values that mean nothing.
  static func effects(_ tags: [String: String], _ findings: inout Findings) -> Effects {
    var effects = Effects()
    if let word = tags["compliance_level"] { level(word, &effects, &findings) }
    for key in ["compliance_framework", "compliance_requirements"] {
      for word in words(tags[key]) {
        if let framework = framework(word, key, &findings) { effects.add(framework) }
      }
    }
    if let required = tags["compliance_required"] {
      if flag(required, "compliance_required", &findings) == true, effects.frameworks.isEmpty {
        findings.error(
          "compliance-missing", "compliance is required and no set of rules is named",
          help: "add the tag compliance_framework: gdpr, sox or hipaa")
      }
    }
    if let text = tags["consent_required"] {
      effects.needsConsent = flag(text, "consent_required", &findings) == true
    }
    if let text = tags["audit_trail_required"] {
      effects.needsAudit = flag(text, "audit_trail_required", &findings) == true
    }
    if let text = tags["data_retention_days"] {
      if let days = (try? Figures(text)).flatMap(SettingText.days) {
        effects.retentionDays = days
      } else {
        findings.error(
          "setting-days", "the tag data_retention_days is not a number of days: '\(text)'",
          help: "write for example 1095")
      }
    }
    for part in words(tags["alert_thresholds"]) { threshold(part, &effects, &findings) }
    if let region = tags["data_residency"]?.lowercased() {
      if ["us", "eu"].contains(region) {
        effects.residency = region
      } else {
        findings.error(
          "data-residency", "PostHog keeps no data in '\(region)'", help: "write us or eu")
      }
    }
    if let word = tags["cost_optimization"]?.lowercased() {
      if ["enabled", "aggressive", "disabled"].contains(word) {
        effects.optimization = word
      } else {
        findings.error(
          "cost-optimization", "cost_optimization is '\(word)'",
          help: "write enabled, aggressive or disabled")
      }
    }
    if let word = tags[ServiceLevel.tag], ServiceLevel(rawValue: word.lowercased()) == nil {
      findings.error(
        "sla-level", "sla_level is '\(word)'", help: "write premium or standard")
    }
    for key in ["tracing_enabled", "otel_export"] {
      if let text = tags[key], let isOn = flag(text, key, &findings) {
        effects.isTracingEnabled = isOn || effects.isTracingEnabled == true
      }
    }
    let exporters = ["prometheus", "grafana", "datadog", "otlp"]
    for word in words(tags["metrics_export"]) {
      if exporters.contains(word.lowercased()) {
        effects.metricsExport.append(word.lowercased())
      } else {
        findings.error(
          "metrics-export", "there is no exporter '\(word)'",
          help: "known: \(exporters.joined(separator: ", "))")
      }
    }
    return effects
  }

  /// `compliance_level` names a mode or a set of rules.
  static func level(_ word: String, _ effects: inout Effects, _ findings: inout Findings) {
    if let framework = ComplianceFramework(rawValue: word.lowercased()) {
      effects.add(framework)
    } else {
      effects.mode = GovernanceMode(word: word, &findings)
    }
  }

  private static func framework(_ word: String, _ key: String, _ findings: inout Findings)
    -> ComplianceFramework?
  {
    if let framework = ComplianceFramework(rawValue: word.lowercased()) { return framework }
    let names = ComplianceFramework.allCases.map(\.rawValue)
    findings.error(
      "compliance-framework", "\(key) names no set of rules that there is: '\(word)'",
      help: nearestName(to: word, among: names).map { "did you mean '\($0)'?" }
        ?? "known: \(names.joined(separator: ", "))")
    return nil
  }

  /// `daily:80`.
  private static func threshold(
    _ text: String, _ effects: inout Effects, _ findings: inout Findings
  ) {
    let periods: [String: BudgetPeriod] = ["daily": .day, "weekly": .week, "monthly": .month]
    let parts = text.split(separator: ":").map { String($0).trimmed }
    if parts.count == 2, let period = periods[parts[0]],
      let percent = (try? Figures(parts[1]))?.whole(in: "%"), (1...1000).contains(percent)
    {
      effects.thresholds[period, default: []].append(percent)
      effects.thresholds[period]?.sort()
    } else {
      findings.error(
        "alert-thresholds", "'\(text)' is not an alert threshold",
        help: "write for example daily:80,weekly:90,monthly:95")
    }
  }

  private static func flag(_ text: String, _ key: String, _ findings: inout Findings) -> Bool? {
    if let flag = SettingText.flag(text) { return flag }
    findings.error(
      "setting-flag", "the tag \(key) is neither true nor false: '\(text)'",
      help: "write 'true' or 'false'")
    return nil
  }

  static func words(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}

extension TagMeaning.Effects {
  mutating func add(_ framework: ComplianceFramework) {
    if !frameworks.contains(framework) { frameworks.append(framework) }
  }
}
