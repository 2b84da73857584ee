import GenOpsMetering
public import GenOpsUnits

/// The events of a recorded file, one at a time.
///
/// ```swift
/// let reader = try EventReader(path: path, name: "events.jsonl.gz")
/// while let event = try reader.next() { … }
/// reader.tally          // read = events + malformed
/// reader.findings
/// ```
///
/// A file is a record on each line, JSON of any length, or a table; plain or packed. What holds no
/// event is counted by reason and passed over; the first few are findings. Memory is bounded by one
/// record of at most 32 MB. The reader is used from one thread at a time.
public final class EventReader {
  /// How many elements were read and what they were.
  public struct Tally: Sendable, Hashable {
    /// Elements read: ``events`` + ``malformed``.
    public var read = 0
    /// Elements that are events.
    public var events = 0
    /// By reason, in the order of ``MalformedReason``; reasons that did not occur are left out.
    public var malformedByReason: [(reason: MalformedReason, count: Int)] {
      MalformedReason.allCases.compactMap { reason in
        counts[reason].map { (reason, $0) }
      }
    }
    /// Elements that are not events.
    public var malformed: Int { counts.values.reduce(0, +) }

    fileprivate(set) var counts: [MalformedReason: Int] = [:]

    /// Counts elements that are events.
    mutating func add(events count: Int) {
      read += count
      events += count
    }
  }

  /// What was read so far.
  public private(set) var tally = Tally()
  /// Where a page of an answer says that more events follow; nil when none does.
  package private(set) var announcesMore: SourceLocation?
  /// Whether a page of an answer says that nothing follows it.
  package private(set) var hasLastPage = false
  /// The bytes of the file that were read.
  var bytesRead: Int64 { chunks.bytesRead }
  private var collected = RepeatedFindings()
  private var remarks: Set<String> = []
  private let name: String
  private let kinds: RecordKinds
  private let maxErrors: Int?
  private let chunks: FileChunks
  private var records: (any RecordSource)?
  /// The same, when it is a record on each line.
  private var lines: LineRecords?
  private let isLight: Bool
  /// Properties that are kept where few are.
  private let keptProperties: [String]
  private var pending: [RecordedElement] = []
  private var lastTimestamp: Timestamp?
  private var isFinished = false

  /// What was skipped or assumed so far; complete when ``next()`` has returned nil.
  public var findings: Findings { collected.finished() }

  /// - Parameters:
  ///   - path: Where the file is.
  ///   - name: The file as the user named it, for findings.
  ///   - kind: The name of an ``EventSource``, when the scenario says it; else each record's kind
  ///     is found from its content.
  ///   - columns: What the columns of a table are called that are not found by their titles.
  ///   - maxErrors: The most malformed elements before ``next()`` throws; nil for no limit.
  /// - Throws: When the file cannot be opened.
  public convenience init(
    path: String, name: String, kind: String? = nil, columns: [EventPart: String] = [:],
    maxErrors: Int? = nil
  ) throws(FindingsError) {
    try self.init(
      FileChunks(path: path, name: name), name: name, kind: kind, columns: columns,
      maxErrors: maxErrors)
  }

  /// The same over bytes in memory.
  public convenience init(
    _ bytes: [UInt8], name: String, kind: String? = nil, columns: [EventPart: String] = [:],
    maxErrors: Int? = nil
  ) throws(FindingsError) {
    try self.init(
      FileChunks(bytes, name: name), name: name, kind: kind, columns: columns,
      maxErrors: maxErrors)
  }

  /// The same for a reader who needs no properties but the two that join one person to another,
  /// `$anon_distinct_id` and `alias`, and those called as in `kept`: of events on lines of their own no tree is
  /// made, unless some are kept.
  public convenience init(
    lightly path: String, name: String, columns: [EventPart: String] = [:], maxErrors: Int? = nil,
    keeping kept: [String] = []
  ) throws(FindingsError) {
    try self.init(
      FileChunks(path: path, name: name), name: name, kind: nil, columns: columns,
      maxErrors: maxErrors, isLight: true, keeping: kept)
  }

  /// The same from pieces of a file.
  init(
    _ chunks: FileChunks, name: String, kind: String? = nil, columns: [EventPart: String] = [:],
    maxErrors: Int? = nil, isLight: Bool = false, keeping kept: [String] = []
  ) throws(FindingsError) {
    self.isLight = isLight
    keptProperties = kept
    self.name = name
    self.maxErrors = maxErrors
    self.chunks = chunks
    guard let kind else {
      kinds = RecordKinds(
        kinds: EventSources.registry.entries.map(\.kind), named: columns)
      return
    }
    var findings = Findings()
    guard
      let found = EventSources.registry.find(
        kind, at: SourceLocation(file: name, line: 1, column: 1), &findings)
    else { throw FindingsError(findings: findings) }
    kinds = RecordKinds(kinds: [found], named: columns)
  }

  /// The next event, in the order of the file; nil at its end.
  ///
  /// It throws when the file cannot be read or more than `maxErrors` elements were malformed.
  public func next() throws(FindingsError) -> RecordedEvent? {
    while true {
      while let element = pending.popLast() {
        if let event = try take(element) { return event }
      }
      if keptProperties.isEmpty, let event = try lines?.scanned() {
        noteScanned(1, last: event.timestamp)
        return event
      }
      guard try fill() else { return nil }
    }
  }

  /// All events that are left.
  public func rest() throws(FindingsError) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    while let event = try next() { events.append(event) }
    return events
  }

  /// Whether the records at the beginning of a file are events, well or badly written ones; false for
  /// daily numbers and whatever else there is.
  /// - Throws: When the file cannot be opened.
  package static func holdsEvents(path: String, name: String) throws(FindingsError) -> Bool {
    let reader = try EventReader(path: path, name: name)
    guard
      let records = try? EventLayout.records(
        of: reader.chunks, name: name, kinds: reader.kinds)
    else { return false }
    var seen = 0
    while seen < 20, let elements = try records.next() {
      for element in elements {
        seen += 1
        switch element {
        case .event, .malformed(.noName, _, _), .malformed(.noDistinctID, _, _),
          .malformed(.badTimestamp, _, _), .malformed(.tooWide, _, _):
          return true
        case .malformed, .page, .remark: continue
        }
      }
    }
    return false
  }

  /// The lines of the file, when there is a record on each and whole blocks of them may be scanned.
  func scannedLines() throws(FindingsError) -> LineRecords? {
    try begin()
    return lines?.isScanned == true ? lines : nil
  }

  /// Counts events that a scanner told; `last` is the instant of the last one of them.
  func noteScanned(_ count: Int, last: Timestamp) {
    lastTimestamp = last
    tally.add(events: count)
  }

  /// The event of an element, if it is one; it is counted in any case.
  func take(_ element: RecordedElement) throws(FindingsError) -> RecordedEvent? {
    switch element {
    case .malformed(let reason, let place, let detail):
      try malformed(reason, at: place, detail: detail)
    case .page(let hasMore, let place):
      if hasMore { announcesMore = place } else { hasLastPage = true }
    case .remark(let finding):
      if remarks.insert(finding.message).inserted { collected.merge(Findings([finding])) }
    case .event(var event, let timestamp):
      let place = SourceLocation(file: name, line: event.line, column: 1)
      // PostHog would take the time of arrival, which no file has; the event before is the nearest.
      guard let instant = timestamp ?? lastTimestamp else {
        try malformed(.noTimestamp, at: place)
        return nil
      }
      if event.isTimestampAssumed {
        collected.add(
          .note, "event-time",
          "'\(event.name)' has no timestamp; \(instant) is assumed", at: place)
      }
      if event.hasUnreadProperties {
        collected.add(
          .warning, "event-properties",
          "the properties of '\(event.name)' are not a JSON object; what they say is unknown",
          help: "it counts as identified, in no session and in no group", at: place)
      }
      event.event.timestamp = instant
      if isLight { event.event = Recording.lightened(event.event, keeping: keptProperties) }
      noteScanned(1, last: instant)
      return event
    }
    return nil
  }

  private func malformed(
    _ reason: MalformedReason, at place: SourceLocation, detail: String? = nil
  ) throws(FindingsError) {
    tally.read += 1
    tally.counts[reason, default: 0] += 1
    collected.add(reason.finding(detail: detail, at: place))
    if let maxErrors, tally.malformed > maxErrors {
      throw reason.tooMany(tally.malformed, allowed: maxErrors, at: place)
    }
  }

  /// Reads the next record into `pending`, last element first. False at the end of the file.
  private func fill() throws(FindingsError) -> Bool {
    try begin()
    guard let records, let elements = try records.next() else {
      finish()
      return false
    }
    pending = elements.reversed()
    return true
  }

  private func begin() throws(FindingsError) {
    if records != nil { return }
    records = try EventLayout.records(of: chunks, name: name, kinds: kinds, isLight: isLight)
    lines = records as? LineRecords
  }

  /// Says what is known at the end of the file.
  func finish() {
    if isFinished { return }
    isFinished = true
    if let damage = chunks.damage { collected.merge(Findings([damage])) }
    if tally.read == 0, chunks.damage == nil {
      collected.add(
        Finding(
          .error, "events-empty", "the file holds no events",
          help:
            "expected a batch export (JSON lines), bodies of /batch/, a page of the events API, "
            + "results of a query or a CSV of events",
          at: SourceLocation(file: name, line: 1, column: 1)))
    }
  }
}
