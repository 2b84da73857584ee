import GenOpsIngestion
import GenOpsUnits

/// What was read of several files, and what was found in them besides events.
struct EventFileTally {
  /// Elements read, of which ``malformed`` are no events.
  private(set) var read = 0
  var malformed: [MalformedReason: Int] = [:]
  var findings = Findings()
  /// What is said of files without any element.
  private var empty: [Finding] = []
  private var more: SourceLocation?
  private var hasLastPage = false

  /// Adds a file that was read to its end.
  mutating func add(_ reader: EventReader) {
    read += reader.tally.read
    for (reason, count) in reader.tally.malformedByReason {
      malformed[reason, default: 0] += count
    }
    if reader.tally.read == 0 {
      empty += reader.findings.all
    } else {
      findings.merge(reader.findings)
    }
    more = reader.announcesMore ?? more
    hasLastPage = hasLastPage || reader.hasLastPage
  }

  /// Judges all files together. It throws when one of them has errors.
  mutating func finish() throws(FindingsError) {
    // An hour without events is an empty file among others; a file that is the only one was meant to have some.
    for var finding in empty {
      if read > 0, finding.code == "events-empty" {
        finding.severity = .warning
        finding.message += ", and is left out"
      }
      findings.add(finding)
    }
    empty = []
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
