import GenOpsAdmission
import GenOpsGovernance
import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// Takes recorded events in the order of time through the adapter, and counts what becomes of them.
struct ReplayCount {
  private let walk: RecordedWalk
  /// What goes beside the events; nil where nothing is known of it.
  private let usage: ReplayUsage?
  /// What is made of the events; nil takes them as they are.
  private var multiplied: MultipliedEvents?
  private let maker: FactMaker
  /// Days and units of meters that the recording has itself, which are not counted twice.
  private var doubled: [Meter: (days: Int, units: Int64)] = [:]
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

  /// `first` is the instant of the first event; `terms` say what goes beside the events, and how many users there are.
  init(
    _ configuration: AdapterConfiguration, first: Timestamp, terms: ReplayTerms = ReplayTerms()
  ) throws(FindingsError) {
    usage = terms.usage
    multiplied = terms.multiplier.map { MultipliedEvents($0) }
    maker = FactMaker(classifier: configuration.classifier, seed: configuration.memorySeed)
    var configuration = configuration
    configuration.memory = ReplayCount.memory
    walk = try RecordedWalk(configuration, start: first, owners: terms.owners)
    today = first.day
  }

  /// Decides on the next event, which is not before the last one. `onDecision` is told of each decision: of several
  /// where the event is made into several.
  mutating func take(_ event: RecordedEvent, onDecision: ((RecordedDecision) -> Void)? = nil) {
    begin(event.timestamp)
    eventsToday += 1
    guard let multiplier = multiplied?.multiplier,
      let copies = multiplied?.take(maker.person(event.event.distinctID))
    else { return decide(event.event, onDecision) }
    for copy in 0..<copies { decide(multiplier.copy(event.event, copy), onDecision) }
  }

  private mutating func decide(
    _ event: UsageEvent, _ onDecision: ((RecordedDecision) -> Void)?
  ) {
    let outcome = walk.decide(event)
    switch outcome {
    case .duplicate: duplicates += 1
    case .sent(let cost): names.note(event.name, cost: cost, at: event.timestamp)
    case .sampled, .refused: names.note(event.name, cost: .zero, at: event.timestamp)
    }
    onDecision?(RecordedDecision(event: event, outcome: outcome))
  }

  /// Decides on events by their facts, which are in the order of time and not before the last event. `owners` are the
  /// keys of owners by their numbers.
  mutating func take(
    _ events: ArraySlice<EventFacts>, names: [KnownName], owners: [String] = []
  ) {
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
      walk.decide(multiply(part), names: names, owners: owners, into: &self.names.tally)
      rest = rest[end...]
    }
  }

  /// What is made of events.
  private mutating func multiply(_ events: ArraySlice<EventFacts>) -> ArraySlice<EventFacts> {
    guard let multiplier = multiplied?.multiplier else { return events }
    var all: [EventFacts] = []
    // At most a few of each event.
    all.reserveCapacity(events.count)
    for event in events {
      let copies = multiplied?.take(event.person) ?? 1
      for copy in 0..<copies { all.append(multiplier.copy(event, copy)) }
    }
    return all[...]
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
    if let usage {
      let own = totals - before
      let multiplier = multiplied?.multiplier
      let units = usage.of(day, scale: multiplier.map { $0.weight * $0.share } ?? 1)
      // A recording with snapshots knows its sessions, and the file has the same ones.
      let (known, new) = (
        units.filter { own[$0.meter] > 0 }, units.filter { own[$0.meter] == 0 }
      )
      for (meter, units) in known {
        let sum = doubled[meter] ?? (0, 0)
        doubled[meter] = (sum.days + 1, sum.units.addingClamped(units))
      }
      walk.decide(new, on: day)
    }
    let totals = totals
    days.append((day, totals - before, eventsToday))
    before = totals
    eventsToday = 0
    names.close(day)
  }

  /// Units that were sent so far.
  private var totals: MeterTotals {
    var totals = MeterTotals()
    for (meter, total) in zip(Meter.allCases, walk.adapter.snapshot().totals) {
      totals[meter] = total.units
    }
    return totals
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
    let (begin, ending) = (RecordingEdges.begin(firsts), RecordingEdges.end(lasts))
    for (meter, sum) in doubled.sorted(by: { $0.key.index < $1.key.index }) {
      findings.note(
        "usage-recorded",
        "the recording has \(meter.id) on \(countedNoun(sum.days, "day")) for which the usage has "
          + "\(groupedDigits(String(sum.units))) too: the recording's are priced")
    }
    // Where a day is not recorded whole, less was to be expected.
    let whole = min(days.count, begin == nil ? 0 : 1)..<max(1, days.count - (ending == nil ? 0 : 1))
    // Of other users than were recorded, other usage is no surprise.
    if multiplied == nil { usage?.tell(days, whole: whole, &findings) }
    let others = Set((usage?.meters ?? []).map { walk.adapter.usageClass(of: $0) })
    let classes = Array(zip(end.registeredClasses, end.usageClasses)).map {
      (usageClass: $0, tally: $1)
    }
    return EventReplay(
      read: files.read, malformed: files.malformedByReason, duplicates: duplicates,
      usageClasses: classes.filter { !others.contains($0.usageClass) },
      usageBeside: classes.filter { others.contains($0.usageClass) },
      hasUsage: usage != nil, multiplied: multiplied,
      meters: zip(Meter.allCases, end.totals).filter { $1.units != 0 }.map { ($0, $1) },
      days: days, beginsWithin: begin, endsWithin: ending,
      names: names.usage(known),
      alerts: walk.alerts, findings: findings)
  }
}
