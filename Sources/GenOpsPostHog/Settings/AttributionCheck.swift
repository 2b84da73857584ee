import GenOpsMetering
import GenOpsUnits

/// What is odd about an attribution. Only warnings: costs are still counted, under odd names.
///
/// Source of the rules: the GenOps core's default attribute rules (team and project in kebab-case,
/// environments by name, features of 2 to 50 characters).
enum AttributionCheck {
  static let environments = ["production", "staging", "development", "test", "local"]

  /// `team` and `project` are what the user said, nil when the defaults stand in.
  static func check(
    _ attribution: Attribution, team: String?, project: String?, _ findings: inout Findings
  ) {
    if team == nil {
      findings.warning(
        "team-missing", "no team is set; costs go to '\(attribution.team ?? "default")'",
        help: "export GENOPS_TEAM=growth")
    }
    if project == nil {
      findings.warning(
        "project-missing", "no project is set; costs go to '\(attribution.project ?? "default")'",
        help: "export GENOPS_PROJECT=shop")
    }
    for (name, value) in [("team", team), ("project", project)] {
      if let value, !isKebab(value) {
        findings.warning(
          "attribution-name", "the \(name) '\(value)' is not in kebab-case",
          help: "write it like growth-team, so that one team has one name")
      }
    }
    if let environment = attribution.environment, !isEnvironment(environment) {
      findings.warning(
        "environment-name", "the environment '\(environment)' is not a usual one",
        help: "usual: \(environments.joined(separator: ", ")), with a suffix if you like")
    }
    if let feature = attribution.feature, !(2...50).contains(feature.count) {
      findings.warning(
        "feature-name", "the feature '\(feature)' is not 2 to 50 characters long")
    }
  }

  /// `production` or `production-primary`.
  private static func isEnvironment(_ text: String) -> Bool {
    environments.contains { text == $0 || text.hasPrefix($0 + "-") }
  }

  private static func isKebab(_ text: String) -> Bool {
    !text.hasPrefix("-") && !text.hasSuffix("-") && !text.contains("--")
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }
}
