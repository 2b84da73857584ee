import GenOpsIngestion
package import GenOpsUnits

/// The usage exports that a user names: files, folders of them and patterns.
package struct UsageExports: Sendable {
  /// The files that hold usage or are named by themselves, in the order in which they were named.
  package private(set) var names: [String] = []
  /// What each of ``names`` holds.
  package private(set) var files: [UsageFile] = []
  /// The files of a folder that hold no usage.
  package private(set) var findings = Findings()

  /// - Throws: When a folder or pattern has no usage export.
  package init(_ paths: [String]) throws(FindingsError) {
    for path in paths {
      guard let inside = try FolderFiles.inside(path) else {
        names.append(path)
        files.append(UsageExports.usage(in: path))
        continue
      }
      let before = files.count
      for name in inside {
        let file = UsageExports.usage(in: name)
        if !file.findings.hasErrors, file.exports.contains(where: { !$0.series.isEmpty }) {
          names.append(name)
          files.append(file)
        } else {
          let why = file.findings.all.first { $0.severity == .error }?.message
          findings.warning(
            "not-usage", "'\(name)' is left out\(why.map { ": \($0)" } ?? "")",
            help: "name it with --usage if it is an export of usage")
        }
      }
      if files.count == before {
        throw FindingsError(
          "empty",
          FolderFiles.isPattern(path)
            ? "no usage export is called like '\(path)'"
            : "the folder '\(path)' holds no usage export",
          help: "export it: PostHog > Billing > Usage > Export")
      }
    }
  }

  /// The daily numbers of a file. Recorded events are told as such: their columns of dates would be read as
  /// days on which nothing is known.
  private static func usage(in path: String) -> UsageFile {
    guard (try? EventReader.holdsEvents(path: path, name: path)) == true else {
      return UsageFile.load(path: path, name: path)
    }
    var findings = Findings()
    findings.error(
      "usage-is-events", "'\(path)' holds recorded events, one by one, and no usage by day",
      help:
        "name it under history: of a scenario, which counts them; 'genops replay' says what they cost",
      at: SourceLocation(file: path, line: 1, column: 1))
    return UsageFile(findings: findings)
  }
}
