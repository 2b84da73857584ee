public import GenOpsUnits

/// The kinds of policy a file can name.
public enum PolicyKinds {
  public static let all = Registry<any Policy.Type>(
    "policy",
    [
      entry(BudgetPolicy.self),
      entry(SamplingPolicy.self),
      entry(RequiredAttributionPolicy.self),
      entry(PostHogLimitPolicy.self),
      entry(AlertsPolicy.self),
      entry(EscalationPolicy.self),
      entry(GrowthWatchPolicy.self),
      entry(AnomalyWatchPolicy.self),
      entry(TrafficSamplingPolicy.self),
      entry(ModesPolicy.self),
      entry(DataClassificationPolicy.self),
      entry(ConsentPolicy.self),
      entry(RetentionPolicy.self),
      entry(ResidencyPolicy.self),
      entry(CompliancePolicy.self),
      entry(CostLimitPolicy.self),
      entry(RateLimitPolicy.self),
      entry(ContentFilterPolicy.self),
      entry(TeamAccessPolicy.self),
    ])

  private static func entry(_ kind: any Policy.Type) -> Registry<any Policy.Type>.Entry {
    .init(name: kind.name, summary: kind.summary, kind: kind)
  }

  /// Reads the policy called `name` (`_` stands for `-`, as scenario keys are written) from `node`.
  public static func decode(
    _ name: String, _ node: Node, at location: SourceLocation?, _ findings: inout Findings
  ) -> (any Policy)? {
    let kebab = String(name.map { $0 == "_" ? "-" : $0 })
    return all.find(kebab, at: location, &findings)?.init(node, &findings)
  }
}
