package import GenOpsAdmission
package import GenOpsGovernance
package import GenOpsHistory
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
  /// Units that were sent, by UTC day, without gaps from the first event's day to the last's.
  package var days: [(day: CalendarDay, usage: MeterTotals)]
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
  ///   - maxErrors: The most malformed elements of a file; nil is any number.
  ///   - keepsProperties: Whether the events keep what neither metering nor governance reads.
  ///   - onDecision: Told of each decision, in order.
  /// - Returns: What became of the events.
  /// - Throws: When a file cannot be read, holds no event, or has more malformed elements.
  package static func run(
    _ files: [(path: String, name: String)], _ configuration: AdapterConfiguration,
    maxErrors: Int? = nil, keepsProperties: Bool = false,
    onDecision: (RecordedDecision) -> Void = { _ in }
  ) throws(FindingsError) -> EventReplay {
    let isLight = !keepsProperties && configuration.plan.privacy.data.isEmpty
    var findings = Findings()
    var events: [RecordedEvent] = []
    var read = 0
    var malformed: [MalformedReason: Int] = [:]
    for file in files {
      let reader = try EventReader(path: file.path, name: file.name, maxErrors: maxErrors)
      while var event = try reader.next() {
        if isLight { event.event = Recording.lightened(event.event) }
        events.append(event)
      }
      read += reader.tally.read
      for (reason, count) in reader.tally.malformedByReason {
        malformed[reason, default: 0] += count
      }
      findings.merge(reader.findings)
    }
    try findings.throwIfErrors()
    let (ordered, moved) = try EventOrder.sorted(events)
    if moved > 0 {
      findings.note(
        "event-order", "\(moved) of \(ordered.count) events were not in the order of time; sorted")
    }
    var replay = try walk(ordered, configuration, onDecision)
    replay.read = read
    replay.malformed = MalformedReason.allCases.compactMap { reason in
      malformed[reason].map { (reason, $0) }
    }
    findings.merge(replay.findings)
    replay.findings = findings
    try replay.conserves()
    return replay
  }

  private static func walk(
    _ events: [RecordedEvent], _ configuration: AdapterConfiguration,
    _ onDecision: (RecordedDecision) -> Void
  ) throws(FindingsError) -> EventReplay {
    guard let first = events.first else {
      throw FindingsError("events-empty", "there are no events to replay")
    }
    let walk = try RecordedWalk(configuration, start: first.timestamp)
    let adapter = walk.adapter
    var duplicates: Int64 = 0
    var names: [String: Int] = [:]
    var days: [(CalendarDay, MeterTotals)] = []
    var before = MeterTotals()
    func close(_ day: CalendarDay) {
      var totals = MeterTotals()
      for (meter, total) in zip(Meter.allCases, adapter.snapshot().totals) {
        totals[meter] = total.units
      }
      days.append((day, totals - before))
      before = totals
    }
    var today = first.timestamp.day
    for event in events {
      while today < event.timestamp.day {
        close(today)
        today = today.advanced(by: 1)
      }
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
    return EventReplay(
      read: events.count, malformed: [], duplicates: duplicates,
      usageClasses: Array(zip(end.registeredClasses, end.usageClasses)).map { ($0, $1) },
      meters: zip(Meter.allCases, end.totals).filter { $1.units != 0 }.map { ($0, $1) },
      days: days,
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

extension EventReplay {
  /// The replayed usage as a history: a series per meter over all days.
  package var history: UsageHistory {
    guard let start = days.first?.day else { return UsageHistory(findings: findings) }
    // Of recorded events it is known which are identified, so none of them is none and not unknown.
    let used = Meter.allCases.filter { meter in
      meter == .identifiedEvents || meters.contains { $0.meter == meter }
    }
    return UsageHistory(
      series: used.map { meter in
        UsageSeries(
          meter: meter, start: start, values: days.map { Double($0.usage[meter]) })
      }, findings: findings)
  }
}
