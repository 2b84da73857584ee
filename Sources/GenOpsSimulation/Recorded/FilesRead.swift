import GenOpsGovernance
import GenOpsHistory
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsScenario
import GenOpsUnits

/// The files that a command has read, by path: it reads each once however many scenarios name it.
struct FilesRead {
  private var histories: [String: ScenarioFiles.History] = [:]
  private var bills: [String: BillingStatement] = [:]

  /// What the files of a scenario that walks days hold.
  mutating func files(of scenario: Scenario) -> ScenarioFiles {
    ScenarioFiles(
      histories: scenario.historyFiles.map { file in
        if let known = histories[file.path] { return known }
        let read = RecordedHistory.load(path: file.path)
        histories[file.path] = read
        return read
      },
      bills: scenario.billFiles.map { file in
        if let known = bills[file.path] { return known }
        let read = BillingStatement.load(path: file.path, name: file.path)
        bills[file.path] = read
        return read
      })
  }
}
