package import Foundation
package import GenOpsUnits
import Yams

/// Reads a YAML or JSON file a person wrote into one ``Node`` tree, with every scalar as the text
/// that stands there.
package enum YAMLReader {
  /// A scenario is a page; anything near this size is another kind of file.
  static let maximumBytes = 4 << 20
  /// Aliases multiply nodes; beyond this the file is hostile or broken.
  static let maximumNodes = 200_000

  /// The tree of the file at `path`, and its bytes for the fingerprint.
  package static func read(path: String) throws(FindingsError) -> (
    node: GenOpsUnits.Node, bytes: Data
  ) {
    let bytes = try readBytes(path: path, limit: maximumBytes)
    return (try parse(bytes, file: path), bytes)
  }

  /// The bytes of a file, or a finding that says why not.
  package static func readBytes(path: String, limit: Int) throws(FindingsError) -> Data {
    let start = SourceLocation(file: path, line: 1, column: 1)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw FindingsError(
        "no-file", "there is no file '\(path)'", help: "check the path; it starts from here")
    }
    if isDirectory.boolValue {
      throw FindingsError("no-file", "'\(path)' is a folder", help: "name a file in it")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw FindingsError("unreadable", "'\(path)' cannot be read", help: "check its permissions")
    }
    if data.count > limit {
      throw FindingsError(
        "too-large", "'\(path)' has \(data.count) bytes; at most \(limit) are read here", at: start)
    }
    return data
  }

  /// The tree of YAML in `bytes`.
  package static func parse(_ bytes: Data, file: String) throws(FindingsError) -> GenOpsUnits.Node {
    let start = SourceLocation(file: file, line: 1, column: 1)
    // Editors on Windows begin a file with a byte order mark, which libyaml takes for a document.
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    guard let text = String(validating: content, as: UTF8.self) else {
      // No character of UTF-8 holds the byte of a line's end, so the lines can be looked at alone.
      let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
      let line = (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0) + 1
      throw FindingsError(
        "not-text", "the file is not UTF-8 text", help: "save it as UTF-8",
        at: SourceLocation(file: file, line: line, column: 1))
    }
    if text.utf8.contains(0) {
      throw FindingsError("not-text", "the file is binary, not YAML", at: start)
    }
    let root: Yams.Node?
    do { root = try Yams.compose(yaml: text) } catch let error as YamlError {
      throw syntaxFinding(error, in: text, file: file)
    } catch {
      throw FindingsError("yaml", "the file is not YAML: \(error)", at: start)
    }
    guard let root else {
      throw FindingsError(
        "empty", "the file is empty", help: "run 'genops init' to write one", at: start)
    }
    var count = 0
    return try convert(root, file: file, depth: 0, count: &count)
  }

  private static func convert(
    _ node: Yams.Node, file: String, depth: Int, count: inout Int
  ) throws(FindingsError) -> GenOpsUnits.Node {
    let mark = node.mark
    let location = SourceLocation(
      file: file, line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
    count += 1
    if count > maximumNodes {
      throw FindingsError(
        "too-large", "the file unfolds to more than \(maximumNodes) values",
        help: "aliases that hold aliases multiply; write them out", at: location)
    }
    if depth > JSONParser.maximumDepth {
      throw FindingsError(
        "too-deep", "values are nested more than \(JSONParser.maximumDepth) deep", at: location)
    }
    switch node {
    case .scalar(let scalar):
      let quoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
      return GenOpsUnits.Node(.scalar(text: scalar.string, quoted: quoted), at: location)
    case .sequence(let items):
      var out: [GenOpsUnits.Node] = []
      for item in items {
        out.append(try convert(item, file: file, depth: depth + 1, count: &count))
      }
      return GenOpsUnits.Node(.sequence(out), at: location)
    case .mapping(let pairs):
      var entries: [GenOpsUnits.Node.Entry] = []
      for (key, value) in pairs {
        let keyNode = try convert(key, file: file, depth: depth + 1, count: &count)
        guard let text = keyNode.text else {
          throw FindingsError("wrong-type", "a key must be plain text", at: keyNode.location)
        }
        entries.append(
          GenOpsUnits.Node.Entry(
            key: text, keyLocation: keyNode.location,
            value: try convert(value, file: file, depth: depth + 1, count: &count)))
      }
      return GenOpsUnits.Node(.mapping(entries), at: location)
    case .alias:
      throw FindingsError("yaml", "the alias points nowhere", at: location)
    }
  }

  private static func syntaxFinding(
    _ error: YamlError, in text: String, file: String
  ) -> FindingsError {
    func finding(_ message: String, _ mark: Mark?) -> FindingsError {
      let place = SourceLocation(
        file: file, line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
      // The parser's own limit lies beyond ours, and its message names its source code.
      if message.contains("nesting level") {
        return FindingsError(
          "too-deep", "values are nested more than \(JSONParser.maximumDepth) deep", at: place)
      }
      return unparsed(message, at: place)
    }
    switch error {
    case .scanner(_, let problem, let mark, _): return finding(problem, mark)
    case .parser(_, let problem, let mark, _): return finding(problem, mark)
    case .composer(_, let problem, let mark, _): return finding(problem, mark)
    case .reader(let problem, _, _, _): return finding(problem, nil)
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.sorted()
      let message = "the key '\(names.joined(separator: ", "))' stands twice"
      guard let name = names.first,
        let line = secondLine(of: name, from: context.mark, in: text)
      else { return finding(message, context.mark) }
      return unparsed(
        message, at: SourceLocation(file: file, line: line, column: context.mark.column))
    default: return finding("\(error)", nil)
    }
  }

  private static func unparsed(_ message: String, at place: SourceLocation) -> FindingsError {
    FindingsError(
      "yaml", "the YAML does not parse: \(message)",
      help: "check indentation, ':' followed by a space, and closing quotes and brackets",
      at: place)
  }

  /// The line on which `key` stands for the second time in the block mapping that begins at
  /// `start`; nil in a flow mapping. Yams only tells where the mapping begins, perhaps hundreds of
  /// lines above.
  private static func secondLine(of key: String, from start: Mark, in text: String) -> Int? {
    let indent = start.column - 1
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let places = lines.indices.dropFirst(max(0, start.line - 1)).filter { index in
      let line = lines[index]
      // The first key of a mapping in a list stands behind its dash.
      let isFirst = index == start.line - 1
      guard isFirst || line.prefix(while: { $0 == " " }).count == indent else { return false }
      let rest = line.dropFirst(indent)
      return [key, "\"\(key)\"", "'\(key)'"].contains { rest.hasPrefix("\($0):") }
    }
    return places.count > 1 ? places[1] + 1 : nil
  }
}
