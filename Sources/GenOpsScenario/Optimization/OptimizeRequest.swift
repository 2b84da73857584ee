package import GenOpsUnits

/// `optimize:` of a scenario; what it does not say is nil, and the usual is taken.
package struct OptimizeRequest: Sendable {
  package var variables: [DecisionVariable]?
  package var objective: PolicyObjective?
  package var conditions: [Condition]?
  /// Where the section stands; nil without one.
  package var location: SourceLocation?

  /// What has to hold of the policy.
  package struct Condition: Sendable {
    package var expression: Expectation
    package var location: SourceLocation?

    package init(_ expression: Expectation, at location: SourceLocation? = nil) {
      self.expression = expression
      self.location = location
    }
  }

  package init() {}
}

extension ScenarioReader {
  /// More than any plan decides at once, and a bound on what one look around a policy costs.
  private static let mostVariables = 30
  private static let mostChoices = 50

  mutating func readOptimize(_ node: Node, _ context: LeverContext) -> OptimizeRequest {
    var request = OptimizeRequest()
    request.location = node.location
    var keys = MappingReader(node, "optimize", &findings)
    request.variables = keys.take("variables").map { readVariables($0, context) }
    request.objective = keys.take("objective").flatMap {
      PolicyObjective.read($0.text ?? $0.kindName, at: $0.location, &findings)
    }
    request.conditions = keys.take("subject_to").map { node in
      (node.sequence ?? [node]).compactMap { item in
        guard let text = item.text else {
          wrongType(item, "a condition", "subject_to: [lost.critical == 0]")
          return nil
        }
        return Expectation.read(text, currency: context.currency, at: item.location, &findings)
          .map { .init($0, at: item.location) }
      }
    }
    keys.finish(&findings)
    return request
  }

  private mutating func readVariables(_ node: Node, _ context: LeverContext) -> [DecisionVariable] {
    let example = "- flag_polling: [as is, 60 s, 300 s]"
    var variables: [DecisionVariable] = []
    for entry in readNamedList(node, "the variables", example: example) {
      guard let variable = readVariable(entry, context) else { continue }
      if let other = variables.first(where: { $0.overlaps(variable) && $0.place != variable.place })
      {
        findings.error(
          "duplicate-key", "'\(variable.place)' and '\(other.place)' decide the same place",
          help: "keep one of them", at: variable.location)
      }
      variables.append(variable)
    }
    if variables.count > ScenarioReader.mostVariables {
      findings.error(
        "too-large",
        "\(variables.count) variables are to be decided; at most \(ScenarioReader.mostVariables) are",
        help: "leave out what hardly costs anything", at: node.location)
    }
    return variables
  }

  private mutating func readVariable(_ entry: Node.Entry, _ context: LeverContext)
    -> DecisionVariable?
  {
    let path = Setting.segments(entry.key)
    guard let lever = Levers.registry.find(path[0], at: entry.keyLocation, &findings) else {
      return nil
    }
    let deepest = DecisionVariable.divisible.contains(path[0]) ? 2 : 1
    guard path.count <= deepest, !path.contains(""), lever.name != ChangeCostLever.name else {
      findings.error(
        "not-a-variable", "'\(entry.key)' is not a place that can be decided by itself",
        help: lever.name == ChangeCostLever.name
          ? "give an option what it costs, and leave out variables:; its values then come with that cost"
          : "write: - \(path[0]): [as is, \(lever.example)]", at: entry.keyLocation)
      return nil
    }
    guard let values = entry.value.sequence, !values.isEmpty,
      values.count <= ScenarioReader.mostChoices
    else {
      findings.error(
        "not-a-variable",
        "'\(entry.key)' needs a list of the values to choose from"
          + (entry.value.sequence == nil ? "" : ", at most \(ScenarioReader.mostChoices)"),
        help: "write: - \(entry.key): [as is, \(DecisionVariable.example(path, lever))]",
        at: entry.value.location)
      return nil
    }
    let variable = DecisionVariable(
      place: entry.key, path: path, values: values, at: entry.keyLocation)
    var seen: Set<String> = []
    for choice in variable.choices
    where !seen.insert(DecisionVariable.meaning(choice.value, path)).inserted {
      findings.error(
        "duplicate-key", "'\(choice.text)' stands twice under '\(entry.key)'",
        help: "keep one of them", at: choice.location)
    }
    if variable.choices.count < 2 {
      findings.error(
        "not-a-variable", "'\(entry.key)' has nothing to choose from",
        help: "write: - \(entry.key): [as is, \(DecisionVariable.example(path, lever))]",
        at: entry.value.location)
      return nil
    }
    // Each is read as an option here, so that a wrong value is found wherever the scenario is read.
    for choice in variable.choices.dropFirst() {
      _ = readOptions(
        PolicyOptions.list([("\(entry.key): \(choice.text)", [(variable, choice)])]),
        currency: context.currency, book: context.book, fiscalStart: context.fiscalStart)
    }
    return variable
  }
}

extension DecisionVariable {
  /// A value that could stand at the place.
  static func example(_ path: [String], _ lever: any Lever.Type) -> String {
    switch path[0] {
    case _ where path.count == 1: lever.example
    case SampleLever.name, ScaleLever.name: "50%, 25%"
    default: "…"
    }
  }
}
