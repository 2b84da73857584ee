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
/// A file is a record on each line, or one JSON value over many lines. Lines that hold no event are
/// counted by reason and passed over; the first few are findings. Memory is bounded by one line, or
/// by ``wholeFileLimit`` for a value over many lines. The reader is used from one thread at a time.
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

    fileprivate var counts: [MalformedReason: Int] = [:]
  }

  /// The longest single JSON value over many lines, unpacked.
  public static let wholeFileLimit = 128 << 20

  /// What was read so far.
  public private(set) var tally = Tally()
  private var collected = RepeatedFindings()
  private let name: String
  private let kinds: [any EventSource.Type]
  private let maxErrors: Int?
  private let lines: FileLines
  /// Lines read to find out how the file is laid out, and not yet handed out.
  private var ahead: [FileLines.Line] = []
  private var isLaidOut = false
  private var pending: [RecordedElement] = []
  private var pendingLine = 0
  private var lastTimestamp: Timestamp?
  private var isFinished = false

  /// What was skipped or assumed so far; complete when ``next()`` has returned nil.
  public var findings: Findings { collected.finished() }

  /// - Parameters:
  ///   - path: Where the file is.
  ///   - name: The file as the user named it, for findings.
  ///   - kind: The name of an ``EventSource``, when the scenario says it; else each record's kind
  ///     is found from its content.
  ///   - maxErrors: The most malformed elements before ``next()`` throws; nil for no limit.
  /// - Throws: When the file cannot be opened.
  public convenience init(
    path: String, name: String, kind: String? = nil, maxErrors: Int? = nil
  ) throws(FindingsError) {
    try self.init(
      FileChunks(path: path, name: name), name: name, kind: kind, maxErrors: maxErrors)
  }

  /// The same over bytes in memory.
  public convenience init(
    _ bytes: [UInt8], name: String, kind: String? = nil, maxErrors: Int? = nil
  ) throws(FindingsError) {
    try self.init(FileChunks(bytes, name: name), name: name, kind: kind, maxErrors: maxErrors)
  }

  private init(
    _ chunks: FileChunks, name: String, kind: String?, maxErrors: Int?
  ) throws(FindingsError) {
    self.name = name
    self.maxErrors = maxErrors
    lines = FileLines(chunks)
    guard let kind else {
      kinds = EventSources.registry.entries.map(\.kind)
      return
    }
    var findings = Findings()
    guard
      let found = EventSources.registry.find(
        kind, at: SourceLocation(file: name, line: 1, column: 1), &findings)
    else { throw FindingsError(findings: findings) }
    kinds = [found]
  }

  /// The next event, in the order of the file; nil at its end.
  ///
  /// It throws when the file cannot be read or more than `maxErrors` elements were malformed.
  public func next() throws(FindingsError) -> RecordedEvent? {
    while true {
      while let element = pending.popLast() {
        if let event = try take(element) { return event }
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

  private func take(_ element: RecordedElement) throws(FindingsError) -> RecordedEvent? {
    switch element {
    case .malformed(let reason, let column):
      try malformed(reason, column: column)
      return nil
    case .event(var event, let timestamp):
      // PostHog would take the time of arrival, which no file has; the event before is the nearest.
      guard let instant = timestamp ?? lastTimestamp else {
        try malformed(.noTimestamp, column: 1)
        return nil
      }
      if event.isTimestampAssumed {
        collected.add(
          .note, "event-time",
          "'\(event.name)' has no timestamp; \(instant) is assumed",
          at: SourceLocation(file: name, line: pendingLine, column: 1))
      }
      event.event.timestamp = instant
      event.line = pendingLine
      lastTimestamp = instant
      tally.read += 1
      tally.events += 1
      return event
    }
  }

  private func malformed(_ reason: MalformedReason, column: Int) throws(FindingsError) {
    tally.read += 1
    tally.counts[reason, default: 0] += 1
    collected.add(
      .warning, "event-malformed", "no event here: \(reason.rawValue)",
      help: "the record is left out and counted as malformed",
      at: SourceLocation(file: name, line: pendingLine, column: column))
    if let maxErrors, tally.malformed > maxErrors {
      throw FindingsError(
        "too-many-malformed",
        "\(tally.malformed) malformed records, \(maxErrors) are allowed (line \(pendingLine): "
          + "\(reason.rawValue))",
        help: "repair the file or raise max_errors",
        at: SourceLocation(file: name, line: pendingLine, column: column))
    }
  }

  /// Reads the next record into `pending`, last element first. False at the end of the file.
  private func fill() throws(FindingsError) -> Bool {
    if !isLaidOut {
      isLaidOut = true
      try layOut()
      if !pending.isEmpty { return true }
    }
    guard let line = try nextLine() else {
      finish()
      return false
    }
    pendingLine = line.number
    if line.isTooLong {
      pending = [.malformed(.tooLong, column: 1)]
    } else if !line.bytes.allSatisfy({ $0 <= 32 }) {
      pending = elements(of: line.bytes).reversed()
    }
    return true
  }

  private func nextLine() throws(FindingsError) -> FileLines.Line? {
    if !ahead.isEmpty { return ahead.removeFirst() }
    return try lines.next()
  }

  private func elements(of bytes: ArraySlice<UInt8>) -> [RecordedElement] {
    do throws(FindingsError) {
      let records = try JSONParser.parseStream(bytes, file: name)
      return records.flatMap { elements(of: $0) }
    } catch {
      return [
        .malformed(.notJSON, column: error.findings.all.first?.location?.column ?? 1)
      ]
    }
  }

  private func elements(of record: Node) -> [RecordedElement] {
    for kind in kinds where kind.recognizes(record) { return kind.events(in: record) }
    return [.malformed(.notAnEvent, column: record.location.column)]
  }

  /// Looks at the first lines: when none is a record by itself, the file may be one JSON value over
  /// many lines, which is then read whole.
  private func layOut() throws(FindingsError) {
    var first: UInt8?
    while ahead.count < 20, let line = try lines.next() {
      ahead.append(line)
      guard let start = line.bytes.first(where: { $0 > 32 }) else { continue }
      first = first ?? start
      if let nodes = try? JSONParser.parseStream(line.bytes, file: name),
        nodes.contains(where: { node in kinds.contains { $0.recognizes(node) } })
      {
        return
      }
    }
    guard ahead.count > 1, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return }
    var text: [UInt8] = []
    var kept: [FileLines.Line] = []
    while let line = try nextLine() {
      text += line.bytes
      text.append(UInt8(ascii: "\n"))
      kept.append(line)
      if text.count > EventReader.wholeFileLimit { break }
    }
    if text.count <= EventReader.wholeFileLimit,
      let nodes = try? JSONParser.parseStream(text, file: name)
    {
      pendingLine = nodes.first?.location.line ?? 1
      pending = nodes.flatMap { elements(of: $0) }.reversed()
    } else {
      // Not one value: each line is judged, and counted, by itself.
      ahead = kept
    }
  }

  private func finish() {
    if isFinished { return }
    isFinished = true
    if let damage = lines.damage { collected.merge(Findings([damage])) }
    if tally.read == 0, lines.damage == nil {
      collected.add(
        .error, "events-empty", "the file holds no events",
        help: "expected a batch export (JSON lines) or bodies of /batch/",
        at: SourceLocation(file: name, line: 1, column: 1))
    }
  }
}
