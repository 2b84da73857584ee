public import GenOpsUnits

/// Classes of data and what is done with each; see ``DataRule``.
public struct DataClassificationPolicy: Policy {
  public static let name = "data-classification"
  public static let summary =
    "Hashes, redacts, removes or blocks properties by name or by the form of their value."
  public static let example = """
    {"personal": {"properties": ["email", "phone*"], "values": ["email"], "action": "redact"}, \
    "health": {"properties": ["diagnosis*"], "action": "block"}, \
    "account": {"properties": ["distinct_id"], "action": "hash", "salt": "2027"}}
    """

  public var rules: [DataRule]

  /// Added after the rules that the plan has.
  public init(_ rules: [DataRule]) { self.rules = rules }

  public init?(_ node: Node, _ findings: inout Findings) {
    var own = Findings()
    defer { findings.merge(own) }
    rules = []
    var keys = MappingReader(node, "a data classification", &own)
    for entry in keys.takeRest() {
      if let rule = DataClassificationPolicy.rule(entry, &own) { rules.append(rule) }
    }
    if rules.isEmpty, !own.hasErrors {
      own.error(
        "data-class", "no class of data is named",
        help: "write personal: {properties: [email], action: redact}", at: node.location)
    }
    if own.hasErrors { return nil }
  }

  private static func rule(_ entry: Node.Entry, _ findings: inout Findings) -> DataRule? {
    let what = "the class '\(entry.key)'"
    var keys = MappingReader(entry.value, what, &findings)
    let actionNode = keys.required("action", example: "action: redact", &findings)
    let names = keys.take("properties").map { ($0.sequence ?? [$0]).compactMap(\.text) } ?? []
    var values: [ValueKind] = []
    if let node = keys.take("values") {
      for item in node.sequence ?? [node] {
        if let kind = item.word(ValueKind.self, "a kind of value", &findings) {
          values.append(kind)
        }
      }
    }
    let salt = keys.take("salt")?.text ?? ""
    keys.finish(&findings)
    guard let actionNode, let action = actionNode.word(DataAction.self, "an action", &findings)
    else { return nil }
    if names.isEmpty, values.isEmpty {
      findings.error(
        "data-class", "\(what) fits nothing", help: "add: properties: [email]",
        at: entry.keyLocation)
      return nil
    }
    if names.contains("distinct_id"), action != .hash, action != .allow {
      findings.error(
        "data-distinct-id", "a distinct id cannot be changed by '\(action.rawValue)'",
        help: "write action: hash, which keeps people apart", at: actionNode.location)
      return nil
    }
    if action == .hash, salt.isEmpty {
      findings.warning(
        "hash-without-salt", "\(what) is hashed without a salt: known values can be tried out",
        help: "add: salt: and a text that stays secret", at: entry.keyLocation)
    }
    return DataRule(
      entry.key, properties: names, values: values, action: action, salt: salt)
  }

  public var sideEffect: String { DataClassificationPolicy.effect(of: rules) }

  /// What rules on data change, in words.
  static func effect(of rules: [DataRule]) -> String {
    var parts: [String] = []
    for action in [DataAction.hash, .redact, .remove, .block] {
      let classes = rules.filter { $0.action == action }.map(\.dataClass)
      if classes.isEmpty { continue }
      let verb =
        switch action {
        case .hash: "hashes"
        case .redact: "redacts"
        case .remove: "removes"
        case .block: "strict mode refuses events with"
        case .allow: ""
        }
      parts.append("\(verb) \(classes.joined(separator: ", "))")
    }
    return parts.isEmpty
      ? "changes nothing: every class is allowed"
      : parts.joined(separator: "; ") + "; filters and funnels on these properties end"
  }

  public func apply(to plan: inout GovernancePlan) { plan.privacy.data += rules }
}

extension Node {
  /// One of the words of an enumeration.
  func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type, _ what: String, _ findings: inout Findings
  ) -> Word? where Word.RawValue == String {
    let written = text ?? ""
    if let word = Word(rawValue: written) { return word }
    let words = Word.allCases.map(\.rawValue)
    let near = nearestName(to: written, among: words)
    findings.error(
      "unknown-word", "'\(text ?? kindName)' is not \(what)",
      help: near.map { "did you mean '\($0)'?" } ?? "known: \(words.joined(separator: ", "))",
      at: location)
    return nil
  }
}
