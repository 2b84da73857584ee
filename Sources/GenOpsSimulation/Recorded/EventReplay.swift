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
  /// The same of usage that went beside the events, a class for each meter.
  package var usageBeside: [(usageClass: UsageClass, tally: UsageClassTally)] = []
  /// Whether usage went beside the events: what of a meter is not in it was none.
  package var hasUsage = false
  /// What was made of the events where there are more or fewer users than were recorded.
  package var multiplied: MultipliedEvents?
  /// Units and marginal cost by meter; meters without usage are left out.
  package var meters: [(meter: Meter, total: MeterTotal)]
  /// Units that were sent and events that came, by UTC day, without gaps from the first event's day to
  /// the last's.
  package var days: [(day: CalendarDay, usage: MeterTotals, events: Int)]
  /// The first event, where its day seems to have had others before it; see ``RecordingEdges``.
  package var beginsWithin: Timestamp?
  /// The last event, where its day seems to have had others behind it.
  package var endsWithin: Timestamp?
  /// The events by name; the most frequent first.
  package var names: [NameUsage]
  /// In the order in which the thresholds were reached.
  package var alerts: [Alert]
  package var findings: Findings

  package var cost: Money { Money(nanos: meters.reduce(0) { $0.addingClamped($1.total.cost) }) }

  /// Replays `files` as one recording, in the order of the events' timestamps.
  ///
  /// Files whose events are in order already are read once, an event at a time; see ``EventStream``.
  ///
  /// - Parameters:
  ///   - files: Where they are, and as the user named them.
  ///   - configuration: How they are governed and priced.
  ///   - columns: What columns of tables are called that are not found by their titles.
  ///   - maxErrors: The most malformed elements of a file; nil is any number.
  ///   - keepsProperties: Whether the events keep what neither metering nor governance reads.
  ///   - dropsCopies: Whether a copy of an event is told by its uuid and counts once.
  ///   - jobs: The threads that read; the answer is the same with any number.
  ///   - terms: Usage that goes beside the events, and how many users there are.
  ///   - onDecision: Told of each decision, in order; nil when the decisions are of no use.
  ///   - onProgress: Called with the bytes of the files that were read so far, as long as one pass does.
  /// - Returns: What became of the events.
  /// - Throws: When a file cannot be read, holds no event, or has more malformed elements.
  package static func run(
    _ files: [(path: String, name: String)], _ configuration: AdapterConfiguration,
    columns: [EventPart: String] = [:], maxErrors: Int? = nil, keepsProperties: Bool = false,
    dropsCopies: Bool = true, jobs: Int = 1, terms: ReplayTerms = ReplayTerms(),
    onDecision: ((RecordedDecision) -> Void)? = nil,
    onProgress: @escaping (Int64) -> Void = { _ in }
  ) throws(FindingsError) -> EventReplay {
    var isLight = !keepsProperties && configuration.plan.privacy.data.isEmpty
    if onDecision == nil {
      let stream = EventStream(
        files: files, columns: columns, maxErrors: maxErrors, isLight: isLight, jobs: jobs,
        dropsCopies: dropsCopies, terms: terms, onProgress: onProgress)
      if let replay = stream.replay(configuration) {
        try replay.conserves()
        return replay
      }
    }
    // Whose an event is stands in properties of any name.
    if !terms.owners.isEmpty { isLight = false }
    let recording = try EventFiles(
      files, columns: columns, maxErrors: maxErrors, isLight: isLight, dropsCopies: dropsCopies)
    guard let first = recording.events.first else {
      throw FindingsError("events-empty", "there are no events to replay")
    }
    var count = try ReplayCount(configuration, first: first.timestamp, terms: terms)
    for event in recording.events { count.take(event, onDecision: onDecision) }
    let replay = count.finished(recording.tally)
    try replay.conserves()
    return replay
  }

  /// Replays `files` under each of `configurations`, in one pass where all of them decide on events by what is metered
  /// of them, and one after the other else. The arguments are those of
  /// ``run(_:_:columns:maxErrors:keepsProperties:dropsCopies:jobs:terms:onDecision:onProgress:)``.
  package static func compare(
    _ files: [(path: String, name: String)], _ configurations: [AdapterConfiguration],
    columns: [EventPart: String] = [:], maxErrors: Int? = nil, dropsCopies: Bool = true,
    jobs: Int = 1, terms: ReplayTerms = ReplayTerms(),
    onProgress: @escaping (Int64) -> Void = { _ in }
  ) throws(FindingsError) -> [EventReplay] {
    let stream = EventStream(
      files: files, columns: columns, maxErrors: maxErrors, isLight: true, jobs: jobs,
      dropsCopies: dropsCopies, terms: terms, onProgress: onProgress)
    if let replays = stream.replay(configurations) {
      for replay in replays { try replay.conserves() }
      return replays
    }
    var replays: [EventReplay] = []
    for configuration in configurations {
      replays.append(
        try run(
          files, configuration, columns: columns, maxErrors: maxErrors, dropsCopies: dropsCopies,
          jobs: jobs, terms: terms, onProgress: onProgress))
    }
    return replays
  }

  /// Elements that were read, with what was made of the events among them.
  package var offered: Int64 {
    guard let multiplied else { return Int64(read) }
    return Int64(read) - multiplied.recorded + multiplied.made
  }

  /// Throws unless every element that was read has exactly one outcome: read = malformed + duplicate + refused +
  /// sampled + not billable + sent.
  func conserves() throws(FindingsError) {
    var decided: Int64 = 0
    for (_, tally) in usageClasses {
      for part in [tally.refused, tally.sampled, tally.notBillable, tally.sent] {
        decided = decided.addingClamped(part)
      }
    }
    let bad = malformed.reduce(0) { $0 + $1.count }
    guard offered != Int64(bad) + duplicates + decided else { return }
    throw FindingsError(
      "not-conserved",
      "\(offered) elements were read or made, but \(bad) malformed, \(duplicates) duplicate and \(decided) others "
        + "were counted", help: "this is a defect of genops; please report it")
  }
}
