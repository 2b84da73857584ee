import GenOpsGovernance
import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
package import GenOpsScenario
import GenOpsUnits

extension ScenarioFiles {
  /// Reads every file that `scenario` names, once. What is wrong with a file is in its findings.
  package static func load(_ scenario: Scenario) -> ScenarioFiles {
    var files = FilesRead(keepsEvents: scenario.grain == .exact)
    return files.files(of: scenario)
  }
}

/// Files under `history:` that hold single events: they go through the adapter one by one and are counted
/// by day.
enum RecordedHistory {
  /// Whether a file holds events and no daily numbers; nil where it cannot be read.
  static func holdsEvents(path: String) -> Bool? {
    do throws(FindingsError) {
      return try EventReader.holdsEvents(path: path, name: path)
    } catch { return nil }
  }

  /// What `paths` hold as parts of one recording: every file of an hourly export has a part of the day.
  static func load(_ paths: [String], keepsEvents: Bool) -> ScenarioFiles.History {
    do throws(FindingsError) {
      return try replay(paths, keepsEvents)
    } catch {
      return ScenarioFiles.History(file: UsageFile(findings: error.findings), holdsEvents: true)
    }
  }

  private static func replay(_ paths: [String], _ keepsEvents: Bool) throws(FindingsError)
    -> ScenarioFiles.History
  {
    var events: [UsageEvent] = []
    let replay = try EventReplay.run(
      paths.map { ($0, $0) }, AdapterConfiguration(opening: .nothing), keepsProperties: keepsEvents,
      onDecision: keepsEvents ? { events.append($0.event) } : nil)
    let others = paths.count - 1
    return ScenarioFiles.History(
      file: UsageFile(
        // Events that are walked are known one by one, also those of a day that is not over.
        counted: replay.history(keepsEdges: keepsEvents),
        name: paths[0] + (others > 0 ? " and \(countedNoun(others, "more file")) of events" : ""),
        keepsEdges: keepsEvents),
      names: Dictionary(uniqueKeysWithValues: replay.names.map { ($0.event, $0.count) }),
      events: events, holdsEvents: true)
  }
}
