package import Foundation
package import GenOpsUnits
import Yams

/// Reads a YAML or JSON file a person wrote into one ``Node`` tree, with every scalar as the text
/// that stands there.
package enum YAMLReader {
  /// A scenario is a page; anything near this size is another kind of file.
  static let maximumBytes = 2 << 20
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
    do throws(FileBytes.Failure) {
      return Data(try FileBytes.content(of: path, atMost: limit))
    } catch {
      switch error {
      case .missing(let near):
        throw FindingsError(
          "no-file", "there is no file '\(path)'",
          help: near.map { "did you mean '\($0)'?" } ?? "check the path; it starts from here")
      case .isFolder:
        throw FindingsError("no-file", "'\(path)' is a folder", help: "name a file in it")
      case .unreadable(let why):
        throw FindingsError(
          "unreadable", "'\(path)' cannot be read: \(why)", help: "check its permissions")
      case .larger(let limit):
        throw FindingsError(
          "too-large", "'\(path)' has more than \(limit) bytes, the most that are read here",
          help: "check that it is the right file",
          at: SourceLocation(file: path, line: 1, column: 1))
      }
    }
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
    let marked = YAMLAliases(text)
    let parser: Yams.Parser
    let root: Yams.Node?
    do {
      parser = try Yams.Parser(yaml: marked.text)
      root = try parser.singleRoot()
    } catch let error as YamlError {
      throw YAMLFailure(text: text, file: file, aliases: marked).finding(error)
    } catch {
      throw FindingsError("yaml", "the file is not YAML: \(error)", at: start)
    }
    guard let root else {
      throw FindingsError(
        "empty", "the file is empty", help: "run 'genops init' to write one", at: start)
    }
    var tree = YAMLTree(file: file, aliases: marked)
    // The nodes hold their anchors weakly: without the parser they have none.
    defer { withExtendedLifetime(parser) {} }
    return try tree.node(root, depth: 0).node
  }
}
