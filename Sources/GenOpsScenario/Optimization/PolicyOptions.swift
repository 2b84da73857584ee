import GenOpsCosting
package import GenOpsUnits

/// Policies as options of the scenario, so that what is optimized is what a run plans, admits and prices.
package enum PolicyOptions {
  /// The name of a policy as an option: of the patch, and of what its levers draw. All policies draw the same,
  /// so two of them differ by what they do.
  package static let name = "optimized"

  /// The options that `choices` stand for, each by a choice for every variable.
  package static func entries(
    _ choices: [[Int]], of variables: [DecisionVariable], _ scenario: Scenario
  ) throws(FindingsError) -> [Scenario.OptionEntry] {
    try read(
      list(
        choices.enumerated().map { number, policy in
          ("policy \(number + 1)", zip(variables, policy).map { ($0, $0.choices[$1]) })
        }), scenario)
  }

  /// Every choice as an option by itself: all that a policy may need to be told apart or drawn.
  package static func single(_ variables: [DecisionVariable], _ scenario: Scenario)
    throws(FindingsError) -> [Scenario.OptionEntry]
  {
    var entries = try read(
      list(
        variables.flatMap { variable in
          variable.choices.dropFirst().map {
            ("\(variable.place): \($0.text)", [(variable, $0)])
          }
        }), scenario)
    let places = variables.flatMap { $0.choices.dropFirst().map(\.location) }
    for index in entries.indices where places.indices.contains(index) {
      entries[index].location = places[index]
    }
    return entries
  }

  /// The line that makes a policy an option of the scenario.
  package static func patch(_ choices: [Int], of variables: [DecisionVariable]) -> String {
    let node = node(zip(variables, choices).map { ($0, $0.choices[$1]) })
    return "- \(name): \(PolicyText.flow(node))"
  }

  /// What a policy does, in one line: `flag_polling 300 s + anonymous`. Where one value is all there is to
  /// choose, the place says it.
  package static func label(_ choices: [Int], of variables: [DecisionVariable]) -> String {
    let parts = parts(choices, of: variables) { $0.place }
    return parts.isEmpty ? DecisionVariable.asIs : parts.joined(separator: " + ")
  }

  /// The same where there is little room, by what it does otherwise than a policy that is marked, where that
  /// is shorter: `* + $pageview 25%`, `* but flag_polling as is`. A place that no other ends like goes by its end.
  package static func shortLabel(
    _ choices: [Int], beside marked: [Int], mark: String, of variables: [DecisionVariable]
  ) -> String {
    let ends = variables.map { $0.path.last ?? $0.place }
    func name(_ variable: DecisionVariable) -> String {
      let end = variable.path.last ?? variable.place
      return ends.count { $0 == end } == 1 ? end : variable.place
    }
    let own = parts(choices, of: variables, name)
    if own.isEmpty { return DecisionVariable.asIs }
    let others = choices.indices.filter { choices[$0] != marked[$0] }
    guard !others.isEmpty, others.count < own.count else { return own.joined(separator: " + ") }
    if others.allSatisfy({ marked[$0] == 0 }) {
      let more = zip(choices, marked).map { $1 > 0 ? 0 : $0 }
      return ([mark] + parts(more, of: variables, name)).joined(separator: " + ")
    }
    let changes = others.map { "\(name(variables[$0])) \(variables[$0].choices[choices[$0]].text)" }
    return "\(mark) but \(changes.joined(separator: ", "))"
  }

  private static func parts(
    _ choices: [Int], of variables: [DecisionVariable], _ name: (DecisionVariable) -> String
  ) -> [String] {
    zip(variables, choices).filter { $1 > 0 }.map { variable, choice in
      variable.choices.count == 2
        ? name(variable) : "\(name(variable)) \(variable.choices[choice].text)"
    }
  }

  typealias Decided = [(variable: DecisionVariable, choice: DecisionVariable.Choice)]

  /// `options:` as a scenario would have it.
  static func list(_ policies: [(name: String, decided: Decided)]) -> Node {
    let place = SourceLocation(file: "", line: 1, column: 1)
    return Node(
      .sequence(
        policies.map { policy in
          let at = policy.decided.first?.choice.location ?? place
          return Node(
            .mapping([.init(key: policy.name, keyLocation: at, value: node(policy.decided))]),
            at: at)
        }), at: place)
  }

  /// The mapping of levers of one option.
  private static func node(_ decided: Decided) -> Node {
    var root = Node(
      .mapping([]),
      at: decided.first?.choice.location ?? SourceLocation(file: "", line: 1, column: 1))
    for (variable, choice) in decided {
      guard let value = choice.value else { continue }
      root = put(value, at: variable.path[...], in: root, variable.location)
    }
    // Who takes a part of an option pays for its change, and who takes all of it pays once.
    var paid: [String: Node] = [:]
    for (option, cost) in decided.flatMap(\.choice.costs) { paid[option] = cost }
    let costs = paid.sorted { $0.key < $1.key }.flatMap { $0.value.sequence ?? [$0.value] }
    guard let first = costs.first else { return root }
    let cost = costs.count == 1 ? first : Node(.sequence(costs), at: first.location)
    return put(cost, at: [ChangeCostLever.name], in: root, first.location)
  }

  private static func put(
    _ value: Node, at path: ArraySlice<String>, in node: Node?, _ location: SourceLocation
  ) -> Node {
    guard let key = path.first else { return value }
    var entries = node?.mapping ?? []
    let below = path.dropFirst()
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = put(value, at: below, in: entries[index].value, location)
    } else {
      entries.append(
        .init(
          key: key, keyLocation: location, value: put(value, at: below, in: nil, location)))
    }
    return Node(.mapping(entries), at: location)
  }

  private static func read(_ options: Node, _ scenario: Scenario) throws(FindingsError)
    -> [Scenario.OptionEntry]
  {
    var reader = ScenarioReader(file: scenario.file)
    var entries = reader.readOptions(
      options, currency: scenario.book.currency, book: scenario.book,
      fiscalStart: scenario.period?.first.month ?? 1)
    try reader.findings.throwIfErrors()
    for index in entries.indices { entries[index].drawsAs = name }
    return entries
  }
}
