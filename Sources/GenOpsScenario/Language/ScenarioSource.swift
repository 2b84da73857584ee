package import Foundation
package import GenOpsUnits

/// A scenario file with the files it extends and the `--set` words of the command line, as one
/// tree. Every value keeps the place where it was written, in whichever file that was.
package struct ScenarioSource: Sendable {
  package var root: Node
  /// All that the tree was made of, for the fingerprint: of a file alone, its bytes.
  package var bytes: Data

  /// Files that extend files beyond this are a circle that changes its name, or a mistake.
  static let maximumDepth = 16
  /// Files that each extend several others multiply.
  static let maximumFiles = 100

  /// Reads the file at `path`, merges it over what it extends, then puts the settings in place.
  package static func load(path: String, settings: [String] = []) throws(FindingsError)
    -> ScenarioSource
  {
    var count = 0
    var source = try read(path: path, within: [], &count)
    var findings = Findings()
    for text in settings {
      guard let setting = Setting(text, &findings) else { continue }
      source.root = setting.applied(to: source.root, &findings)
      source.bytes += Data("\n--set \(text)".utf8)
    }
    source.root = DataColumns.filled(source.root, &findings)
    try findings.throwIfErrors()
    return source
  }

  /// `count` is how many files were read before.
  private static func read(path: String, within chain: [String], _ count: inout Int)
    throws(FindingsError) -> ScenarioSource
  {
    count += 1
    let (root, bytes) = try YAMLReader.read(path: path)
    guard let node = root["extends"], let entries = root.mapping else {
      return ScenarioSource(root: root, bytes: bytes)
    }
    let chain = chain + [URL(literal: path).standardizedFileURL.path]
    var findings = Findings()
    var base: Node?
    var all = bytes
    for item in node.sequence ?? [node] {
      guard let text = item.text, !item.isNull else {
        findings.error(
          "wrong-type", "'extends' names a scenario file, this is \(item.kindName)",
          help: "write: extends: base.yaml", at: item.location)
        continue
      }
      let other = FilePath.resolve(text, writtenAt: item.location)
      if chain.contains(URL(literal: other).standardizedFileURL.path) {
        findings.error(
          "extends-circle", "'\(text)' extends this file, directly or through others",
          help: "put what both need into a third file", at: item.location)
        continue
      }
      if chain.count >= maximumDepth || count >= maximumFiles {
        findings.error(
          "extends-circle",
          chain.count >= maximumDepth
            ? "files extend files more than \(maximumDepth) deep"
            : "more than \(maximumFiles) files are read for one scenario",
          help: "put what several need into one file", at: item.location)
        continue
      }
      do throws(FindingsError) {
        let source = try read(path: other, within: chain, &count)
        base = base.map { NodeMerge.merge(source.root, over: $0) } ?? source.root
        all += source.bytes
      } catch {
        // A missing file is said where it is named; what is wrong inside a file, there.
        for var finding in error.findings.all {
          finding.location = finding.location ?? item.location
          findings.add(finding)
        }
      }
    }
    try findings.throwIfErrors()
    let own = Node(.mapping(entries.filter { $0.key != "extends" }), at: root.location)
    return ScenarioSource(root: base.map { NodeMerge.merge(own, over: $0) } ?? own, bytes: all)
  }
}

/// Where a file lies that another file, or the command line, names.
enum FilePath {
  /// As written when it is absolute; else beside the file in which `location` is. What `--set`
  /// names starts from the folder one is in, as everything on a command line does.
  static func resolve(_ text: String, writtenAt location: SourceLocation) -> String {
    let file = location.file
    if text.hasPrefix("/") || file.hasPrefix(Setting.prefix) || !file.contains("/") { return text }
    return URL(literal: file).deletingLastPathComponent().relativePath + "/" + text
  }
}
