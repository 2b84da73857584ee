public import GenOpsUnits

import GenOpsMetering

/// Named sets of rules; see ``ComplianceFramework``. Several are united, the strictest wins.
public struct CompliancePolicy: Policy {
  public static let name = "compliance"
  public static let summary = "The rule sets sox, gdpr and hipaa; they block in strict mode."
  public static let example = #"["sox", "gdpr"]"#

  public var frameworks: [ComplianceFramework]

  /// Adds the rule sets to those of the plan, with what they ask of data and retention.
  public init(_ frameworks: [ComplianceFramework]) { self.frameworks = frameworks }

  /// A list, or one text with commas, as the integration guide's tag writes it: `sox,gdpr`.
  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    frameworks = []
    if node.mapping != nil {
      own.error(
        "wrong-type", "compliance is a list of rule sets, this is a mapping",
        help: "write compliance: [gdpr]", at: node.location)
    }
    let items = node.sequence ?? (node.mapping == nil ? [node] : [])
    for item in items {
      let words = (item.text ?? "").split(separator: ",").map {
        $0.filter { $0 != " " }.lowercased()
      }
      if words.isEmpty {
        own.error(
          "unknown-word", "'\(item.text ?? item.kindName)' is not a rule set",
          help: "known: sox, gdpr, hipaa", at: item.location)
      }
      for word in words {
        let node = Node(.scalar(text: word, quoted: true), at: item.location)
        if let framework = node.word(ComplianceFramework.self, "a rule set", &own),
          !frameworks.contains(framework)
        {
          frameworks.append(framework)
        }
      }
    }
    if items.isEmpty, !own.hasErrors {
      own.error(
        "unknown-word", "no rule set is named", help: "write compliance: [gdpr]", at: node.location)
    }
    if own.hasErrors { return nil }
  }

  public var sideEffect: String {
    frameworks.map { framework in
      var parts = [DataClassificationPolicy.effect(of: framework.dataRules)]
      if framework.dataRules.isEmpty { parts = [] }
      if framework.needsConsent { parts.append("strict mode refuses without known consent") }
      if !framework.requiredDimensions.isEmpty {
        parts.append(
          "strict mode refuses without \(framework.requiredDimensions.joined(separator: ", "))")
      }
      if framework.needsAudit { parts.append("strict mode starts only with a ledger") }
      return "\(framework.rawValue): \(parts.joined(separator: "; "))"
    }.joined(separator: ". ")
  }

  public func apply(to plan: inout GovernancePlan) {
    for framework in frameworks where !plan.compliance.contains(framework) {
      plan.compliance.append(framework)
      plan.privacy.data += framework.dataRules
      plan.privacy.retention = plan.privacy.retention.combined(with: framework.retention)
    }
  }
}
