package import GenOpsGovernance
package import GenOpsMetering
package import GenOpsPostHog
package import GenOpsTraffic
package import GenOpsUnits

import Synchronization

/// Recorded events through the production adapter, one by one, each at its own instant: what they
/// cost, what governance would have done to them, what they used by day.
package struct EventReplay: Sendable {
  /// Elements read; ``malformed`` + ``duplicates`` + what ``lines`` were offered.
  package var read: Int
  package var malformed: [(reason: MalformedReason, count: Int)]
  package var duplicates: Int64
  /// What became of the events of each owner and class, in the order of their first event.
  package var lines: [(line: Line, tally: LineTally)]
  /// Units and marginal cost by meter; meters without usage are left out.
  package var meters: [(meter: Meter, total: MeterTotal)]
  /// Units that were sent, by UTC day, without gaps from the first event's day to the last's.
  package var days: [(day: CalendarDay, usage: MeterTotals)]
  /// How many events have each name, duplicates apart; the most frequent first.
  package var names: [(event: String, count: Int)]
  /// In the order in which the thresholds were reached.
  package var alerts: [Alert]
  package var findings: Findings

  package var cost: Money { Money(nanos: meters.reduce(0) { $0 + $1.total.cost }) }

  /// Replays `files` as one recording, in the order of the events' timestamps.
  ///
  /// A file may have `maxErrors` malformed elements; nil is any number. Throws when a file cannot be
  /// read, holds no event, or has more of them.
  package static func run(
    _ files: [(path: String, name: String)], _ configuration: AdapterConfiguration,
    maxErrors: Int? = nil
  ) throws(FindingsError) -> EventReplay {
    var findings = Findings()
    var events: [RecordedEvent] = []
    var read = 0
    var malformed: [MalformedReason: Int] = [:]
    for file in files {
      let stream = try EventStream(path: file.path, name: file.name, maxErrors: maxErrors)
      while var event = try stream.next() {
        // The metered fields are read; a recording's properties would fill the memory.
        event.event.properties = .object([])
        events.append(event)
      }
      read += stream.tally.read
      for (reason, count) in stream.tally.malformedByReason {
        malformed[reason, default: 0] += count
      }
      findings.merge(stream.findings)
    }
    try findings.throwIfErrors()
    let (ordered, moved) = try EventOrder.sorted(events)
    if moved > 0 {
      findings.note(
        "event-order", "\(moved) of \(ordered.count) events were not in the order of time; sorted")
    }
    var replay = try walk(ordered, configuration)
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
    _ events: [RecordedEvent], _ configuration: AdapterConfiguration
  ) throws(FindingsError) -> EventReplay {
    guard let first = events.first else {
      throw FindingsError("events-empty", "there are no events to replay")
    }
    let clock = ReplayClock(first.timestamp)
    let alerts = AlertLog()
    var configuration = configuration
    configuration.onAlert = { alert, _ in alerts.add(alert) }
    let adapter = try PostHogAdapter(
      configuration, transport: CountingTransport(), clock: clock)
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
      clock.set(event.timestamp)
      if adapter.capture(event.event) == .duplicate {
        duplicates += 1
      } else {
        names[event.name, default: 0] += 1
      }
    }
    close(today)
    let end = adapter.snapshot()
    return EventReplay(
      read: events.count, malformed: [], duplicates: duplicates,
      lines: Array(zip(end.registeredLines, end.lines)).map { ($0, $1) },
      meters: zip(Meter.allCases, end.totals).filter { $1.units != 0 }.map { ($0, $1) },
      days: days,
      names: names.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) },
      alerts: alerts.all, findings: adapter.findings())
  }

  /// Every element that was read has exactly one outcome.
  private func conserves() throws(FindingsError) {
    let offered = lines.reduce(0) { $0 + $1.tally.offered }
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

/// Alerts as the adapter hands them out, from whatever thread.
private final class AlertLog: Sendable {
  private let alerts = Mutex<[Alert]>([])

  func add(_ alert: Alert) { alerts.withLock { $0.append(alert) } }

  var all: [Alert] { alerts.withLock { $0 } }
}

/// The recording's own time.
private final class ReplayClock: WallClock {
  private let instant: Mutex<Timestamp>

  init(_ start: Timestamp) { instant = Mutex(start) }

  func now() -> Timestamp { instant.withLock { $0 } }

  func set(_ now: Timestamp) { instant.withLock { $0 = now } }
}
