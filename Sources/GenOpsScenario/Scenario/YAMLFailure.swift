import GenOpsUnits
import Yams

/// Says why a text is not YAML in terms of what stands in it: a tab, an invisible character, a key
/// that stands twice. What libyaml calls it helps nobody who does not know its grammar.
struct YAMLFailure {
  let text: String
  let file: String
  let aliases: YAMLAliases

  func finding(_ error: YamlError) -> FindingsError {
    switch error {
    case .scanner(_, let problem, let mark, _): finding(problem, mark)
    case .parser(_, let problem, let mark, _): finding(problem, mark)
    case .composer(_, let problem, let mark, _): finding(problem, mark)
    case .reader(let problem, _, _, _): finding(problem, nil)
    case .duplicatedKeysInMapping(let keys, let context):
      duplicate(keys.map(aliases.original).min() ?? "", from: context.mark)
    default: finding("\(error)", nil)
    }
  }

  private func finding(_ problem: String, _ mark: Mark?) -> FindingsError {
    let place = location(mark?.line ?? 1, mark?.column ?? 1)
    // The parser's own limit lies beyond ours, and its message names its source code.
    if problem.contains("nesting level") {
      return FindingsError(
        "too-deep", "values are nested more than \(JSONParser.maximumDepth) deep", at: place)
    }
    return mark.flatMap(unseen)
      ?? FindingsError(
        "yaml", "the YAML does not parse: \(problem)",
        help: "check indentation, ':' followed by a space, and closing quotes and brackets",
        at: place)
  }

  /// A tab in the indentation, or a character that cannot be seen, in the line in which the parser
  /// gave up or the one before it, which it may have taken for a part of the same text.
  private func unseen(near mark: Mark) -> FindingsError? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for number in [mark.line, mark.line - 1] where lines.indices.contains(number - 1) {
      let scalars = Array(lines[number - 1].unicodeScalars)
      let indent = scalars.prefix { $0 == " " || $0 == "\t" || $0 == "-" }
      if let tab = indent.firstIndex(of: "\t") {
        return FindingsError(
          "yaml", "a tab indents line \(number), and YAML takes only spaces there",
          help: "put spaces in place of the tab", at: location(number, tab + 1))
      }
      let place = scalars.indices.first { index in
        // Inside a text it is the writer's own; where YAML wants a space it is the cause.
        scalars[index].isInvisible
          && (index <= indent.count || ":-?,".unicodeScalars.contains(scalars[index - 1]))
      }
      if let place {
        return FindingsError(
          "yaml",
          "line \(number) holds \(scalars[place].invisibleName), which is not a space to YAML",
          help: "put a plain space in its place, or take it out", at: location(number, place + 1))
      }
    }
    return nil
  }

  private func duplicate(_ key: String, from start: Mark) -> FindingsError {
    let lines = keyLines(key, from: start)
    let second = lines.count > 1 ? lines[1] : start.line
    return FindingsError(
      "duplicate-key", "the key '\(key)' stands twice",
      help: "keep one of them" + (lines.count > 1 ? "; the first is in line \(lines[0])" : ""),
      at: location(second, start.column))
  }

  /// The lines of `key` in the block mapping that begins at `start`; none in a flow mapping. Yams
  /// only tells where the mapping begins, perhaps hundreds of lines above.
  private func keyLines(_ key: String, from start: Mark) -> [Int] {
    let indent = start.column - 1
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.dropFirst(max(0, start.line - 1)).filter { index in
      let line = lines[index]
      // The first key of a mapping in a list stands behind its dash.
      let isFirst = index == start.line - 1
      guard isFirst || line.prefix(while: { $0 == " " }).count == indent else { return false }
      let rest = line.dropFirst(indent)
      return [key, "\"\(key)\"", "'\(key)'"].contains { rest.hasPrefix("\($0):") }
    }.map { $0 + 1 }
  }

  private func location(_ line: Int, _ column: Int) -> SourceLocation {
    SourceLocation(file: file, line: max(1, line), column: max(1, column))
  }
}
