import GenOpsNumerics
import GenOpsUnits

/// Variables, and what only a scenario that has them needs.
extension ScenarioReader {
  mutating func readPoints(_ node: Node) -> InputSampler.Points? {
    if let points = node.text.flatMap(InputSampler.Points.init(rawValue:)) { return points }
    let known = InputSampler.Points.allCases.map(\.rawValue)
    findings.error(
      "unknown-kind", "there are no points called '\(node.text ?? node.kindName)'",
      help: nearestName(to: node.text ?? "", among: known).map { "did you mean '\($0)'?" }
        ?? "known: \(known.joined(separator: ", "))", at: node.location)
    return nil
  }

  /// A variable that nothing uses was often meant to be used.
  mutating func noteUnused(_ variables: VariableTable, in root: Node) {
    guard let entries = root["variables"]?.mapping, !entries.isEmpty else { return }
    var words: Set<String> = []
    func collect(_ node: Node, except name: String?) {
      switch node.content {
      case .scalar(let text, _):
        words.formUnion(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
      case .sequence(let items): for item in items { collect(item, except: nil) }
      case .mapping(let entries): for entry in entries { collect(entry.value, except: nil) }
      }
    }
    collect(root, except: nil)
    for entry in entries where !words.contains(entry.key) {
      findings.note(
        "unused-variable", "nothing uses the variable '\(entry.key)'",
        help: "use it in place of a number, or leave it out", at: entry.keyLocation)
    }
  }

  /// The same tree with formulas as figures, for readers that know no variables and take no
  /// uncertain numbers: budgets and governance.
  mutating func inFigures(_ node: Node) -> Node {
    switch node.content {
    case .scalar:
      switch FormulaReading(node, amongWords: true, &findings) {
      case .plain, .wrong: return node
      case .measure(let measure):
        guard let figures = measure.figures else {
          findings.error(
            "uncertain-limit", "'\(node.text ?? "")' is uncertain, and a limit must be known",
            help: "write one number, such as: 5000 USD per month", at: node.location)
          // One finding is enough: for what follows, the mean stands in.
          var mean = measure
          mean.value = .constant(measure.value.mean)
          return Node(.scalar(text: mean.figures ?? "", quoted: false), at: node.location)
        }
        return Node(.scalar(text: figures, quoted: false), at: node.location)
      }
    case .sequence(let items):
      return Node(.sequence(items.map { inFigures($0) }), at: node.location)
    case .mapping(let entries):
      return Node(
        .mapping(
          entries.map { entry in
            // A `*` in a text to look for stands for characters, and multiplies nothing.
            ScenarioReader.textKeys.contains(entry.key)
              ? entry
              : Node.Entry(
                key: entry.key, keyLocation: entry.keyLocation, value: inFigures(entry.value))
          }), at: node.location)
    }
  }

  /// Keys of governance whose values are texts, never numbers.
  private static let textKeys: Set<String> = ["blocked_patterns", "allowed_teams"]
}
