public import GenOpsUnits

/// The variables of a file: named numbers, certain or not, that formulas use. Each uncertain one is
/// drawn once per path.
public final class VariableTable: NodeScope {
  /// What is drawn, in the order in which formulas number it.
  public let inputs: [UncertainInput]
  private let measures: [String: Measure]
  /// Every name there is, those that could not be read too.
  let names: [String]

  /// No variables: formulas have figures only.
  public static let empty = VariableTable(inputs: [], measures: [:], names: [])

  init(inputs: [UncertainInput], measures: [String: Measure], names: [String]) {
    self.inputs = inputs
    self.measures = measures
    self.names = names
  }

  /// Points of a preview: enough for 5 % points that are off by less than half a percent of the
  /// spread.
  private static let previewPoints = 2048
  /// More are not written by hand.
  private static let maximumVariables = 1000

  /// This table with one more variable.
  func adding(_ name: String, _ measure: Measure?) -> VariableTable {
    guard var measure else { return self }
    var inputs = inputs
    if !measure.value.isConstant, !measure.value.isDerived {
      let index = inputs.count
      inputs.append(UncertainInput(name, measure.value))
      let distribution = measure.value
      let points = (0..<VariableTable.previewPoints).map { point in
        distribution.quantile(
          index < SobolPoints.dimensions
            ? SobolPoints.point(point, index, scramble: 0x9e37_79b9 &+ UInt32(index)) : 0.5)
      }
      measure.value = .derived(DerivedValue(variable: index, at: points))
    }
    measure.isFigures = false
    var measures = measures
    measures[name] = measure
    return VariableTable(inputs: inputs, measures: measures, names: names)
  }

  /// The variable called `name`; nil when there is none. Throws for one that has a finding already.
  func measure(_ name: String) throws(FormulaFailure) -> Measure? {
    if let measure = measures[name] { return measure }
    if names.contains(name) { throw .reported }
    return nil
  }

  /// Whether `name` is a variable, readable or not.
  func has(_ name: String) -> Bool { names.contains(name) }

  func unknown(_ name: String) -> FormulaFailure {
    FormulaFailure(
      code: "unknown-variable", message: "there is no variable '\(name)'",
      help: nearestName(to: name, among: names).map { "did you mean '\($0)'?" }
        ?? (names.isEmpty
          ? "define it: variables: {\(name): 40k to 60k}"
          : "known: \(names.joined(separator: ", "))"))
  }
}

extension VariableTable {
  /// The table that `variables:` describes: `{mau: 40k to 60k, events: mau * 30 per month}`. They
  /// may stand in any order; circles and unknown names are findings.
  public static func read(_ node: Node, _ findings: inout Findings) -> VariableTable {
    guard let entries = node.mapping else {
      findings.error(
        "wrong-type", "variables are names with their values, this is \(node.kindName)",
        help: "variables: {mau: 40k to 60k}", at: node.location)
      return .empty
    }
    var known: [Node.Entry] = []
    for entry in entries where isName(entry, &findings) { known.append(entry) }
    let names = known.map(\.key)
    // Without values, so that those that use them have no finding of their own.
    var table = VariableTable(inputs: [], measures: [:], names: names)
    guard known.count <= maximumVariables else {
      findings.error(
        "too-large", "there are \(known.count) variables; at most \(maximumVariables) are read",
        help: "write numbers where a number is used once", at: node.location)
      return table
    }
    for entry in ordered(known, names, &findings) {
      table = table.adding(entry.key, table.definition(entry, &findings))
    }
    return table
  }

  private static func isName(_ entry: Node.Entry, _ findings: inout Findings) -> Bool {
    let name = entry.key
    let isName = (try? NotationTokens(name))?.isName ?? false
    if !isName {
      findings.error(
        "variable-name", "'\(name)' cannot name a variable",
        help: "use letters, digits and _, beginning with a letter: active_users",
        at: entry.keyLocation)
    }
    return isName
  }

  private func definition(_ entry: Node.Entry, _ findings: inout Findings) -> Measure? {
    if entry.value.mapping != nil {
      return Measure.distribution(entry.value, key: entry.key, scope: self, &findings)
    }
    return Measure.read(
      entry.value, "'\(entry.key)' is a number, an interval or a formula",
      help: "\(entry.key): 40k to 60k", self, &findings)
  }

  /// What a definition uses comes before it; those that use each other in a circle are left out.
  private static func ordered(
    _ entries: [Node.Entry], _ names: [String], _ findings: inout Findings
  ) -> [Node.Entry] {
    var done: [Node.Entry] = []
    var finished: Set<String> = []
    func visit(_ entry: Node.Entry, _ chain: [String], _ findings: inout Findings) {
      if finished.contains(entry.key) { return }
      if let start = chain.firstIndex(of: entry.key) {
        let circle = (chain[start...] + [entry.key]).joined(separator: " → ")
        findings.error(
          "variable-circle", "variables use each other in a circle: \(circle)",
          help: "give one of them a number", at: entry.keyLocation)
        finished.formUnion(chain[start...])
        return
      }
      let tokens = entry.value.text.flatMap { try? NotationTokens($0) }
      for word in tokens?.names ?? [] {
        if let other = entries.first(where: { $0.key == word }) {
          visit(other, chain + [entry.key], &findings)
        }
      }
      if finished.insert(entry.key).inserted { done.append(entry) }
    }
    for entry in entries { visit(entry, [], &findings) }
    return done
  }
}
