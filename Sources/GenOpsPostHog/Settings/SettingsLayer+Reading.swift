public import GenOpsUnits

import Foundation

extension SettingsLayer {
  /// What the environment says. An unknown `GENOPS_…` variable is an error, since a misspelt budget
  /// is not a budget; an empty one counts as not set.
  ///
  /// `others` are variables that further parts of the process read.
  public init(
    environment: [String: String], others: Set<String> = [], _ findings: inout Findings
  ) {
    self.init()
    for key in SettingKey.all {
      guard let name = key.variable, let text = environment[name], !text.isEmpty else { continue }
      key.read(Node(.scalar(text: text, quoted: true), at: .variable(name)), &self, &findings)
    }
    let known = SettingKey.all.compactMap(\.variable)
    for name in environment.keys.sorted()
    where name.hasPrefix("GENOPS_") && !known.contains(name) && !others.contains(name) {
      // Switches of our own tests, which a developer may have set.
      if name.hasPrefix("GENOPS_TEST_") || name == "GENOPS_UPDATE_GOLDEN" { continue }
      let near = nearestName(to: name, orBeginning: known)
      findings.error(
        "unknown-setting", "there is no environment variable '\(name)'",
        help: near.map { "did you mean '\($0)'?" }
          ?? "known: \(known.filter { $0.hasPrefix("GENOPS_") }.joined(separator: ", "))")
    }
  }

  /// What a mapping says, with the names of ``SettingKey``.
  public init(_ node: Node, _ findings: inout Findings) {
    self.init()
    var keys = MappingReader(node, "the settings", &findings)
    for key in SettingKey.all {
      if let value = keys.take(key.name) { key.read(value, &self, &findings) }
    }
    keys.finish(&findings)
  }

  /// Settings are a page.
  private static let maximumBytes = 1 << 20

  /// What a file says: JSON, or lines `NAME=value` with the names of the environment variables.
  public init(path: String, _ findings: inout Findings) {
    self.init()
    let bytes: [UInt8]
    do throws(FileBytes.Failure) {
      bytes = try FileBytes.content(of: path, atMost: SettingsLayer.maximumBytes)
    } catch {
      switch error {
      case .missing(let near):
        findings.error(
          "no-file", "there is no settings file '\(path)'",
          help: near.map { "did you mean '\($0)'?" } ?? "check the path")
      case .isFolder:
        findings.error("no-file", "'\(path)' is a folder", help: "name a file in it")
      case .unreadable(let why):
        findings.error(
          "no-file", "the settings file '\(path)' cannot be read: \(why)",
          help: "check its permissions")
      case .larger(let limit):
        findings.error(
          "too-large", "'\(path)' has more than \(limit) bytes, which settings never have",
          help: "check that it is the right file")
      }
      return
    }
    if bytes.first(where: { $0 > 32 }) == UInt8(ascii: "{") {
      do throws(FindingsError) {
        self = SettingsLayer(try JSONParser.parse(bytes, file: path), &findings)
      } catch { findings.merge(error.findings) }
    } else {
      // Editors on Windows begin a file with a byte order mark.
      let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
      self = SettingsLayer(lines: String(decoding: text, as: UTF8.self), file: path, &findings)
    }
  }

  /// Lines `NAME=value` as `.env` files have them: `export` before and quotes around are allowed.
  init(lines text: String, file: String, _ findings: inout Findings) {
    self.init()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, raw) in lines.enumerated() {
      let place = SourceLocation(file: file, line: index + 1, column: 1)
      var line = String(raw).trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      if line.hasPrefix("export ") { line = String(line.dropFirst(7)).trimmed }
      guard let separator = line.firstIndex(of: "=") else {
        findings.error(
          "settings-line", "this line is not a NAME=value", help: "write GENOPS_TEAM=growth",
          at: place)
        continue
      }
      let name = String(line[..<separator]).trimmed
      var value = String(line[line.index(after: separator)...]).trimmed
      if value.count >= 2, let quote = value.first, quote == "\"" || quote == "'",
        value.last == quote
      {
        value = String(value.dropFirst().dropLast())
      }
      guard let key = SettingKey.all.first(where: { $0.variable == name }) else {
        let known = SettingKey.all.compactMap(\.variable)
        let near = nearestName(to: name, orBeginning: known)
        findings.error(
          "unknown-setting", "there is no setting '\(name)'",
          help: near.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))",
          at: place)
        continue
      }
      key.read(Node(.scalar(text: value, quoted: true), at: place), &self, &findings)
    }
  }
}

extension SourceLocation {
  /// A variable has one line.
  static func variable(_ name: String) -> SourceLocation {
    SourceLocation(file: name, line: 1, column: 1)
  }
}
