import GenOpsIngestion
import GenOpsMetering
import GenOpsUnits

/// The events of several files as one recording, in the order of time.
struct EventFiles {
  private(set) var events: [RecordedEvent] = []
  /// Elements read, and what was found in them.
  private(set) var tally = EventFileTally()
  /// The files as the user named them, and where their events are before they are sorted.
  private var parts: [(name: String, events: Range<Int>, malformed: Int)] = []

  /// - Parameters:
  ///   - files: Where they are, and as the user named them.
  ///   - columns: What columns of tables are called that are not found by their titles.
  ///   - maxErrors: The most malformed elements of a file; nil is any number.
  ///   - isLight: Whether to keep of the properties only what metering reads.
  ///   - dropsCopies: Whether events keep the uuid that tells copies of them.
  /// - Throws: When a file cannot be read, or no file holds an event; with what was wrong with them.
  init(
    _ files: [(path: String, name: String)], columns: [EventPart: String], maxErrors: Int?,
    isLight: Bool, dropsCopies: Bool = true
  ) throws(FindingsError) {
    for file in files {
      let reader = try EventFiles.reader(
        file, columns: columns, maxErrors: maxErrors, isLight: isLight)
      let first = events.count
      while var event = try reader.next() {
        if !dropsCopies { event.event.uuid = nil }
        events.append(event)
      }
      // Events are only added.
      parts.append((file.name, first..<max(first, events.count), reader.tally.malformed))
      tally.add(reader)
    }
    try tally.finish()
    try leaveOutStrays(maxErrors)
    if events.isEmpty {
      let read = tally.read
      tally.findings.error(
        "events-empty",
        read == 0
          ? "there are no events"
          : read == 1
            ? "the one record could not be read as an event"
            : "none of the \(read) records could be read as an event",
        help: "expected a batch export (JSON lines), bodies of /batch/, a page of the events API, "
          + "results of a query or a CSV of events", at: parts.first.map { Self.place($0.name, 1) })
      throw FindingsError(findings: tally.findings)
    }
    if dropsCopies { tellRepeated() }
    sort()
  }

  /// Reads one of the files; `isLight` as for ``init(_:columns:maxErrors:isLight:)``.
  static func reader(
    _ file: (path: String, name: String), columns: [EventPart: String], maxErrors: Int?,
    isLight: Bool
  ) throws(FindingsError) -> EventReader {
    isLight
      ? try EventReader(
        lightly: file.path, name: file.name, columns: columns, maxErrors: maxErrors)
      : try EventReader(path: file.path, name: file.name, columns: columns, maxErrors: maxErrors)
  }

  /// What makes events without a uuid one, as far as can be told.
  private struct Key: Hashable {
    var name: String
    var distinctID: String
    var timestamp: Timestamp
  }

  /// Nothing but its uuid tells a copy of an event from another event; where exports overlap, it is said.
  private mutating func tellRepeated() {
    guard parts.count > 1 else { return }
    var seen: Set<Key> = []
    var repeated = 0
    for part in parts {
      let keys = events[part.events].compactMap { event in
        event.event.uuid == nil
          ? Key(
            name: event.name, distinctID: event.event.distinctID, timestamp: event.timestamp) : nil
      }
      repeated += keys.count { seen.contains($0) }
      seen.formUnion(keys)
    }
    guard repeated > 0 else { return }
    tally.findings.warning(
      "event-repeated",
      "\(repeated) events without a uuid have the name, person and instant of one in another file; each of "
        + "them counts", help: "export events with their uuid, or each period once")
  }

  /// Events that a broken clock dated decades away are no part of the recording: nothing is billed on
  /// their day, and the days between are not walked.
  private mutating func leaveOutStrays(_ maxErrors: Int?) throws(FindingsError) {
    var days: [(day: CalendarDay, count: Int)] = []
    for event in events {
      let day = event.timestamp.day
      if days.last?.day == day { days[days.count - 1].count += 1 } else { days.append((day, 1)) }
    }
    let kept = StrayDays(days).kept
    func isStray(_ event: RecordedEvent) -> Bool { kept?.contains(event.timestamp.day) != true }
    if days.allSatisfy({ kept?.contains($0.day) == true }) { return }
    var strays = RepeatedFindings()
    for part in parts {
      var count = part.malformed
      for event in events[part.events] where isStray(event) {
        tally.malformed[.farDay, default: 0] += 1
        count += 1
        let place = Self.place(part.name, event.line)
        if let maxErrors, count > maxErrors {
          throw MalformedReason.farDay.tooMany(count, allowed: maxErrors, at: place)
        }
        strays.add(
          .warning, "stray-days",
          "'\(event.name)' is dated \(event.timestamp), "
            + (kept == nil ? "when nothing was recorded" : "far from all others"),
          help: "it is left out and counted as malformed: correct the clock that dated it",
          at: place)
      }
    }
    tally.findings.merge(strays.finished())
    var first = 0
    for index in parts.indices {
      let count = events[parts[index].events].count { !isStray($0) }
      // A count is not negative.
      parts[index].events = first..<first + count
      first += count
    }
    events.removeAll(where: isStray)
  }

  /// The order of the files is not that of their events; within a file an event may be late.
  private mutating func sort() {
    let late = parts.reduce(0) { $0 + EventOrder.late(events[$1.events]) }
    tally.tellLate(late, of: events.count)
    events = EventOrder.sorted(events)
  }

  private static func place(_ name: String, _ line: Int) -> SourceLocation {
    SourceLocation(file: name, line: line, column: 1)
  }
}
