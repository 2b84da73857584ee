import GenOpsMetering
package import GenOpsUnits

/// One thing that an optimization decides: a place in an option, and what may stand there.
package struct DecisionVariable: Sendable {
  /// As written: `sample.$pageview`, `flag_polling`.
  package var place: String
  /// Its keys: a lever, and for some levers a key of its value.
  package var path: [String]
  /// At least two; the first leaves the place as it is.
  package var choices: [Choice]
  package var location: SourceLocation

  /// What may stand at the place.
  package struct Choice: Sendable {
    /// As people read it: `25%`, `as is`.
    package var text: String
    /// Nil leaves the place out.
    package var value: Node?
    package var location: SourceLocation
    /// What the change costs, by the option of the scenario that has the value.
    package var costs: [(option: String, cost: Node)] = []
  }

  /// The choices that act, with the one that leaves the place as it is before them.
  init(place: String, path: [String], values: [Node], at location: SourceLocation) {
    self.place = place
    self.path = path
    self.location = location
    let asIs = Choice(text: DecisionVariable.asIs, value: nil, location: location)
    choices = [asIs]
    for value in values where !DecisionVariable.isAsIs(value, path) {
      choices.append(
        Choice(text: DecisionVariable.text(value), value: value, location: value.location))
    }
  }

  /// What stands for leaving a place out.
  static let asIs = "as is"

  /// A value on one line, as it is written.
  static func text(_ value: Node) -> String { value.text ?? PolicyText.flow(value) }

  /// What a value comes to, so that `300 s` and `5 min`, or `25%` and `0.25`, are one choice.
  static func meaning(_ value: Node?, _ path: [String]) -> String {
    guard let value else { return asIs }
    let figures = value.text.flatMap { try? Figures($0) }
    let number: Double? =
      switch path[0] {
      case FlagPollingLever.name: figures?.seconds
      case SampleLever.name, ScaleLever.name: figures?.fraction
      default: nil
      }
    return number.map { "\($0)" } ?? text(value)
  }

  /// Keeping or producing all of something is no change.
  private static func isAsIs(_ value: Node, _ path: [String]) -> Bool {
    guard let text = value.text else { return false }
    if text == asIs { return true }
    return [SampleLever.name, ScaleLever.name].contains(path[0])
      && text.filter { $0 != " " } == "100%"
  }

  /// Levers whose value has keys that act each by itself, so that a variable may be one of them. Of others a
  /// part alone is no value.
  static let divisible: Set<String> = [
    SampleLever.name, ScaleLever.name, GovernanceLever.name, PostHogLimitLever.name,
  ]

  /// Whether the two cannot be chosen apart, because one's place holds the other's.
  func overlaps(_ other: DecisionVariable) -> Bool {
    zip(path, other.path).allSatisfy(==)
  }
}

/// Policies as text.
package enum PolicyText {
  /// A value in YAML's flow style. Names of PostHog's events begin with a dollar sign, which needs no quotes.
  package static func flow(_ node: Node) -> String {
    switch node.content {
    case .scalar(let text, let quoted):
      // A text in quotes may be another value without them.
      quoted ? JSONValue.string(text).description : plain(text)
    case .sequence(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\(plain($0.key)): \(flow($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private static func plain(_ text: String) -> String {
    // As FlowText has it, but for signs that begin changes, factors and PostHog's names.
    guard let first = text.first, "$+".contains(first), text.utf8.count > 1 else {
      return FlowText.quoted(text)
    }
    let rest = FlowText.quoted(String(text.dropFirst()))
    return rest.hasPrefix("\"") ? FlowText.quoted(text) : "\(first)\(rest)"
  }
}
