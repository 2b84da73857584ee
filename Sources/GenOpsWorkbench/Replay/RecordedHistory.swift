import GenOpsPostHog
import GenOpsTraffic
import GenOpsUnits

/// A file named under `history:`, whatever it holds: daily numbers, or single events, which go
/// through the adapter one by one and are counted by day.
package enum RecordedHistory {
  /// The kinds of file and traffic that are understood, with how each begins.
  package static var kinds: [(name: String, summary: String, example: String)] {
    TrafficSources.all.entries.map { ($0.name, $0.summary, $0.kind.example) }
  }

  /// What a file of daily numbers or of events says. `names` counts the events by name; it is empty
  /// for daily numbers.
  static func load(path: String) -> (history: UsageHistory, names: [String: Int]) {
    if looksLikeEvents(path), let replay = try? replay(path) { return replay }
    let history = UsageHistory.load(path: path, name: path)
    guard history.findings.all.contains(where: { $0.code == "history-format" }) else {
      return (history, [:])
    }
    // JSON of no known kind of history: events under another ending, or a mistake.
    do throws(FindingsError) {
      return try replay(path)
    } catch {
      let isEmpty = error.findings.all.contains { $0.code == "events-empty" }
      return (isEmpty ? history : UsageHistory(findings: error.findings), [:])
    }
  }

  private static func looksLikeEvents(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return [".jsonl", ".ndjson"].contains { name.contains($0) }
  }

  private static func replay(_ path: String) throws(FindingsError)
    -> (history: UsageHistory, names: [String: Int])
  {
    let replay = try EventReplay.run([(path, path)], AdapterConfiguration(opening: .nothing))
    return (
      replay.history,
      Dictionary(uniqueKeysWithValues: replay.names.map { ($0.event, $0.count) })
    )
  }
}
