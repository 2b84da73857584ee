import Foundation
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// Replays files in one pass, an event at a time, as long as that is what a replay of all of them at once
/// would come to: their events are in the order of time, or not far from it, and none lies far from the
/// others.
///
/// Whatever else there is, an event that comes very late, a copy in another file that has no uuid, a file
/// that cannot be read, is left to ``EventFiles``, which holds all events; it reads the files again.
struct EventStream {
  var files: [(path: String, name: String)]
  var columns: [EventPart: String]
  var maxErrors: Int?
  var isLight: Bool
  /// How many events are held where they are not in the order of time: some 20 MB.
  var window = 65_536

  /// What became of the events; nil when one pass does not tell.
  func replay(_ configuration: AdapterConfiguration) -> EventReplay? {
    // A pipe can be read once.
    guard files.allSatisfy({ EventStream.isRegular($0.path) }) else { return nil }
    // Holding none is the fastest; where one comes late, that is seen early as a rule.
    for held in [0, window] {
      do throws(FindingsError) {
        if let replay = try pass(configuration, EventWindow(capacity: held)) { return replay }
      } catch { return nil }
    }
    return nil
  }

  private func pass(
    _ configuration: AdapterConfiguration, _ window: consuming EventWindow
  ) throws(FindingsError) -> EventReplay? {
    var walk = Walk(configuration: configuration)
    for file in files {
      let reader = try EventFiles.reader(
        file, columns: columns, maxErrors: maxErrors, isLight: isLight)
      walk.beginFile()
      while let event = try reader.next() {
        // Only what it is like tells a copy of it in another file.
        if event.event.uuid == nil, files.count > 1 { return nil }
        walk.note(event)
        if window.holdsNone {
          if try !walk.take(event) { return nil }
        } else if let earliest = window.add(event), try !walk.take(earliest) {
          return nil
        }
      }
      walk.tally.add(reader)
    }
    while let event = window.next() { if try !walk.take(event) { return nil } }
    return try walk.finished()
  }

  /// The events as they come, and what became of them.
  private struct Walk {
    let configuration: AdapterConfiguration
    var tally = EventFileTally()
    private var count: ReplayCount?
    private var latest = Timestamp(microseconds: .min)
    private var latestOfFile = Timestamp(microseconds: .min)
    private var events = 0
    private var late = 0

    init(configuration: AdapterConfiguration) { self.configuration = configuration }

    mutating func beginFile() { latestOfFile = Timestamp(microseconds: .min) }

    /// Counts an event of the present file that comes behind one that happened after it.
    mutating func note(_ event: RecordedEvent) {
      events += 1
      if event.timestamp < latestOfFile { late += 1 } else { latestOfFile = event.timestamp }
    }

    /// False where the event is before the one before it, or so far behind it that it may be a stray: years are not
    /// walked day by day.
    mutating func take(_ event: RecordedEvent) throws(FindingsError) -> Bool {
      if event.timestamp < latest { return false }
      if count == nil {
        count = try ReplayCount(configuration, first: event.timestamp)
      } else if latest.day.distance(to: event.timestamp.day) > 366 {
        return false
      }
      latest = event.timestamp
      _ = count?.take(event)
      return true
    }

    /// Nil without events, and where some lie far from the others.
    mutating func finished() throws(FindingsError) -> EventReplay? {
      try tally.finish()
      guard let count, let kept = StrayDays(count.counts).kept,
        count.counts.allSatisfy({ kept.contains($0.day) })
      else { return nil }
      tally.tellLate(late, of: events)
      return count.finished(tally)
    }
  }

  private static func isRegular(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }
}
