import GenOpsGovernance
import GenOpsUnits

/// Reads the texts of settings; each says what would be right.
enum SettingText {
  static func text(_ node: Node, _ name: String, _ findings: inout Findings) -> String? {
    if let text = node.text?.trimmed, !text.isEmpty { return text }
    findings.error(
      "setting-text", "\(name) is empty", help: "give it a value or leave it out",
      at: node.location)
    return nil
  }

  /// A project key. Its value is in no message.
  static func key(_ node: Node, _ name: String, _ findings: inout Findings) -> Secret? {
    guard let text = text(node, name, &findings) else { return nil }
    if text.hasPrefix("phx_") {
      findings.error(
        "api-key-personal", "\(name) is a personal key (phx_…), which must not send events",
        help: "use the project's key, phc_…, from PostHog > Settings > Project", at: node.location)
    } else if !text.hasPrefix("phc_") {
      findings.warning(
        "api-key-format", "\(name) does not begin with phc_ as PostHog's project keys do",
        help: "check that it is the project's key", at: node.location)
    }
    return Secret(text)
  }

  static func host(_ node: Node, _ name: String, _ findings: inout Findings) -> PostHogHost? {
    do throws(FindingsError) { return try PostHogHost(node.text ?? "") } catch {
      for finding in error.findings.all {
        findings.error(
          finding.code, "\(name): \(finding.message)", help: finding.help, at: node.location)
      }
      return nil
    }
  }

  /// A limit of a budget whose period the name says.
  static func money(_ node: Node, _ name: String, _ findings: inout Findings) -> Money? {
    Figures.one(
      node.text, "setting-money",
      "\(name) is not an amount from 0 to 9 billion with up to nine decimals: "
        + "'\(node.text ?? node.kindName)'",
      help: "write for example 200.00; 0 blocks everything billable", at: node.location, &findings
    ) { figures in
      figures.number().flatMap { try? Money($0) }.flatMap { $0 >= .zero ? $0 : nil }
    }
  }

  /// As people write booleans in environments.
  static func flag(_ node: Node, _ name: String, _ findings: inout Findings) -> Bool? {
    if let flag = flag(node.text ?? "") { return flag }
    findings.error(
      "setting-flag", "\(name) is neither true nor false: '\(node.text ?? node.kindName)'",
      help: "write true or false", at: node.location)
    return nil
  }

  static func flag(_ text: String) -> Bool? {
    switch text.trimmed.lowercased() {
    case "true", "1", "yes", "on", "enabled": true
    case "false", "0", "no", "off", "disabled": false
    default: nil
    }
  }

  static func days(_ node: Node, _ name: String, _ findings: inout Findings) -> Int? {
    Figures.one(
      node.text, "setting-days",
      "\(name) is not a number of days: '\(node.text ?? node.kindName)'",
      help: "write for example 2555", at: node.location, &findings, days)
  }

  /// A whole number above 0, of a hundred years at most, as ``RetentionSpan`` has it.
  static func days(_ figures: Figures) -> Int? {
    figures.whole().flatMap { (1...RetentionSpan.most).contains($0) ? $0 : nil }
  }

  static func tags(_ node: Node, _ name: String, _ findings: inout Findings) -> [String: String]? {
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "\(name) is a mapping of labels, this is \(node.kindName)",
        help: "write for example {platform: ios}", at: node.location)
      return nil
    }
    var tags: [String: String] = [:]
    for entry in entries {
      tags[entry.key] = text(entry.value, "the tag '\(entry.key)'", &findings)
    }
    return tags
  }

  static func policies(_ node: Node, _ name: String, _ findings: inout Findings) -> [any Policy]? {
    var keys = MappingReader(node, name, &findings)
    var policies: [any Policy] = []
    for entry in keys.takeRest() {
      let isList = entry.key == "budget" || entry.key == "budgets"
      for item in isList ? entry.value.sequence ?? [entry.value] : [entry.value] {
        let kind = entry.key == "budgets" ? "budget" : entry.key
        if let policy = PolicyKinds.decode(kind, item, at: entry.keyLocation, &findings) {
          policies.append(policy)
        }
      }
    }
    return policies
  }
}

extension String {
  /// Without spaces around it. By scalars: a mark that joins a space makes another character of it, and
  /// would go with it.
  var trimmed: String {
    var rest = unicodeScalars[...]
    while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
