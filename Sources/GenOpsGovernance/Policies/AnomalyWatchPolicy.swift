public import GenOpsUnits

/// Tells of a day that cost much more than those before it.
public struct AnomalyWatchPolicy: Policy {
  public static let name = "anomaly-watch"
  public static let summary = "Tells when a day costs more than the days before it explain."
  public static let example = #"{"days": 21, "deviations": 5}"#

  public var rule: AnomalyRule

  /// The standard rule compares with 28 days and tells from 4 deviations on.
  public init(_ rule: AnomalyRule = AnomalyRule()) { self.rule = rule }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    rule = AnomalyRule()
    var keys = MappingReader(node, "an anomaly watch", &own)
    if let days = keys.take("days") {
      rule.days = days.whole("the days looked at", in: 7...99, &own) ?? rule.days
    }
    if let deviations = keys.take("deviations") {
      rule.deviations = Double(
        deviations.whole("the deviations", in: 1...100, &own) ?? Int(rule.deviations))
    }
    keys.finish(&own)
    if own.hasErrors { return nil }
  }

  public var sideEffect: String { "alerts only" }

  public func apply(to plan: inout GovernancePlan) { plan.alerting.anomaly = rule }
}
