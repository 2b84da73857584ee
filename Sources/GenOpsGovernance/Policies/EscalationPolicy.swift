public import GenOpsUnits

/// Who is told, and who next when nobody answers.
public struct EscalationPolicy: Policy {
  public static let name = "escalation"
  public static let summary =
    "Recipients of alerts, and how long one waits before the next is told."
  public static let example =
    #"{"levels": ["team_lead", "manager", "finance"], "after": "45 minutes"}"#

  public var levels: [String]
  /// Seconds.
  public var after: Double

  /// Recipients in the order in which they are told; `after` is in seconds.
  public init(_ levels: [String], after: Double = 1800) {
    self.levels = levels
    self.after = after
  }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    var keys = MappingReader(node, "an escalation", &own)
    let list = keys.required("levels", example: "levels: [team_lead, manager, finance]", &own)
    levels = (list?.sequence ?? list.map { [$0] } ?? []).compactMap(\.text).filter { !$0.isEmpty }
    if let list, levels.isEmpty {
      own.error(
        "escalation-levels", "this escalation names no recipient",
        help: "levels: [team_lead, manager]",
        at: list.location)
    }
    after = 1800
    if let text = keys.take("after") {
      if let seconds = text.text.flatMap({ try? Figures($0) })?.seconds, seconds > 0 {
        after = seconds
      } else {
        own.error(
          "duration", "'after' is not a span of time: '\(text.text ?? text.kindName)'",
          help: "write for example after: 30 minutes", at: text.location)
      }
    }
    keys.finish(&own)
    if own.hasErrors { return nil }
  }

  public var sideEffect: String { "alerts only, to \(levels.joined(separator: ", then "))" }

  public func apply(to plan: inout GovernancePlan) {
    plan.alerting.escalation = levels
    plan.alerting.escalateAfter = after
  }
}
