import GenOpsIngestion
import GenOpsUnits

/// What was read of several files, and what was found in them besides events.
struct EventFileTally {
  /// Elements read, of which ``malformed`` are no events.
  private(set) var read = 0
  var malformed: [MalformedReason: Int] = [:]
  var findings = Findings()
  private var more: SourceLocation?
  private var hasLastPage = false

  /// Adds a file that was read to its end.
  mutating func add(_ reader: EventReader) {
    read += reader.tally.read
    for (reason, count) in reader.tally.malformedByReason {
      malformed[reason, default: 0] += count
    }
    findings.merge(reader.findings)
    more = reader.announcesMore ?? more
    hasLastPage = hasLastPage || reader.hasLastPage
  }

  /// Judges all files together. It throws when one of them has errors.
  mutating func finish() throws(FindingsError) {
    try findings.throwIfErrors()
    if let more, !hasLastPage {
      findings.warning(
        "events-more", "the answer says that more events follow, and no page is the last one",
        help: "fetch the pages behind \"next\" too, or raise the query's LIMIT", at: more)
    }
  }

  /// Says how many events were not in the order of time.
  mutating func tellLate(_ late: Int, of events: Int) {
    guard late > 0 else { return }
    findings.note(
      "event-order",
      "\(late) of \(events) events came behind events that happened after them; sorted")
  }

  /// By reason, in the order of the reasons; those that did not occur are left out.
  var malformedByReason: [(reason: MalformedReason, count: Int)] {
    MalformedReason.allCases.compactMap { reason in malformed[reason].map { (reason, $0) } }
  }
}
