import GenOpsMetering
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

  struct Contents {
    var history: UsageHistory
    /// How many events have each name; empty for daily numbers.
    var names: [String: Int] = [:]
    /// The events with their properties, in the order of time; empty unless they are asked for.
    var events: [UsageEvent] = []
  }

  /// What a file of daily numbers or of events says.
  static func load(path: String, keepsEvents: Bool = false) -> Contents {
    if looksLikeEvents(path), let replay = try? replay(path, keepsEvents) { return replay }
    let history = UsageHistory.load(path: path, name: path)
    guard history.findings.all.contains(where: { $0.code == "history-format" }) else {
      return Contents(history: history)
    }
    // JSON of no known kind of history: events under another ending, or a mistake.
    do throws(FindingsError) {
      return try replay(path, keepsEvents)
    } catch {
      let isEmpty = error.findings.all.contains { $0.code == "events-empty" }
      return Contents(history: isEmpty ? history : UsageHistory(findings: error.findings))
    }
  }

  private static func looksLikeEvents(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return [".jsonl", ".ndjson"].contains { name.contains($0) }
  }

  private static func replay(_ path: String, _ keepsEvents: Bool) throws(FindingsError) -> Contents
  {
    var events: [UsageEvent] = []
    let replay = try EventReplay.run(
      [(path, path)], AdapterConfiguration(opening: .nothing), keepsProperties: keepsEvents
    ) { if keepsEvents { events.append($0.event) } }
    return Contents(
      history: replay.history,
      names: Dictionary(uniqueKeysWithValues: replay.names.map { ($0.event, $0.count) }),
      events: events)
  }
}
