import GenOpsIngestion
import GenOpsMetering
import GenOpsPostHog
import GenOpsUnits

/// The same as ``EventStream`` for a configuration that decides on events by their facts: no event is made,
/// and several threads may read.
struct FactStream {
  var stream: EventStream
  var maker: FactMaker
  var jobs: Int

  /// What became of the events under each of `configurations`, which `maker` serves; nil when one pass does not
  /// tell. `held` is how many events are held where they are not in the order of time.
  func pass(
    _ configurations: [AdapterConfiguration], holding held: Int
  ) throws(FindingsError) -> [EventReplay]? {
    var walk = Walk(configurations: configurations, terms: stream.terms)
    var window = EventWindow<EventFacts>(capacity: held)
    var names = EventNames(maker)
    let isWhole = try read(&names, &walk) { (events, names, walk) throws(FindingsError) in
      if window.holdsNone { return try walk.take(events, names) }
      var ready: [EventFacts] = []
      ready.reserveCapacity(events.count)
      for event in events {
        if let earliest = window.add(event, at: event.microseconds) { ready.append(earliest) }
      }
      return try walk.take(ready, names)
    }
    if !isWhole { return nil }
    var rest: [EventFacts] = []
    while let event = window.next() { rest.append(event) }
    guard try walk.take(rest, names) else { return nil }
    return try walk.finished(names.names)
  }

  /// The same whatever the order of the events: they are sorted in a file, and none of them is held.
  func sorted(
    _ configurations: [AdapterConfiguration]
  ) throws(FindingsError) -> [EventReplay]? {
    var walk = Walk(configurations: configurations, terms: stream.terms)
    var names = EventNames(maker)
    var days: [CalendarDay: Int] = [:]
    var runs = try FactRuns(runSize: stream.runSize)
    let isWhole = try read(&names, &walk) { (events, _, _) throws(FindingsError) in
      for event in events {
        days[Timestamp(microseconds: event.microseconds).day, default: 0] += 1
      }
      try runs.add(events)
      return true
    }
    let kept = StrayDays(days.map { ($0.key, $0.value) }).kept
    guard isWhole, days.keys.allSatisfy({ kept?.contains($0) == true }) else { return nil }
    let isWalked = try runs.merge { (events) throws(FindingsError) in
      try walk.take(events, names)
    }
    return isWalked ? try walk.finished(names.names) : nil
  }

  /// Reads all files. `take` is called with their events, in the order of the files, and the names so far; false
  /// ends it. False when not all was read.
  private func read(
    _ names: inout EventNames, _ walk: inout Walk,
    _ take: ([EventFacts], EventNames, inout Walk) throws(FindingsError) -> Bool
  ) throws(FindingsError) -> Bool {
    var bytesBefore: Int64 = 0
    for file in stream.files {
      let reader = try FactReader(
        path: file.path, name: file.name, columns: stream.columns, maxErrors: stream.maxErrors,
        maker: maker, blockSize: stream.blockSize, form: PostHogAdapter.formed)
      walk.beginFile()
      let isWhole = try reader.read(&names, jobs: jobs) { (events, names) throws(FindingsError) in
        // Only what it is like tells a copy of it in another file.
        if stream.tellsRepeated, events.contains(where: { !$0.marks.contains(.hasUUID) }) {
          return false
        }
        stream.onProgress(bytesBefore + reader.bytesRead)
        walk.note(events)
        return try take(events, names, &walk)
      }
      if !isWhole { return false }
      walk.tally.add(reader.reader)
      bytesBefore += reader.bytesRead
    }
    return true
  }

  /// The events as they come, and what became of them.
  private struct Walk {
    let configurations: [AdapterConfiguration]
    let terms: ReplayTerms
    var tally = EventFileTally()
    /// One for each configuration; none before the first event.
    private var counts: [ReplayCount] = []
    private var latest = Int64.min
    private var latestOfFile = Int64.min
    private var events = 0
    private var late = 0

    init(configurations: [AdapterConfiguration], terms: ReplayTerms) {
      self.configurations = configurations
      self.terms = terms
    }

    mutating func beginFile() { latestOfFile = .min }

    /// Counts events of the present file, and those that come behind one that happened after them.
    mutating func note(_ facts: [EventFacts]) {
      events += facts.count
      for event in facts {
        if event.microseconds < latestOfFile {
          late += 1
        } else {
          latestOfFile = event.microseconds
        }
      }
    }

    /// False where an event is before the one before it, or so far behind it that it may be a stray: years are not
    /// walked day by day.
    mutating func take(
      _ facts: [EventFacts], _ names: EventNames
    ) throws(FindingsError) -> Bool {
      guard let first = facts.first else { return true }
      if counts.isEmpty {
        for configuration in configurations {
          counts.append(
            try ReplayCount(
              configuration, first: Timestamp(microseconds: first.microseconds), terms: terms))
        }
        latest = first.microseconds
      }
      for event in facts {
        guard event.microseconds >= latest, !FactStream.isFar(latest, event.microseconds) else {
          return false
        }
        latest = event.microseconds
      }
      for place in counts.indices {
        counts[place].take(facts[...], names: names.known, owners: names.owners.texts)
      }
      return true
    }

    /// Nil without events, and where some lie far from the others.
    mutating func finished(_ names: [String]) throws(FindingsError) -> [EventReplay]? {
      try tally.finish()
      guard let days = counts.first?.counts, let kept = StrayDays(days).kept,
        days.allSatisfy({ kept.contains($0.day) })
      else { return nil }
      tally.tellLate(late, of: events)
      return counts.map { $0.finished(tally, names: names) }
    }
  }

  /// Whether there is more than a year between two instants, the earlier one first.
  private static func isFar(_ a: Int64, _ b: Int64) -> Bool {
    // Days are far fewer than microseconds; nearly always both are of one.
    b.subtractingClamped(a) > Timestamp.microsecondsPerDay
      && Timestamp(microseconds: a).day.distance(to: Timestamp(microseconds: b).day) > 366
  }
}
