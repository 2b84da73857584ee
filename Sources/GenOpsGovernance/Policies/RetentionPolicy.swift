public import GenOpsUnits

/// How long the ledger keeps what it holds; see ``RetentionRules``.
public struct RetentionPolicy: Policy {
  public static let name = "retention"
  public static let summary = "How long the ledger keeps events, usage sums and the audit log."
  public static let example =
    #"{"events": "30 days", "usage": "3 years", "audit": "7 years"}"#

  public var rules: RetentionRules

  /// Combined with the spans that the plan has.
  public init(_ rules: RetentionRules) { self.rules = rules }

  /// A bare span is for events.
  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    rules = RetentionRules()
    if node.text != nil {
      rules.events = RetentionPolicy.span(node, "retention", &own)
    } else {
      var keys = MappingReader(node, "retention", &own)
      if let span = keys.take("events") {
        rules.events = RetentionPolicy.span(span, "events", &own)
      }
      if let span = keys.take("usage") { rules.usage = RetentionPolicy.span(span, "usage", &own) }
      if let span = keys.take("audit") { rules.audit = RetentionPolicy.span(span, "audit", &own) }
      keys.finish(&own)
      if rules == RetentionRules(), !own.hasErrors {
        own.error(
          "retention", "retention names nothing", help: "add: events: 30 days", at: node.location)
      }
    }
    if own.hasErrors { return nil }
  }

  private static func span(_ node: Node, _ what: String, _ findings: inout Findings)
    -> RetentionSpan?
  {
    if let span = node.text.flatMap({ RetentionSpan($0) }) { return span }
    findings.error(
      "retention", "'\(what)' is not a span of time: '\(node.text ?? node.kindName)'",
      help: "write for example 30 days, 6 months or 7 years", at: node.location)
    return nil
  }

  public var sideEffect: String {
    let parts = [("events", rules.events), ("usage", rules.usage), ("the audit log", rules.audit)]
      .compactMap { what, span in span.map { "\(what) after \($0)" } }
    return "deletes \(parts.joined(separator: ", ")); what is deleted cannot be replayed"
  }

  public func apply(to plan: inout GovernancePlan) {
    plan.privacy.retention = plan.privacy.retention.combined(with: rules)
  }
}
