import GenOpsAdmission
import GenOpsGovernance
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// Takes recorded events in the order of time through the adapter, and counts what becomes of them.
struct ReplayCount {
  private let walk: RecordedWalk
  private var taken = 0
  private var duplicates: Int64 = 0
  private var names: [String: Int] = [:]
  private var days: [(day: CalendarDay, usage: MeterTotals, events: Int)] = []
  private var before = MeterTotals()
  private var today: CalendarDay
  private var eventsToday = 0
  /// The first and the last event of each day that has some.
  private var firsts: [Timestamp] = []
  private var lasts: [Timestamp] = []

  /// `first` is the instant of the first event.
  init(_ configuration: AdapterConfiguration, first: Timestamp) throws(FindingsError) {
    walk = try RecordedWalk(configuration, start: first)
    today = first.day
  }

  /// Decides on the next event, which is not before the last one.
  mutating func take(_ event: RecordedEvent) -> CaptureOutcome {
    let instant = event.timestamp
    let day = instant.day
    while today < day {
      close(today)
      today = today.advanced(by: 1)
    }
    if eventsToday == 0 {
      firsts.append(instant)
      lasts.append(instant)
    } else {
      lasts[lasts.count - 1] = instant
    }
    taken += 1
    eventsToday += 1
    let outcome = walk.decide(event.event)
    if case .duplicate = outcome {
      duplicates += 1
    } else {
      names[event.name, default: 0] += 1
    }
    return outcome
  }

  private mutating func close(_ day: CalendarDay) {
    var totals = MeterTotals()
    for (meter, total) in zip(Meter.allCases, walk.adapter.snapshot().totals) {
      totals[meter] = total.units
    }
    days.append((day, totals - before, eventsToday))
    before = totals
    eventsToday = 0
  }

  /// How many events came on each day, as far as that is known before the last day is over.
  var counts: [(day: CalendarDay, count: Int)] {
    days.filter { $0.events > 0 }.map { ($0.day, $0.events) } + [(today, eventsToday)]
  }

  /// What became of the events of `files`.
  consuming func finished(_ files: EventFileTally) -> EventReplay {
    close(today)
    let end = walk.adapter.snapshot()
    var findings = files.findings
    findings.merge(walk.adapter.findings())
    return EventReplay(
      read: files.read, malformed: files.malformedByReason, duplicates: duplicates,
      usageClasses: Array(zip(end.registeredClasses, end.usageClasses)).map { ($0, $1) },
      meters: zip(Meter.allCases, end.totals).filter { $1.units != 0 }.map { ($0, $1) },
      days: days, beginsWithin: RecordingEdges.begin(firsts), endsWithin: RecordingEdges.end(lasts),
      names: names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) },
      alerts: walk.alerts, findings: findings)
  }
}
