import Foundation
import GenOpsScenario
package import GenOpsUnits

/// Where snapshots lie: `__snapshots__/NAME.json` beside the scenarios.
package struct SnapshotStore {
  package static let folder = "__snapshots__"

  /// A scenario and its snapshot, or a snapshot alone.
  package struct Entry: Sendable, Hashable {
    package var scenario: String
    package var file: String
    /// Whether no scenario has this snapshot's name.
    package var isUnused = false
  }

  /// The entries of `paths`: a scenario is itself, a folder is all scenarios in it and the
  /// snapshots that belong to none of them. Nothing named is the folder `scenarios`.
  package static func entries(_ paths: [String]) throws(FindingsError) -> [Entry] {
    var entries: [Entry] = []
    for path in paths.isEmpty ? ["scenarios"] : paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw FindingsError(
          "no-file", "there is no scenario or folder '\(path)'",
          help: FileBytes.nearest(to: path).map { "did you mean '\($0)'?" } ?? "check the path")
      }
      if !isFolder.boolValue {
        let real = URL(literal: path).resolvingSymlinksInPath().path
        let kind =
          try? FileManager.default.attributesOfItem(atPath: real)[.type] as? FileAttributeType
        guard kind == .typeRegular else {
          throw FindingsError(
            "no-file", "'\(path)' is a pipe or a device: no snapshot can lie beside it",
            help: "write the scenario into a file first")
        }
        entries.append(Entry(scenario: path, file: snapshot(of: path)))
        continue
      }
      let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
      let names = list(folder).filter {
        ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".")
          && !isNoScenario("\(folder)/\($0)")
      }
      entries += names.map {
        Entry(scenario: "\(folder)/\($0)", file: snapshot(of: "\(folder)/\($0)"))
      }
      let used = Set(entries.map(\.file))
      for name in list("\(folder)/\(SnapshotStore.folder)") where name.hasSuffix(".json") {
        let file = "\(folder)/\(SnapshotStore.folder)/\(name)"
        if !used.contains(file) {
          entries.append(Entry(scenario: "", file: file, isUnused: true))
        }
      }
    }
    let named = Dictionary(grouping: entries.filter { !$0.isUnused }, by: \.file)
    for (file, entries) in named.sorted(by: { $0.key < $1.key }) {
      let scenarios = Set(entries.map(\.scenario)).sorted()
      guard scenarios.count > 1 else { continue }
      throw FindingsError(
        "same-snapshot", "\(scenarios.joined(separator: " and ")) have one snapshot, \(file)",
        help: "give one of them another name")
    }
    return entries
  }

  /// Whether the file is a price book or a policy with tests, which lie beside the scenarios that use
  /// them. One that cannot be read is a scenario, so that it is told.
  private static func isNoScenario(_ path: String) -> Bool {
    guard let node = try? YAMLReader.read(path: path).node else { return false }
    return node["id"] != nil && node["retrieved"] != nil || PolicyFileReader.holds(node)
  }

  /// The snapshot of the scenario at `path`.
  package static func snapshot(of path: String) -> String {
    let url = URL(literal: path)
    let name = url.deletingPathExtension().lastPathComponent + ".json"
    guard let slash = path.lastIndex(of: "/") else { return "\(folder)/\(name)" }
    return "\(path[..<slash])/\(folder)/\(name)"
  }

  private static func list(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// Takes the snapshot of `entry` anew, keeping its number of futures and its tolerance, and
  /// writes it when it is another one; takes an unused one away.
  package static func update(_ entry: Entry, paths: Int?, jobs: Int) async -> SnapshotOutcome {
    var outcome = SnapshotOutcome(scenario: entry.scenario, file: entry.file, state: .unchanged)
    do throws(FindingsError) {
      if entry.isUnused {
        try remove(entry.file)
        outcome.state = .removed
        return outcome
      }
      // One that cannot be read is one to be written anew. It is not among what the new one is made of,
      // over which nothing may be written.
      let old = OpenedFiles.$current.withValue(nil) { try? Snapshot.read(path: entry.file) }
      let taker = SnapshotTaker(path: entry.scenario, jobs: jobs)
      var files = FilesRead()
      let new = try await taker.take(
        taker.source(),
        paths: paths ?? old?.paths ?? Snapshot.defaultPaths,
        tolerance: old?.tolerance ?? Snapshot.Tolerance(), &files)
      let text = new.json.pretty
      let known = OpenedFiles.$current.withValue(nil) {
        try? FileBytes.content(of: entry.file, atMost: text.utf8.count)
      }
      if known == Array(text.utf8) { return outcome }
      try OutputFiles(
        [.init(entry.file, text, over: .holding("\"mathFingerprint\": "))],
        elsewhere: "by another name of the scenario", makesFolders: true
      ).write()
      outcome.state = .written
    } catch {
      outcome.state = .broken
      outcome.findings = error.findings
    }
    return outcome
  }

  private static func remove(_ file: String) throws(FindingsError) {
    do { try FileManager.default.removeItem(atPath: file) } catch {
      throw FindingsError(
        "unwritable", "'\(file)' cannot be removed: \(error.localizedDescription)",
        help: "remove it by hand")
    }
  }
}
