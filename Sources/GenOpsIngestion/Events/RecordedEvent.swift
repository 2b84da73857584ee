public import GenOpsMetering
public import GenOpsUnits

/// One captured event as a file recorded it, and where it stands.
public struct RecordedEvent: Sendable {
  /// What metering and governance ask of it.
  public var event: UsageEvent
  /// Whether the timestamp was taken from the batch or from the event before, not from the event.
  public var isTimestampAssumed: Bool
  /// The token of the project, when the file has it.
  public var projectToken: String?
  /// The line of the file, from 1.
  public var line: Int
  /// Whether its properties are text that is not JSON, so that what they say is unknown.
  var hasUnreadProperties = false

  /// The event's name.
  public var name: String { event.name }
  /// When it happened, by its own time.
  public var timestamp: Timestamp { event.timestamp }
}

/// Why a record or an element of one is not an event.
public enum MalformedReason: String, Sendable, Hashable, CaseIterable {
  case notJSON = "not JSON"
  case notAnEvent = "not an event"
  case notText = "not UTF-8 text"
  case noName = "no event name"
  case noDistinctID = "no distinct id"
  case badTimestamp = "unreadable timestamp"
  case noTimestamp = "no timestamp, and none before it"
  case tooLong = "longer than 32 MB"
  case cutOff = "cut off: the file ends inside it"
  case noColumns = "no columns for an event, a distinct id and a timestamp"
  case tooWide = "more cells than columns"
  case farDay = "dated far from all other events"

  /// What would be right, where the reason alone does not say it.
  var help: String {
    switch self {
    case .badTimestamp:
      "expected 2027-02-14T10:00:00Z, an offset in place of Z, or seconds or milliseconds since 1970"
    case .cutOff: "was the download interrupted? What came before is used"
    case .noColumns:
      "name them: --columns event=TITLE,distinct_id=TITLE,timestamp=TITLE, or call them that"
    case .tooWide: "put cells with commas in double quotes; the row is left out"
    case .notText: "save the table as CSV UTF-8; the row is left out"
    case .farDay: "correct the clock that dated it; it is left out and counted as malformed"
    case .notJSON, .notAnEvent, .noName, .noDistinctID, .noTimestamp, .tooLong:
      "the record is left out and counted as malformed"
    }
  }
}

extension MalformedReason {
  /// What is said of one record; `detail` is what stands there.
  package func finding(detail: String? = nil, at place: SourceLocation) -> Finding {
    Finding(
      .warning, "event-malformed",
      "no event here: \(rawValue)" + (detail.map { ": \($0.prefix(200))" } ?? ""), help: help,
      at: place)
  }

  /// What is said when these are more than are allowed.
  package func tooMany(_ count: Int, allowed: Int, at place: SourceLocation) -> FindingsError {
    FindingsError(
      "too-many-malformed",
      "\(count) malformed records, \(allowed) are allowed (line \(place.line): \(rawValue))",
      help: "repair the file or raise --max-errors", at: place)
  }
}
