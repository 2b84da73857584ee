public import GenOpsUnits

/// Texts that no event may hold; see ``ContentPattern``.
public struct ContentFilterPolicy: Policy {
  public static let name = "content-filter"
  public static let summary = "Refuses an event with one of these texts in its name or properties."
  public static let example = #"{"blocked_patterns": ["password", "api*key"]}"#

  public var patterns: [ContentPattern]
  /// False does nothing.
  public var isEnabled: Bool

  /// Added to those that the plan has.
  public init(_ patterns: [ContentPattern], isEnabled: Bool = true) {
    self.patterns = patterns
    self.isEnabled = isEnabled
  }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    patterns = []
    var keys = MappingReader(node, "a content filter", &own)
    let list = keys.required("blocked_patterns", example: "blocked_patterns: [password]", &own)
    for item in list.map({ $0.sequence ?? [$0] }) ?? [] {
      if let pattern = item.text.flatMap({ ContentPattern($0) }) {
        patterns.append(pattern)
      } else {
        own.error(
          "content-pattern",
          "this is not a text to look for: \(item.text.map { "'\($0)'" } ?? item.kindName)",
          help: "write 1 to \(ContentPattern.longest) bytes, with * for any run of characters",
          at: item.location)
      }
    }
    isEnabled = keys.takeEnabled(&own)
    keys.finish(&own)
    if own.hasErrors { return nil }
  }

  public var sideEffect: String {
    isEnabled
      ? "refuses events with " + patterns.map { "'\($0.text)'" }.joined(separator: ", ")
      : "nothing: it is not enabled"
  }

  public func apply(to plan: inout GovernancePlan) {
    guard isEnabled else { return }
    plan.eventRules.blockedPatterns += patterns.filter {
      !plan.eventRules.blockedPatterns.contains($0)
    }
  }
}
