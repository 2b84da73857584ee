import GenOpsHistory
import GenOpsScenario
import GenOpsUnits

/// The files that a command has read, by path: it reads each once however many scenarios name it.
struct FilesRead {
  /// Whether events are kept one by one, for runs that walk them.
  var keepsEvents = false
  /// Nil for a file of events, which is read with the others of its scenario.
  private var histories: [String: ScenarioFiles.History?] = [:]
  private var recordings: [[String]: ScenarioFiles.History] = [:]
  private var bills: [String: BillingStatement] = [:]

  init(keepsEvents: Bool = false) { self.keepsEvents = keepsEvents }

  /// What the files of a scenario that walks days hold.
  mutating func files(of scenario: Scenario) -> ScenarioFiles {
    let files = scenario.historyFiles.map { history($0.path) }
    var paths: [String] = []
    for (file, read) in zip(scenario.historyFiles, files)
    where read == nil && !paths.contains(file.path) { paths.append(file.path) }
    var recording = paths.isEmpty ? nil : self.recording(paths)
    return ScenarioFiles(
      histories: files.map { file in
        if let file { return file }
        // The first file of events stands for all of them.
        defer { recording = nil }
        return recording ?? ScenarioFiles.History(file: UsageFile(), holdsEvents: true)
      },
      bills: scenario.billFiles.map { file in
        if let known = bills[file.path] { return known }
        let read = BillingStatement.load(path: file.path, name: file.path)
        bills[file.path] = read
        return read
      })
  }

  /// What a file holds; nil when it holds events.
  private mutating func history(_ path: String) -> ScenarioFiles.History? {
    if let known = histories[path] { return known }
    let read =
      RecordedHistory.holdsEvents(path: path) == true
      ? nil : ScenarioFiles.History(file: UsageFile.load(path: path, name: path))
    histories[path] = .some(read)
    return read
  }

  private mutating func recording(_ paths: [String]) -> ScenarioFiles.History {
    if let known = recordings[paths] { return known }
    let read = RecordedHistory.load(paths, keepsEvents: keepsEvents)
    recordings[paths] = read
    return read
  }
}
