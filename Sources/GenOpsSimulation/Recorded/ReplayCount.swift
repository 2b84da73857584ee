import GenOpsAdmission
import GenOpsGovernance
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// Takes recorded events in the order of time through the adapter, and counts what becomes of them.
struct ReplayCount {
  private let walk: RecordedWalk
  private var duplicates: Int64 = 0
  private var names = NameLedger()
  private var days: [(day: CalendarDay, usage: MeterTotals, events: Int)] = []
  private var before = MeterTotals()
  private var today: CalendarDay
  private var eventsToday = 0
  /// The first and the last event of each day that has some.
  private var firsts: [Timestamp] = []
  private var lasts: [Timestamp] = []

  /// What a recording may take: it grows with traffic, and days that are over are forgotten, but for the sessions
  /// of one.
  private static let memory: EventMeter.Limits = {
    var limits = EventMeter.Limits()
    limits.days = 2
    limits.eventsPerDay = 1 << 26
    limits.sessionsPerDay = 1 << 24
    limits.persons = 1 << 26
    return limits
  }()

  /// `first` is the instant of the first event.
  init(_ configuration: AdapterConfiguration, first: Timestamp) throws(FindingsError) {
    var configuration = configuration
    configuration.memory = ReplayCount.memory
    walk = try RecordedWalk(configuration, start: first)
    today = first.day
  }

  /// Decides on the next event, which is not before the last one.
  mutating func take(_ event: RecordedEvent) -> CaptureOutcome {
    begin(event.timestamp)
    eventsToday += 1
    let outcome = walk.decide(event.event)
    switch outcome {
    case .duplicate: duplicates += 1
    case .sent(let cost): names.note(event.name, cost: cost, at: event.timestamp)
    case .sampled, .refused: names.note(event.name, cost: .zero, at: event.timestamp)
    }
    return outcome
  }

  /// Decides on events by their facts, which are in the order of time and not before the last event.
  mutating func take(_ events: ArraySlice<EventFacts>, names: [KnownName]) {
    var rest = events
    while let first = rest.first {
      let day = Timestamp(microseconds: first.microseconds).day
      // They are in order: either all are of the first one's day, or the first that is not ends it.
      let isOneDay = rest.last.map { Timestamp(microseconds: $0.microseconds).day } == day
      let end =
        isOneDay
        ? rest.endIndex
        : rest.firstIndex { Timestamp(microseconds: $0.microseconds).day != day } ?? rest.endIndex
      // The end found lies behind the first of them.
      let part = rest[rest.startIndex..<end]
      begin(Timestamp(microseconds: first.microseconds))
      lasts[lasts.count - 1] = Timestamp(
        microseconds: part.last?.microseconds ?? first.microseconds)
      eventsToday += part.count
      walk.decide(part, names: names, into: &self.names.tally)
      rest = rest[end...]
    }
  }

  /// Goes on to the day of an event that happened at `instant`.
  private mutating func begin(_ instant: Timestamp) {
    if today < instant.day { walk.adapter.forgetDays(before: instant.day) }
    while today < instant.day {
      close(today)
      today = today.advanced(by: 1)
    }
    if eventsToday == 0 {
      firsts.append(instant)
      lasts.append(instant)
    } else {
      lasts[lasts.count - 1] = instant
    }
  }

  private mutating func close(_ day: CalendarDay) {
    var totals = MeterTotals()
    for (meter, total) in zip(Meter.allCases, walk.adapter.snapshot().totals) {
      totals[meter] = total.units
    }
    days.append((day, totals - before, eventsToday))
    before = totals
    eventsToday = 0
    names.close(day)
  }

  /// How many events came on each day, as far as that is known before the last day is over.
  var counts: [(day: CalendarDay, count: Int)] {
    days.filter { $0.events > 0 }.map { ($0.day, $0.events) } + [(today, eventsToday)]
  }

  /// What became of the events of `files`; `known` are the names of those that were decided on by facts.
  consuming func finished(_ files: EventFileTally, names known: [String] = []) -> EventReplay {
    close(today)
    duplicates += names.tally.duplicates
    let end = walk.adapter.snapshot()
    var findings = files.findings
    findings.merge(walk.adapter.findings())
    return EventReplay(
      read: files.read, malformed: files.malformedByReason, duplicates: duplicates,
      usageClasses: Array(zip(end.registeredClasses, end.usageClasses)).map { ($0, $1) },
      meters: zip(Meter.allCases, end.totals).filter { $1.units != 0 }.map { ($0, $1) },
      days: days, beginsWithin: RecordingEdges.begin(firsts), endsWithin: RecordingEdges.end(lasts),
      names: names.usage(known),
      alerts: walk.alerts, findings: findings)
  }
}
