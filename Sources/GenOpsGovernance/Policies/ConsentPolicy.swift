public import GenOpsUnits

/// Consent before sending; see ``ConsentRule``.
public struct ConsentPolicy: Policy {
  public static let name = "consent"
  public static let summary =
    "Sends only what people agreed to; strict mode refuses without known consent."
  public static let example = #"{"purpose": "analytics", "exempt": ["$exception", "purchase*"]}"#

  public var rule: ConsentRule

  /// Takes the place of a rule that the plan has.
  public init(_ rule: ConsentRule) { self.rule = rule }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    var keys = MappingReader(node, "a consent rule", &own)
    let purpose = keys.required("purpose", example: "purpose: analytics", &own)
    let exempt = keys.take("exempt").map { ($0.sequence ?? [$0]).compactMap(\.text) } ?? []
    keys.finish(&own)
    guard let text = purpose?.text, !text.isEmpty, !own.hasErrors else {
      if !own.hasErrors {
        own.error(
          "consent-purpose", "a consent rule needs the name of a purpose",
          help: "write purpose: analytics", at: node.location)
      }
      return nil
    }
    rule = ConsentRule(purpose: text, exempt: exempt)
  }

  public var sideEffect: String {
    "strict mode refuses events of people not known to agree to \(rule.purpose); "
      + "who refuses is missing in every count"
  }

  public func apply(to plan: inout GovernancePlan) { plan.privacy.consent = rule }
}
