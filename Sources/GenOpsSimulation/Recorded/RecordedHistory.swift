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
    ScenarioFiles(
      histories: scenario.historyFiles.map {
        RecordedHistory.load(path: $0.path, keepsEvents: scenario.grain == .exact)
      },
      bills: scenario.billFiles.map { BillingStatement.load(path: $0.path, name: $0.path) })
  }
}

/// A file named under `history:`, whatever it holds: daily numbers, or single events, which go
/// through the adapter one by one and are counted by day.
package enum RecordedHistory {
  /// What a file of daily numbers or of events says.
  static func load(path: String, keepsEvents: Bool = false) -> ScenarioFiles.History {
    do throws(FindingsError) {
      if try EventReader.holdsEvents(path: path, name: path) {
        return try replay(path, keepsEvents)
      }
    } catch { return ScenarioFiles.History(file: UsageFile(findings: error.findings)) }
    return ScenarioFiles.History(file: UsageFile.load(path: path, name: path))
  }

  private static func replay(_ path: String, _ keepsEvents: Bool) throws(FindingsError)
    -> ScenarioFiles.History
  {
    var events: [UsageEvent] = []
    let replay = try EventReplay.run(
      [(path, path)], AdapterConfiguration(opening: .nothing), keepsProperties: keepsEvents
    ) { if keepsEvents { events.append($0.event) } }
    return ScenarioFiles.History(
      // Events that are walked are known one by one, also those of a day that is not over.
      file: UsageFile(counted: replay.history(keepsEdges: keepsEvents), name: path, keepsEdges: keepsEvents),
      names: Dictionary(uniqueKeysWithValues: replay.names.map { ($0.event, $0.count) }),
      events: events)
  }
}
