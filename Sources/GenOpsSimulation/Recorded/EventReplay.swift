package import GenOpsAdmission
package import GenOpsGovernance
package import GenOpsIngestion
package import GenOpsMetering
package import GenOpsPostHog
package import GenOpsUnits

/// Recorded events through the production adapter, one by one, each at its own instant: what they
/// cost, what governance would have done to them, what they used by day.
package struct EventReplay: Sendable {
  /// Elements read; ``malformed`` + ``duplicates`` + what ``usageClasses`` were offered.
  package var read: Int
  package var malformed: [(reason: MalformedReason, count: Int)]
  package var duplicates: Int64
  /// What became of the events of each owner and class, in the order of their first event.
  package var usageClasses: [(usageClass: UsageClass, tally: UsageClassTally)]
  /// Units and marginal cost by meter; meters without usage are left out.
  package var meters: [(meter: Meter, total: MeterTotal)]
  /// Units that were sent and events that came, by UTC day, without gaps from the first event's day to
  /// the last's.
  package var days: [(day: CalendarDay, usage: MeterTotals, events: Int)]
  /// The first event, where its day seems to have had others before it; see ``RecordingEdges``.
  package var beginsWithin: Timestamp?
  /// The last event, where its day seems to have had others behind it.
  package var endsWithin: Timestamp?
  /// How many events have each name, duplicates apart; the most frequent first.
  package var names: [(event: String, count: Int)]
  /// In the order in which the thresholds were reached.
  package var alerts: [Alert]
  package var findings: Findings

  package var cost: Money { Money(nanos: meters.reduce(0) { $0.addingClamped($1.total.cost) }) }

  /// Replays `files` as one recording, in the order of the events' timestamps.
  ///
  /// - Parameters:
  ///   - files: Where they are, and as the user named them.
  ///   - configuration: How they are governed and priced.
  ///   - columns: What columns of tables are called that are not found by their titles.
  ///   - maxErrors: The most malformed elements of a file; nil is any number.
  ///   - keepsProperties: Whether the events keep what neither metering nor governance reads.
  ///   - onDecision: Told of each decision, in order.
  /// - Returns: What became of the events.
  /// - Throws: When a file cannot be read, holds no event, or has more malformed elements.
  package static func run(
    _ files: [(path: String, name: String)], _ configuration: AdapterConfiguration,
    columns: [EventPart: String] = [:], maxErrors: Int? = nil, keepsProperties: Bool = false,
    onDecision: (RecordedDecision) -> Void = { _ in }
  ) throws(FindingsError) -> EventReplay {
    let recording = try EventFiles(
      files, columns: columns, maxErrors: maxErrors,
      isLight: !keepsProperties && configuration.plan.privacy.data.isEmpty)
    var replay = try walk(recording.events, configuration, onDecision)
    replay.read = recording.read
    replay.malformed = MalformedReason.allCases.compactMap { reason in
      recording.malformed[reason].map { (reason, $0) }
    }
    var findings = recording.findings
    findings.merge(replay.findings)
    replay.findings = findings
    try replay.conserves()
    return replay
  }

  private static func walk(
    _ recorded: [RecordedEvent], _ configuration: AdapterConfiguration,
    _ onDecision: (RecordedDecision) -> Void
  ) throws(FindingsError) -> EventReplay {
    guard let first = recorded.first else {
      throw FindingsError("events-empty", "there are no events to replay")
    }
    let walk = try RecordedWalk(configuration, start: first.timestamp)
    let adapter = walk.adapter
    var duplicates: Int64 = 0
    var names: [String: Int] = [:]
    var days: [(CalendarDay, MeterTotals, Int)] = []
    var before = MeterTotals()
    var events = 0
    func close(_ day: CalendarDay) {
      var totals = MeterTotals()
      for (meter, total) in zip(Meter.allCases, adapter.snapshot().totals) {
        totals[meter] = total.units
      }
      days.append((day, totals - before, events))
      before = totals
      events = 0
    }
    var today = first.timestamp.day
    for event in recorded {
      while today < event.timestamp.day {
        close(today)
        today = today.advanced(by: 1)
      }
      events += 1
      let outcome = walk.decide(event.event)
      onDecision(RecordedDecision(event: event.event, outcome: outcome))
      if outcome == .duplicate {
        duplicates += 1
      } else {
        names[event.name, default: 0] += 1
      }
    }
    close(today)
    let end = adapter.snapshot()
    let instants = recorded.map(\.timestamp)
    return EventReplay(
      read: recorded.count, malformed: [], duplicates: duplicates,
      usageClasses: Array(zip(end.registeredClasses, end.usageClasses)).map { ($0, $1) },
      meters: zip(Meter.allCases, end.totals).filter { $1.units != 0 }.map { ($0, $1) },
      days: days, beginsWithin: RecordingEdges.begin(instants),
      endsWithin: RecordingEdges.end(instants),
      names: names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) },
      alerts: walk.alerts, findings: adapter.findings())
  }

  /// Every element that was read has exactly one outcome.
  private func conserves() throws(FindingsError) {
    let offered = usageClasses.reduce(0) { $0 + $1.tally.offered }
    let bad = malformed.reduce(0) { $0 + $1.count }
    guard Int64(read) != Int64(bad) + duplicates + offered else { return }
    throw FindingsError(
      "not-conserved",
      "\(read) elements were read, but \(bad) malformed, \(duplicates) duplicate and \(offered) "
        + "offered were counted", help: "this is a defect of genops; please report it")
  }
}
